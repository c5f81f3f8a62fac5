"""Which organisations a question names: listed ones, those the library's articles name, and typos of either."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from bot.question_words import no_content, word_list
from index.article import Span
from index.organisations import Directory, folded

_CAPITALISED = re.compile(r"(?<=[a-z,] )[A-Z][\w\-]{2,}")
_BESIDE = re.compile(r"\b(?:with|and|between|from|by) ([a-z][\w\-]{3,})(?=\s*\??\s*$|\s+(?:still|again|now)\b)")
_OBJECT = re.compile(r"\b(?:buy(?:ing)?|bought|owns?|acquired?|join(?:ed)?) ([a-z][\w\-]{3,})(?=\s*\??\s*$)")
_PLACED = re.compile(r"\b(?:in|of|for|on|at|to) ([a-z][\w\-]{3,})")
_SUBJECT = re.compile(
    r"^(?:so |and )?(?:is|are|was|were|do|does|did|has|have|will) ([a-z][\w\-]{3,})(?= \w)", re.IGNORECASE
)
_TYPO = 88  # of 100: one letter wrong or swapped in a name of seven
_LONG_ENOUGH = 5  # letters: shorter words are too like one another to be typos of names


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the library's articles can tell of names and words."""

    names: Mapping[str, str]  # in lower case → as the articles spell it
    is_everyday: Callable[[str], bool]  # whether articles write a word without a capital, more than now and then
    knows: Callable[[str], bool]  # whether any article has a word
    together: Callable[[str, str], bool]  # whether one article names both
    longer: Callable[[str], Sequence[str]]  # names of which this word is the first or the last


@dataclass(frozen=True, slots=True)
class Named:
    """The organisations of a question in the order of its text, each with how it is written, and the text without.

    `apart` are makers that it names beside a product of theirs, which then does not stand for its maker.
    """

    organisations: tuple[str, ...]
    written: tuple[tuple[str, str], ...]
    left: str
    apart: frozenset[str]


def organisations_in(plain: str, words: Vocabulary, known: Directory) -> Named:
    """The organisations asked about."""
    found: list[tuple[int, int, str]] = []
    doubtful: list[tuple[int, int, str]] = []
    has_capitals = any(c.isupper() for c in plain[1:])
    listed, runs = known.listed(plain, strict=False), list(_runs_named(plain, words))
    apart = frozenset({m.name for m in listed if m.product} & {m.name for m in listed if not m.product})
    for mention in listed:
        if mention.product and mention.name in apart:
            continue  # `does disney own all of hulu`: a word like any other
        if any(_is_longer(run, mention.span) and run[2] not in known for run in runs):
            continue  # `aston` of Aston Villa
        written = plain[mention.span.start : mention.span.end]
        common = known.is_common(mention.name) and written.islower()
        everyday = common and not _is_none_to_the_articles(mention.name, words)
        is_named = not everyday or _stands_as_a_name(plain, mention.span.start, mention.span.end, has_capitals)
        (found if is_named else doubtful).append((mention.span.start, mention.span.end, mention.name))
    certain, everyday_words = _by_the_articles(plain, words, runs, found)
    found += certain
    found += _typos(plain, words, known, found)
    if not has_capitals:
        found += _beside_others(plain, words, [*doubtful, *everyday_words], found)
    found += _shortened(plain, words, known, found)
    found = [(start, end, _meant(name, [other for *_, other in found], words, known)) for start, end, name in found]
    found.sort()
    left = plain
    for start, end, _ in reversed(found):
        left = left[:start] + " " * (end - start) + left[end:]
    spellings = tuple((name, plain[start:end]) for start, end, name in found)
    return Named(tuple(dict.fromkeys(name for *_, name in found)), spellings, left, apart)


def _stands_as_a_name(plain: str, start: int, end: int, has_capitals: bool) -> bool:
    """Whether an everyday word in lower case stands where a name would: `is canon with nothing?`."""
    before, after = plain[:start].casefold().split(), plain[end:].casefold().strip(" ?!.").split()
    if has_capitals or (before and before[-1] not in word_list("before_a_name")):
        return False
    if not before or before[-1] in word_list("before_a_subject"):
        return not after or after[0] in word_list("after_a_subject")
    return not after or before[-1] not in ("to", "of", "for", "at", "by")


def _is_longer(run: tuple[int, int, str], span: Span) -> bool:
    """Whether a run of words has a span in it, and more."""
    start, end, _ = run
    return start <= span.start and span.end <= end and end - start > span.end - span.start


def _stands(plain: str, start: int, *behind: str) -> bool:
    """Whether a party would stand here: at the head, or behind a word of one of these lists."""
    before = re.findall(r"[\w’']+", plain[:start].casefold())
    return not before or any(before[-1] in word_list(name) for name in behind)


def _beside_others(
    plain: str, words: Vocabulary, doubtful: Sequence[tuple[int, int, str]], certain: Sequence[tuple[int, int, str]]
) -> list[tuple[int, int, str]]:
    """Everyday words that are names beside the others of the question: where one stands, and in the same article."""
    found: list[tuple[int, int, str]] = []
    for start, end, name in doubtful:
        met = any(words.together(name, other) for *_, other in certain if other != name)
        stands = _stands(plain, start, "before_a_name", "before_a_party")
        if met and stands and not _overlaps(start, end, [*certain, *found]):
            found.append((start, end, name))
    return found


def _shortened(
    plain: str, words: Vocabulary, known: Directory, taken: Sequence[tuple[int, int, str]]
) -> list[tuple[int, int, str]]:
    """The first or last words of names that articles only spell out: `oskarine` for Oskarine Pharma.

    One stands where a party would, or in an article with another party. Listed names have aliases.
    """
    found: list[tuple[int, int, str]] = []
    for match in re.finditer(rf"[^\W\d_]{{{_LONG_ENOUGH},}}", plain):
        typed = match.group()
        word = typed if words.longer(typed) else typed.removesuffix("s")
        names = [name for name in words.longer(word) if name not in known]
        if len(names) != 1 or _overlaps(match.start(), match.end(), taken) or _is_no_name(typed, word, words):
            continue
        met = any(words.together(names[0], other) for *_, other in taken)
        if met or _stands(plain, match.start(), "before_a_name"):
            found.append((match.start(), match.end(), names[0]))
    return found


def _is_no_name(typed: str, word: str, words: Vocabulary) -> bool:
    common = no_content() | word_list("ends_a_name")
    return any(form.casefold() in common or words.is_everyday(form) for form in (typed, word))


def _meant(name: str, named: Sequence[str], words: Vocabulary, known: Directory) -> str:
    """A longer name that it may be short for, where only that one is named together with the others of the question."""
    others = [other for other in named if other != name]
    if name in known or not others or any(words.together(name, other) for other in others):
        return name
    fitting = [longer for longer in words.longer(name) if any(words.together(longer, other) for other in others)]
    return fitting[0] if len(fitting) == 1 else name


def _by_the_articles(
    plain: str, words: Vocabulary, runs: Iterable[tuple[int, int, str]], taken: list[tuple[int, int, str]]
) -> tuple[list[tuple[int, int, str]], list[tuple[int, int, str]]]:
    """Names in no list that the library's articles spell with capitals, the longest run of words first; and single
    words in lower case that are names to some articles and everyday words to others."""
    found: list[tuple[int, int, str]] = []
    doubtful: list[tuple[int, int, str]] = []
    for start, end, name in runs:
        written = plain[start:end]
        if _overlaps(start, end, taken + found):
            continue
        opens = start == 0 and written.casefold() in no_content()  # Who, and not the WHO
        capital = written != written.casefold() and not opens
        if " " in written or capital or _is_a_name_to_the_articles(written, name, words):
            found.append((start, _end_of_name(plain, end), name))
        elif written.casefold() not in no_content():
            doubtful.append((start, end, name))
    return found, doubtful


def _runs_named(plain: str, words: Vocabulary) -> Iterator[tuple[int, int, str]]:
    """Runs of up to four words that articles have as a name, the longest first."""
    spans = [(m.start(), m.end()) for m in re.finditer(r"[^\W_](?:[\w.\-’']*[\w])?", plain)]
    for size in (4, 3, 2, 1):
        for first in range(len(spans) - size + 1):
            start, end = spans[first][0], spans[first + size - 1][1]
            written = re.sub(r"[’']s$", "", plain[start:end])
            typed = folded(written)
            name = words.names.get(typed) or words.names.get(typed.removesuffix("s"))
            if name is not None:
                yield start, start + len(written), name


def _end_of_name(plain: str, end: int) -> int:
    """Where a name ends with the kind of company that stands behind it: `tower semiconductor`."""
    behind = re.match(r" ([a-z]+)\b", plain[end:], re.IGNORECASE)
    return end + behind.end() if behind and behind.group(1).casefold() in word_list("ends_a_name") else end


def _is_none_to_the_articles(name: str, words: Vocabulary) -> bool:
    """Whether the articles name it, and hardly write its word without a capital: no everyday word to them."""
    return name.casefold() in words.names and not words.is_everyday(name)


def _is_a_name_to_the_articles(written: str, name: str, words: Vocabulary) -> bool:
    return written.casefold() not in no_content() and len(written) > 2 and not words.is_everyday(name)


def _typos(
    plain: str, words: Vocabulary, known: Directory, taken: list[tuple[int, int, str]]
) -> list[tuple[int, int, str]]:
    """Words that are nearly a known name and no word of any article: `hasselblat`."""
    names = [spelling for o in known.organisations if not o.common for spelling in (o.name, *o.aliases)]
    names += words.names.values()
    found = []
    for match in re.finditer(rf"[^\W\d_]{{{_LONG_ENOUGH},}}", plain):
        word = match.group()
        if _overlaps(match.start(), match.end(), taken) or words.knows(word) or word.casefold() in no_content():
            continue
        hit = process.extractOne(
            word, names, scorer=fuzz.ratio, score_cutoff=_TYPO, processor=lambda text: text.casefold()
        )
        if hit:
            found.append((match.start(), match.end(), known.named(hit[0]) or hit[0]))
    return found


def unknown_names(plain: str, named: Named, words: Vocabulary) -> tuple[str, ...]:
    """Words that stand where an organisation would, and that no article has."""
    if not any(c.islower() for c in plain):
        return ()
    names = {*_CAPITALISED.findall(named.left), *_BESIDE.findall(named.left)}
    if len(named.organisations) < 2:  # of two that are known to be asked about, a third word may be any
        names |= {*_SUBJECT.findall(named.left), *_OBJECT.findall(named.left)}
    if not named.organisations:  # whoever is asked about, it is none of those that are known
        names |= {*_PLACED.findall(named.left)}
    common = no_content() | word_list("no_party")
    return tuple(sorted(name for name in names if not words.knows(name) and name.casefold() not in common))


def _overlaps(start: int, end: int, spans: Iterable[tuple[int, int, str]]) -> bool:
    return any(start < e and s < end for s, e, _ in spans)
