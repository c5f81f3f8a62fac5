"""Where sentences and passages begin and end. Every span holds: `text[start:end]` is what it names."""

import re
from functools import lru_cache
from itertools import pairwise

from sentencex import get_sentence_boundaries

from index.article import LONGEST_QUOTE, Passage, Span

PASSAGE_VERSION = "1"  # another one means a reindex: what is embedded has changed

_MOST_SENTENCES = 3
_LONG_PASSAGE = 600  # characters; about half of what the packaged model reads of a text
_LONGEST_SENTENCE = 2000  # characters; a "sentence" beyond that is a list or a table, and is cut at white space
_WRAPPED = 120  # characters: a text with a longer line is not wrapped, and each line is a paragraph
_LONG_QUOTATION = 300  # characters
_INNER_END = re.compile(r"(?<=[a-z0-9)][.!?])\s+(?=[“\"A-Z])")
_NEWLINE = re.compile(r"\n")
_CLAUSE = re.compile(r"[;:,—–]\s|\s(?:but|while|although|because|after|which)\s")


@lru_cache(maxsize=512)
def sentences(text: str) -> tuple[Span, ...]:
    """The sentences of a text in order, white space around them left out."""
    spans: list[Span] = []
    for found in get_sentence_boundaries("en", text):
        for span in _trimmed(text, found["start_index"], found["end_index"]):
            spans += [piece for line in _lines(text, span) for piece in _within_a_quotation(text, line)]
    return tuple(spans)


def passages(text: str) -> list[Passage]:
    """Windows of up to three neighbouring sentences; neighbours share one, so that no pair of sentences is torn."""
    found = sentences(text)
    result: list[Passage] = []
    first = 0
    while first < len(found):
        last = first
        while last + 1 < len(found) and last - first + 1 < _MOST_SENTENCES and _fits(found[first], found[last + 1]):
            last += 1
        result.append(_passage(text, found[first], found[last]))
        if last + 1 == len(found):
            break
        first = last if last > first else last + 1
    return result


def sentence_at(text: str, position: int) -> Span | None:
    """The sentence that holds this character."""
    return next((span for span in sentences(text) if span.start <= position < span.end), None)


def narrowed(text: str, span: Span, around: int | None = None) -> Span:
    """A span short enough to be quoted: itself, or the run of whole clauses around a character that still fits."""
    if span.end - span.start <= LONGEST_QUOTE:
        return span
    middle = span.start if around is None else around
    cuts = [span.start, *(m.end() for m in _CLAUSE.finditer(text, span.start, span.end)), span.end]
    clauses = [piece for a, b in pairwise(cuts) for piece in _trimmed(text, a, b, LONGEST_QUOTE)]
    home = next((i for i, clause in enumerate(clauses) if middle < clause.end), len(clauses) - 1)
    low = high = home
    while True:
        if high + 1 < len(clauses) and clauses[high + 1].end - clauses[low].start <= LONGEST_QUOTE:
            high += 1
        elif low > 0 and clauses[high].end - clauses[low - 1].start <= LONGEST_QUOTE:
            low -= 1
        else:
            return Span(clauses[low].start, clauses[high].end)


def _lines(text: str, span: Span) -> list[Span]:
    """The lines of a span where each line is a paragraph; the span itself where lines are wrapped."""
    if "\n" not in text[span.start : span.end] or not _has_long_lines(text):
        return [span]
    cuts = [span.start, *(m.end() for m in _NEWLINE.finditer(text, span.start, span.end)), span.end]
    return [piece for a, b in pairwise(cuts) for piece in _trimmed(text, a, b)]


@lru_cache(maxsize=512)
def _has_long_lines(text: str) -> bool:
    return any(len(line) > _WRAPPED for line in text.split("\n"))


def _within_a_quotation(text: str, span: Span) -> list[Span]:
    """A long quotation of several sentences comes as one: it is cut where its own sentences end."""
    if span.end - span.start <= _LONG_QUOTATION:
        return [span]
    cuts = [span.start, *(m.end() for m in _INNER_END.finditer(text, span.start, span.end)), span.end]
    return [piece for a, b in pairwise(cuts) for piece in _trimmed(text, a, b)]


def _fits(first: Span, last: Span) -> bool:
    return last.end - first.start <= _LONG_PASSAGE


def _passage(text: str, first: Span, last: Span) -> Passage:
    span = Span(first.start, last.end)
    return Passage(span, text[span.start : span.end])


def _trimmed(text: str, start: int, end: int, most: int = _LONGEST_SENTENCE) -> list[Span]:
    """The span without white space at its ends; in several pieces where it is longer than `most`, none where empty."""
    pieces: list[Span] = []
    while start < end:
        if text[start].isspace():
            start += 1
        elif text[end - 1].isspace():
            end -= 1
        elif end - start <= most:
            pieces.append(Span(start, end))
            break
        else:
            cut = next((i for i in range(start + most, start, -1) if text[i].isspace()), start + most)
            pieces += _trimmed(text, start, cut, most)
            start = cut
    return pieces
