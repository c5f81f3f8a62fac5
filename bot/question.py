"""Text → Question: what was asked, understood."""

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Literal, TypeAlias

from rapidfuzz import fuzz, process

from bot.answer import Kind
from index.claims.when import dates_in
from index.dates import PartialDate
from index.organisations import Directory
from index.wordindex import tokens

Aspect: TypeAlias = Literal[
    "exclusive",
    "denied",
    "confirmed",
    "end",
    "sought",
    "begin",
    "price",
    "duration",
    "number",
    "still",
    "present",
    "past",
]

_AS_OF = re.compile(r"\b(?:as of|asking (?:as of|for)|as at)\s+(?:in\s+)?", re.IGNORECASE)
_ACCORDING = re.compile(
    r"\baccording to ((?:the )?[\w’'.\- ]+?)(?=[,?!]|$| (?:did|is|was|who|what|when|why|does))", re.I
)
_LAST_YEAR = re.compile(r"\b(last|this) (year|month)\b", re.IGNORECASE)
_AUXILIARY = re.compile(
    r"^(?:so |and |but |ok |hey |wait |then )*(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|"
    r"may|might|isn['’]t|aren['’]t|didn['’]t|doesn['’]t|won['’]t|hasn['’]t|wasn['’]t)\b"
)
_PERFECT = re.compile(r"\b(?:has|have) (?:\w+ )?(?:\w+ed|been|had|made|got)\b")
_CAPITALISED = re.compile(r"(?<=[a-z,] )[A-Z][\w\-]{2,}")
_BESIDE = re.compile(r"\b(?:with|and|between|from|by) ([a-z][\w\-]{3,})(?=\s*\??\s*$|\s+(?:still|again|now)\b)")
_LEANS = re.compile(
    r"^(?:and|or|but|so|also|what about|how about|then)\b|"
    r"\b(?:it|they|them|that|this|there|too|as well|also|its|their)\b",
    re.IGNORECASE,
)  # words that lean on the question before
_OF_A_RELATION = ("end", "sought", "begin")  # aspects that evidence has in words of its own
_TYPO = 88  # of 100: one letter wrong or swapped in a name of seven
_LONG_ENOUGH = 5  # letters: shorter words are too like one another to be typos of names


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked. `content` are the words evidence must speak of; `unknown` names that no article has."""

    text: str
    kind: Kind
    aspect: Aspect
    organisations: tuple[str, ...] = ()
    content: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    publisher: str | None = None
    about: PartialDate | None = None
    as_of: PartialDate | None = None

    @property
    def asks_about_now(self) -> bool:
        """Whether it asks for the present state, of which old evidence says little."""
        return self.kind in ("yes_no", "who", "list") and self.aspect in ("present", "still") and self.about is None


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the library's articles can tell of names and words."""

    names: Mapping[str, str]  # in lower case → as the articles spell it
    in_lower_case: Callable[[str], int]  # how often articles write a word without a capital
    knows: Callable[[str], bool]  # whether any article has a word


def understand(
    text: str, words: Vocabulary, known: Directory, today: date, as_of: PartialDate | None = None
) -> Question:
    """What a text asks, by itself. `as_of` is the date that was given beside it; one in the text goes before it."""
    told, rest = _as_of(text, today)
    as_of = told or as_of
    publisher, rest = _publisher(rest)
    about, rest = _about(rest, as_of.last if as_of else today)
    plain = written_out(rest)
    organisations, left = _organisations(plain, words, known)
    kind, aspect = _kind(plain.casefold()), _aspect(plain.casefold())
    content = _content(left, aspect)
    if len(organisations) == 1 and not content and aspect == "present" and not _AUXILIARY.match(plain.casefold()):
        kind = "what" if kind == "yes_no" else kind  # a mere name: there is nothing to say yes to
    return Question(
        text=text,
        kind=kind,
        aspect=aspect,
        organisations=organisations,
        content=content,
        unknown=_unknown(plain, left, words),
        publisher=publisher,
        about=about,
        as_of=as_of,
    )


def is_foreign(text: str) -> bool:
    """Whether a text is in another language than English, by its small words or its script."""
    letters = [c for c in text if c.isalpha()]
    if letters and sum(not c.isascii() for c in letters) > len(letters) / 2:
        return True
    words = tokens(text)
    foreign = {word for line in _table()["foreign"]["words"] for word in line.split()}
    english = sum(word in _ignored() for word in words)
    return sum(word in foreign for word in words) >= 2 and sum(word in foreign for word in words) > english


def follow_up(question: Question, before: Question) -> Question:
    """The question with what it lacks taken from the one before: `and Sharp?` after `is Leica with Huawei?`."""
    asked, had = question.organisations, before.organisations
    short = len(question.text.split()) <= 4
    leans = bool(_LEANS.search(question.text)) or len(question.text.split()) <= 2
    if not asked:
        organisations = had
    elif len(asked) == 1 and had and asked[0] not in had and leans:
        organisations = (had[0], asked[0])
    else:
        organisations = asked
    bare = short and not _AUXILIARY.match(written_out(question.text).casefold()) and question.kind == "what"
    return replace(
        question,
        kind=before.kind if bare else question.kind,
        aspect=before.aspect if bare else question.aspect,
        organisations=organisations,
        content=question.content or before.content,
        text=f"{question.text} ({before.text})" if bare or not asked else question.text,
        about=question.about or (before.about if bare else None),
        as_of=question.as_of or before.as_of,
    )


def written_out(text: str) -> str:
    """Chat spelling written out: `y is leica w/ huawei rn` → `why is leica with huawei right now`."""
    spelling = _table()["spelling"]
    words = re.findall(r"w/|[&+]|[^\s]+", text)
    result = []
    for word in words:
        core = word.strip('?!.,;:"“”()').casefold()
        if core in spelling and not (len(core) == 1 and core.isalpha() and word[:1].isupper()):
            tail = "?" if word.endswith("?") else ""
            result.append(spelling[core] + tail)
        else:
            result.append(word)
    return " ".join(part for part in result if part)


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files("bot").joinpath("questions.toml").read_text(encoding="utf-8"))


@cache
def patterns(group: str) -> tuple[tuple[str, re.Pattern[str], str], ...]:
    """What each entry of a group says, its pattern and its example, in the order of the file."""
    return tuple(
        (entry["says"], re.compile(rf"(?<!\w)(?:{entry['pattern']})(?!\w)"), entry["example"])
        for entry in _table()[group]
    )


@cache
def _ignored() -> frozenset[str]:
    return frozenset(word for name in ("relation", "stop") for line in _table()[name]["words"] for word in line.split())


def _kind(plain: str) -> Kind:
    starts_yes_no = bool(_AUXILIARY.match(plain))
    for says, pattern, _ in patterns("kind"):
        match = pattern.search(plain)
        if match and not (starts_yes_no and says != "latest_rumours"):
            return says  # type: ignore[return-value]  # the file holds kinds only; a test reads all of it
    return "yes_no"


def _aspect(plain: str) -> Aspect:
    for says, pattern, _ in patterns("aspect"):
        if pattern.search(plain):
            return says  # type: ignore[return-value]  # likewise
    first = _AUXILIARY.match(plain)
    words = set(first.group().split() if first else plain.split()[:3])
    if not first and not _PERFECT.search(plain):
        words -= {"has", "have"}  # which phones have what: that is now
    return "past" if words & set(_table()["past"]["words"]) else "present"


def _content(left: str, aspect: Aspect) -> tuple[str, ...]:
    """The words that evidence must speak of: not those that say what is asked of a partnership, such as `dumped`."""
    told = next((pattern for says, pattern, _ in patterns("aspect") if says == aspect and says in _OF_A_RELATION), None)
    rest = told.sub(" ", left.casefold()) if told else left
    return tuple(dict.fromkeys(t for t in tokens(rest) if t not in _ignored() and len(t) > 1))


def _as_of(text: str, today: date) -> tuple[PartialDate | None, str]:
    """The date of "as of …", and the text without it."""
    match = _AS_OF.search(text)
    if match is None:
        return None, text
    told = next(iter(dates_in("in " + text[match.end() :], PartialDate.of(today))), None)
    if told is None or told.span.start > 3:
        return None, text
    return told.date, (text[: match.start()] + text[match.end() + told.span.end - 3 :]).strip()


def _publisher(text: str) -> tuple[str | None, str]:
    match = _ACCORDING.search(text)
    if match is None:
        return None, text
    return match.group(1).strip(), (text[: match.start()] + text[match.end() :]).strip(" ,")


def _about(text: str, today: date) -> tuple[PartialDate | None, str]:
    match = _LAST_YEAR.search(text)
    if match:
        back = 1 if match.group(1).casefold() == "last" else 0
        months = today.year * 12 + today.month - 1 - back * (1 if match.group(2).casefold() == "month" else 12)
        year, month = divmod(months, 12)
        about = PartialDate(year, month + 1) if match.group(2).casefold() == "month" else PartialDate(year)
        return about, text[: match.start()] + text[match.end() :]
    told = next(iter(dates_in(text, PartialDate.of(today))), None)
    if told is None or told.bound != "at":
        return None, text
    return told.date, text[: told.span.start] + text[told.span.end :]


def _organisations(plain: str, words: Vocabulary, known: Directory) -> tuple[tuple[str, ...], str]:
    """The organisations asked about in the order of the text, and the text without them."""
    found: list[tuple[int, int, str]] = []
    has_capitals = any(c.isupper() for c in plain[1:])
    for mention in known.listed(plain, strict=False):
        written = plain[mention.span.start : mention.span.end]
        everyday = known.is_common(mention.name) and written.islower() and not _never_in_lower_case(mention.name, words)
        if not everyday or _stands_as_a_name(plain, mention.span.start, mention.span.end, has_capitals):
            found.append((mention.span.start, mention.span.end, mention.name))
    found += _by_the_articles(plain, words, found)
    found += _typos(plain, words, known, found)
    found.sort()
    left = plain
    for start, end, _ in reversed(found):
        left = left[:start] + " " * (end - start) + left[end:]
    return tuple(dict.fromkeys(name for *_, name in found)), left


_BEFORE_A_NAME = frozenset(
    [
        "with",
        "and",
        "for",
        "from",
        "between",
        "by",
        "at",
        "to",
        "is",
        "are",
        "did",
        "does",
        "do",
        "was",
        "has",
        "have",
        "of",
        "or",
        "leave",
        "left",
        "join",
        "joined",
        "than",
    ]
)
_AFTER_A_SUBJECT = frozenset(
    [
        "with",
        "and",
        "still",
        "work",
        "working",
        "works",
        "partner",
        "partnered",
        "partnering",
        "partners",
        "leave",
        "leaves",
        "leaving",
        "left",
        "end",
        "ended",
        "ending",
        "go",
        "going",
        "really",
        "also",
        "exclusive",
        "in",
        "part",
        "now",
        "done",
        "back",
        "team",
        "teaming",
        "buy",
        "buying",
        "bought",
        "own",
        "owned",
        "join",
        "joined",
        "make",
        "making",
        "drop",
        "dropped",
        "quit",
        "ditch",
        "ditched",
        "sign",
        "signed",
        "pay",
        "paid",
        "use",
        "using",
        "talk",
        "talking",
        "deny",
        "denied",
        "confirm",
        "confirmed",
        "announce",
        "announced",
    ]
)
_VERBS = frozenset(("is", "are", "did", "does", "do", "was", "has", "have"))


def _stands_as_a_name(plain: str, start: int, end: int, has_capitals: bool) -> bool:
    """Whether an everyday word in lower case stands where a name would: `is canon with nothing?`."""
    before, after = plain[:start].casefold().split(), plain[end:].casefold().strip(" ?!.").split()
    if has_capitals or (before and before[-1] not in _BEFORE_A_NAME):
        return False
    if not before or before[-1] in _VERBS:
        return not after or after[0] in _AFTER_A_SUBJECT
    return not after or before[-1] not in ("to", "of", "for", "at", "by")


def _by_the_articles(plain: str, words: Vocabulary, taken: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Names in no list that the library's articles spell with capitals, the longest run of words first."""
    spans = [(m.start(), m.end()) for m in re.finditer(r"[^\W_](?:[\w.\-’']*[\w])?", plain)]
    found: list[tuple[int, int, str]] = []
    for size in (4, 3, 2, 1):
        for first in range(len(spans) - size + 1):
            start, end = spans[first][0], spans[first + size - 1][1]
            written = re.sub(r"[’']s$", "", plain[start:end])
            end = start + len(written)
            name = words.names.get(written.casefold()) or words.names.get(written.casefold().removesuffix("s"))
            if name is None or _overlaps(start, end, taken + found):
                continue
            if size > 1 or written != written.casefold() or _is_a_name_to_the_articles(written, name, words):
                found.append((start, end, name))
    return found


def _never_in_lower_case(name: str, words: Vocabulary) -> bool:
    """Whether the articles name it, and never write its word without a capital: no everyday word to them."""
    return name.casefold() in words.names and words.in_lower_case(name) == 0


def _is_a_name_to_the_articles(written: str, name: str, words: Vocabulary) -> bool:
    return written not in _ignored() and len(written) > 2 and words.in_lower_case(name) == 0


def _typos(
    plain: str, words: Vocabulary, known: Directory, taken: list[tuple[int, int, str]]
) -> list[tuple[int, int, str]]:
    """Words that are nearly a known name and no word of any article: `hasselblat`."""
    names = [o.name for o in known.organisations if not o.common] + list(words.names.values())
    found = []
    for match in re.finditer(rf"[^\W\d_]{{{_LONG_ENOUGH},}}", plain):
        word = match.group()
        if _overlaps(match.start(), match.end(), taken) or words.knows(word) or word.casefold() in _ignored():
            continue
        hit = process.extractOne(
            word, names, scorer=fuzz.ratio, score_cutoff=_TYPO, processor=lambda text: text.casefold()
        )
        if hit:
            found.append((match.start(), match.end(), hit[0]))
    return found


def _unknown(plain: str, left: str, words: Vocabulary) -> tuple[str, ...]:
    """Words that stand where an organisation would, and that no article has."""
    if not any(c.islower() for c in plain):
        return ()
    names = {*_CAPITALISED.findall(left), *_BESIDE.findall(left)}
    return tuple(sorted(n for n in names if not words.knows(n) and n.casefold() not in _ignored()))


def _overlaps(start: int, end: int, spans: Iterable[tuple[int, int, str]]) -> bool:
    return any(start < e and s < end for s, e, _ in spans)
