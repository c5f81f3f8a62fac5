"""Candidates → what the learned judge reads in each."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.evidence import Candidate, beside, is_a_fragment
from bot.question import Question
from bot.question_words import patterns
from index.article import Span, Stored
from index.judge import AnswerJudgement, Judge, Reading, marked, reading
from index.organisations import Directory, places_of, spelled
from index.sentences import sentence_at, sentences
from index.snapshot import Statement

_EXCLUSIVE = re.compile(r"exclusiv|\b(?:only|sole|solely|alone|others?|unique)\b", re.IGNORECASE)
_AT_ONCE = 3  # sentences that are read at once


@dataclass(frozen=True, slots=True)
class Read:
    """A candidate, and the judge's bare judgement of it.

    `unnamed` counts the asked organisations that neither the sentence nor the title names, nor the sentence before, if
    no other party stands between: of listed ones, and of others, which a text may name in more ways. `unsaid`: the
    question is whether something is exclusive, or whether one owns another, and no word there speaks of that.
    `alongside`: it is no candidate itself, and was read beside one.
    """

    candidate: Candidate
    judgement: AnswerJudgement
    unnamed: tuple[int, int] = (0, 0)
    unsaid: bool = False
    alongside: bool = False


def read(
    question: Question,
    candidates: Sequence[Candidate],
    judge: Judge,
    known: Directory,
    statements: Sequence[Statement] = (),
) -> list[Read]:
    """What the judge takes each candidate for, in the same order, and then the sentences that were read beside them.

    `statements` are what the articles claim of the asked pair.
    """
    windows = list(windows_of(candidates))
    told = judge.answers([reading_of(question, window, known) for window in windows])
    claimed = {(s.stored.id, s.claim.span.start): s for s in statements}
    found: dict[tuple[str, Span], Read] = {}
    for candidate, window, judgements in zip(candidates, windows, told, strict=True):
        found[window.place] = _read(question, candidate, window, judgements, known)
    for candidate, window, judgements in zip(candidates, windows, told, strict=True):
        for there in (replace(window, home=span) for span in window.spans):
            if there.place not in found and not is_a_fragment(there.words(there.home)):
                neighbour = beside(question, candidate, there.home, claimed.get((there.stored.id, there.home.start)))
                found[there.place] = replace(_read(question, neighbour, there, judgements, known), alongside=True)
    return list(found.values())


def _read(
    question: Question, candidate: Candidate, window: "Window", judgements: Sequence[AnswerJudgement], known: Directory
) -> Read:
    judgement = judgements[window.spans.index(window.home)]
    return Read(candidate, judgement, _unnamed(question, window, known), _is_unsaid(question, window))


def _is_unsaid(question: Question, window: "Window") -> bool:
    if question.aspect == "exclusive":
        return not _EXCLUSIVE.search(window.words(window.home))
    near = (window.stored.article.title, window.words_before, window.words(window.home))
    return question.asks_about_ownership and not speaks_of_ownership("\n".join(near))


def speaks_of_ownership(text: str) -> bool:
    """Whether any word of a text speaks of owning, buying or financing."""
    return "%" in text or any(pattern.search(text.casefold()) for _, pattern, _ in patterns("owning"))


def _unnamed(question: Question, window: "Window", known: Directory) -> tuple[int, int]:
    text = window.words(window.home)
    names_another = any(m.name not in question.organisations and not m.product for m in known.listed(text))
    near = "\n".join((window.stored.article.title, "" if names_another else window.words_before, text))
    absent = [name for name in question.organisations if not places_of(near, name, known)]
    listed = sum(name in known for name in absent)
    return listed, len(absent) - listed


@dataclass(frozen=True, slots=True)
class Window:
    """Neighbouring sentences of one article that are read at once, for the judgement of `home`, which is one of them;
    `before` is the sentence before them."""

    stored: Stored
    before: Span | None
    spans: tuple[Span, ...]
    home: Span

    @property
    def place(self) -> tuple[str, Span]:
        """Where the sentence that is judged stands."""
        return self.stored.id, self.home

    def words(self, span: Span | None) -> str:
        """The words of a sentence; none of no sentence."""
        return self.stored.article.text[span.start : span.end] if span else ""

    @property
    def words_before(self) -> str:
        """The sentence right before the one that is judged."""
        at = self.spans.index(self.home)
        return self.words(self.spans[at - 1] if at else self.before)


def windows_of(candidates: Iterable[Candidate]) -> Iterator[Window]:
    """The sentence of each candidate between its neighbours: what is read of one does not depend on the others."""
    for candidate in candidates:
        everything, home = sentences(candidate.quote.stored.article.text), _home(candidate)
        first = max(0, everything.index(home) - 1)
        before = everything[first - 1] if first else None
        yield Window(candidate.quote.stored, before, everything[first : first + _AT_ONCE], home)


def _home(candidate: Candidate) -> Span:
    """The whole sentence that a candidate's quote is cut from."""
    home = sentence_at(candidate.quote.stored.article.text, candidate.quote.span.start)
    assert home is not None
    return home


def reading_of(question: Question, window: Window, known: Directory) -> Reading:
    """What the judge reads: the question and the sentences with their title, names as marks."""
    article = window.stored.article
    names = [(i, name, name not in question.apart) for i, name in enumerate(question.organisations)]

    def with_marks(text: str) -> str:
        return marked(text, ((s, i) for i, name, every in names for s in places_of(text, name, known, products=every)))

    return reading(
        asked_of(question),
        with_marks(article.title),
        with_marks(window.words(window.before)),
        [with_marks(window.words(span)) for span in window.spans],
        str(article.published or ""),
        article.publisher or "",
    )


def asked_of(question: Question) -> str:
    """The question with marks for its organisations, numbered as they are; of others it keeps the words."""
    numbers = {name: i for i, name in enumerate(question.organisations)}
    return marked(
        question.plain,
        (
            (span, numbers[name])
            for name, written in question.written
            if name in numbers
            for span in spelled(question.plain, (written,))
        ),
    )
