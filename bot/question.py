"""Text → Question: what was asked, understood."""

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, TypeAlias

from bot.answer import Kind
from bot.naming import Vocabulary, organisations_in, unknown_names
from bot.question_words import no_content, patterns, word_list, written_out
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
_BESIDE_THE_QUESTION = re.compile(
    r"\(?\b(?:asking |as of |as at |in |for |by |back in |early |mid |late |the |end of )*"
    r"(?:(?:\d{1,2}(?:st|nd|rd|th)? )?(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?,? ?"
    r"(?:\d{1,2},? )?|(?:early|mid|late|spring|summer|autumn|fall|winter|xmas|christmas) )?(?:19|20)\d\d\b\)?[?: ]*$",
    re.IGNORECASE,
)  # a date that stands behind the question
_ALTERNATIVE = re.compile(r",? or (?!else\b)[^?]*\??$", re.IGNORECASE)
_OR_NOT = re.compile(r",? or not\b[^?]*\??$", re.IGNORECASE)
_ROUGHLY = re.compile(r"\b(?:early|mid|late|(?:the )?(?:beginning|start|end) of)[ -](?=(?:19|20)\d\d\b)", re.IGNORECASE)
_LAST_YEAR = re.compile(r"\b(last|this) (year|month)\b", re.IGNORECASE)
_AUXILIARY = re.compile(
    r"^(?:so |and |but |ok |hey |wait |then )*(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|"
    r"may|might|isn['’]t|aren['’]t|didn['’]t|doesn['’]t|won['’]t|hasn['’]t|wasn['’]t)\b"
)
_PERFECT = re.compile(r"\b(?:has|have) (?:\w+ )?(?:\w+ed|been|had|made|got)\b")
_LEANS = re.compile(
    r"^(?:and|or|but|so|also|what about|how about|then)\b|"
    r"\b(?:it|they|them|that|this|there|too|as well|also|its|their)\b",
    re.IGNORECASE,
)  # words that lean on the question before
FOLLOWED_BY = ">>"  # stands between a question and the one that follows it
_BUY = re.compile(r"\b(?:buy|buys|buying|bought|buy out|bought out|part of)\s*$", re.IGNORECASE)
_OF_A_RELATION = ("end", "sought", "begin")  # aspects that evidence has in words of its own


Written: TypeAlias = tuple[tuple[str, str], ...]  # organisations, and how a text writes each


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
    plain: str = ""  # the text, chat spelling written out, without the date that it is for and without an alternative
    apart: frozenset[str] = frozenset()  # makers that it names beside a product of theirs: see Named
    written: Written = ()  # each organisation, and how `plain` writes it

    @property
    def own(self) -> str:
        """`plain` without the question that it follows."""
        return self.plain.rpartition(FOLLOWED_BY)[2].strip()

    @property
    def asks_about_ownership(self) -> bool:
        """Whether it asks if one owns or buys another, or a part: that they work together is no answer to that."""
        parts = (self.own.partition(written)[0] for _, written in self.written if written in self.own)
        return self._asks("asks_about_ownership") or any(_BUY.search(part) for part in parts)

    @property
    def asks_about_what_is_to_come(self) -> bool:
        """Whether it asks for what may happen next, of which what was confirmed before says nothing for certain."""
        return self.about is None and self._asks("asks_about_what_is_to_come")

    def _asks(self, what: str) -> bool:
        return any(says == what and pattern.search(self.own.casefold()) for says, pattern, _ in patterns("asks"))

    @property
    def asks_about_now(self) -> bool:
        """Whether it asks for the present state, of which old evidence says little."""
        return self.kind in ("yes_no", "who", "list") and self.aspect in ("present", "still") and self.about is None


def understand(
    text: str, words: Vocabulary, known: Directory, today: date, as_of: PartialDate | None = None
) -> Question:
    """What a text asks, by itself. `as_of` is the date that was given beside it; one in the text goes before it."""
    told, rest = _as_of(text, today)
    as_of, asked = told or as_of, rest
    publisher, rest = _publisher(rest)
    about, rest = _about(rest, as_of.last if as_of else today)
    plain = written_out(rest)
    named = organisations_in(plain, words, known)
    organisations, left = named.organisations, named.left
    kind, aspect = _kind(plain.casefold()), _aspect(plain.casefold())
    content = _content(left[: _end_of(plain, kind, named.written)], aspect)
    if len(organisations) == 1 and not content and aspect == "present" and not _AUXILIARY.match(plain.casefold()):
        kind = "what" if kind == "yes_no" else kind  # a mere name: there is nothing to say yes to
    return Question(
        text=text,
        kind=kind,
        aspect=aspect,
        organisations=organisations,
        content=content,
        unknown=unknown_names(plain, named, words),
        publisher=publisher,
        about=about,
        as_of=as_of,
        written=named.written,
        apart=named.apart,
        plain=_asked(written_out(asked), kind, named.written),
    )


def follow_up(question: Question, before: Question) -> Question:
    """The question with what it lacks taken from the one before: `and Sharp?` after `is Leica with Huawei?`."""
    asked, had = question.organisations, before.organisations
    if len(asked) > 1:
        return replace(question, as_of=question.as_of or before.as_of)
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
        plain=f"{before.plain} {FOLLOWED_BY} {question.plain}",
        written=(*before.written, *question.written),
        apart=before.apart | question.apart,
    )


def _asked(plain: str, kind: Kind, parties: Written) -> str:
    """What is asked, without the date for which it is and, of a yes or no, without the other of two alternatives."""
    dated = _BESIDE_THE_QUESTION.search(plain)
    if dated:
        before = plain[: dated.start()].rstrip()
        if before.endswith(("?", ",")) or dated.group().startswith("(") or _AS_OF.match(dated.group()):
            plain = before.rstrip(",-") or plain
    end = _end_of(plain, kind, parties)
    return plain if end == len(plain) else f"{plain[:end]}?"


def _end_of(plain: str, kind: Kind, parties: Written) -> int:
    """Where a question after a yes or no goes on to the other of two alternatives; the end of any other.

    Two parties are no alternatives: `is Leica or Zeiss with Xiaomi`.
    """
    if kind != "yes_no":
        return len(plain)
    other = (_ALTERNATIVE if _AUXILIARY.match(plain.casefold()) else _OR_NOT).search(plain)
    if other is None:
        return len(plain)
    before, behind = plain[: other.start()], plain[other.start() :]
    asked = sum(written in before for _, written in parties)
    return len(plain) if asked < 2 and any(written in behind for _, written in parties) else other.start()


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
    return "past" if words & word_list("past") else "present"


def _content(left: str, aspect: Aspect) -> tuple[str, ...]:
    """The words that evidence must speak of: not those that say what is asked of a partnership, such as `dumped`."""
    told = next((pattern for says, pattern, _ in patterns("aspect") if says == aspect and says in _OF_A_RELATION), None)
    rest = told.sub(" ", left.casefold()) if told else left
    return tuple(dict.fromkeys(t for t in tokens(rest) if t not in no_content() and len(t) > 1))


def _as_of(text: str, today: date) -> tuple[PartialDate | None, str]:
    """The date of "as of …", and the text without it."""
    match = _AS_OF.search(text)
    if match is None:
        return None, text
    told = next(iter(dates_in("in " + text[match.end() :], PartialDate.of(today), relative=False)), None)
    if told is None or told.span.start > 3:
        return None, text
    return told.date, (text[: match.start()] + text[match.end() + told.span.end - 3 :]).strip()


def _publisher(text: str) -> tuple[str | None, str]:
    match = _ACCORDING.search(text)
    if match is None:
        return None, text
    return match.group(1).strip(), (text[: match.start()] + text[match.end() :]).strip(" ,")


def _about(text: str, today: date) -> tuple[PartialDate | None, str]:
    text = _ROUGHLY.sub("", text)
    match = _LAST_YEAR.search(text)
    if match:
        back = 1 if match.group(1).casefold() == "last" else 0
        months = today.year * 12 + today.month - 1 - back * (1 if match.group(2).casefold() == "month" else 12)
        year, month = divmod(months, 12)
        about = PartialDate(year, month + 1) if match.group(2).casefold() == "month" else PartialDate(year)
        return about, text[: match.start()] + text[match.end() :]
    told = next(iter(dates_in(text, PartialDate.of(today), relative=False)), None)
    if told is None or told.bound != "at":
        return None, text
    return told.date, text[: told.span.start] + text[told.span.end :]
