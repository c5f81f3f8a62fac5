"""The sentences that may answer a question, best first."""

import re
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from bot.question import Aspect, Question
from bot.question_words import patterns
from index.article import Phase, Quote, Span, Standing, Stored
from index.claims.rules import reading_of, speaks_of_a_relation
from index.claims.when import dates_in
from index.dates import PartialDate, day_of
from index.encoder import Vectors
from index.search import Found, is_visible
from index.sentences import narrowed, sentences
from index.snapshot import Snapshot, Statement
from index.timeline import phase_of
from index.wordindex import tokens

_PASSAGES = 12
_READ = 10  # sentences that are compared with the question by meaning
_STATEMENTS = 40
_OF_ITS_NEIGHBOUR = 0.8
_SHORTEST = 25  # characters

_MONEY = re.compile(
    r"[$€£¥₩]\s?\d|\d[\d.,]*\s?(?:million|billion|trillion|dollars|euros?|pounds|yen|won)\b", re.IGNORECASE
)
_NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|dozens?|hundreds?|thousands?|half)\b", re.I
)
_DURATION = re.compile(r"\b(?:\w+|\d+)[\s-](?:years?|months?|weeks?|days?|decades?)\b|since|until", re.IGNORECASE)
_REASON = re.compile(
    r"\b(?:because|due to|owing to|citing|as a result|in order to|so that|reasons?|ground|after|since|concern\w*"
    r"|help\w*|to (?:address|avoid|appease|focus|gain|make|get|give|improve)|allows?|blam\w+|cit\w+)\b",
    re.IGNORECASE,
)
_DENIES = re.compile(r"\b(?:not(?! only| just)|cannot|never|no(?! doubt)|nor|neither)\b|n[’']t\b", re.IGNORECASE)
_TAGS = re.compile(r"(?:\w[\w&’'.+-]*(?: [\w&’'.+-]+){0,3}, ){2,}\w[\w&’'.+ -]*(?<![.!?])")  # under an article
_SLOTS: dict[str, re.Pattern[str]] = {"price": _MONEY, "number": _NUMBER, "duration": _DURATION, "why": _REASON}
_FITTING: dict[Aspect, tuple[Phase, ...]] = {
    "end": ("ended", "refused"),
    "sought": ("sought",),
    "begin": ("agreed", "running"),
    "still": ("ended", "running", "refused"),
    "denied": ("refused",),
}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may answer, and what is known of it.

    `score` orders; `coverage` is the share of the question's content words that it, its passage or its title has.
    """

    quote: Quote
    score: float
    coverage: float
    own: float  # the same share, by the words of the sentence alone
    named: float  # share of the asked organisations named in it, or in what it is about
    fits_slot: bool
    phase: Phase
    standing: Standing
    negated: bool
    statement: Statement | None = None
    fit: float = 0.0  # the score without what it owes to the other articles of the library
    meaning: float = 0.0  # the part of it that is likeness of meaning

    @property
    def said(self) -> PartialDate | None:
        """When it was published."""
        return self.quote.stored.article.published


Encode = Callable[[Sequence[str]], Awaitable[Vectors]]


async def candidates(
    snapshot: Snapshot, question: Question, found: Sequence[Found], vector: Vectors, encode: Encode
) -> list[Candidate]:
    """Sentences from the best passages and from claims on the asked organisations, best first."""
    if not (question.content or question.organisations):  # the newest rumours, or no question
        return list(_from_statements(snapshot, question))[:_READ]
    drafts: dict[tuple[str, int], Candidate] = {}
    for candidate in (*_from_passages(question, found), *_from_statements(snapshot, question)):
        place = (candidate.quote.stored.id, candidate.quote.span.start)
        if snapshot.hides(candidate.quote, question.organisations):
            continue
        if place not in drafts or drafts[place].score < candidate.score:
            drafts[place] = candidate
    best = sorted(drafts.values(), key=_order)[:_READ]
    if not best:
        return []
    vectors = await encode([candidate.quote.text for candidate in best])
    cosines = [float(x) for x in vectors @ vector]
    ages = _freshness(best)
    read = [
        replace(
            candidate,
            score=candidate.score + 0.40 * cosine + 0.10 * ages[candidate.said],
            fit=candidate.fit + 0.40 * cosine,
            meaning=0.40 * cosine,
        )
        for candidate, cosine in zip(best, cosines, strict=True)
    ]
    return sorted(read, key=_order)


def beside(question: Question, candidate: Candidate, span: Span, statement: Statement | None) -> Candidate:
    """Another sentence of a candidate's article, next to it; `statement` is what it claims, if it does.

    Nobody has compared it by meaning: a part of what the candidate has counts.
    """
    stored = candidate.quote.stored
    around = set(tokens(f"{stored.article.title} {candidate.quote.text}"))
    found = _candidate(question, stored, span, 0.0, around, statement)
    meaning = _OF_ITS_NEIGHBOUR * candidate.meaning
    return replace(found, score=found.score + meaning, fit=found.fit + meaning, meaning=meaning)


def is_a_fragment(text: str) -> bool:
    """Whether a sentence is a heading, a caption or somebody's name: it says little by itself."""
    return len(text) < _SHORTEST or not text.rstrip("”\"’')").endswith((".", "!", "?"))


def _order(candidate: Candidate) -> tuple[float, str, int]:
    return -round(candidate.score, 5), candidate.quote.stored.id, candidate.quote.span.start


def _from_passages(question: Question, found: Sequence[Found]) -> Iterable[Candidate]:
    for hit in found[:_PASSAGES]:
        stored = hit.place.stored
        around = set(tokens(f"{stored.article.title} {hit.place.text}"))
        for span in sentences(stored.article.text):
            is_there = hit.place.span.start <= span.start < hit.place.span.end
            if is_there and not _TAGS.fullmatch(stored.article.text, span.start, span.end):
                yield _candidate(question, stored, span, hit.score, around)


def _from_statements(snapshot: Snapshot, question: Question) -> Iterable[Candidate]:
    if not question.organisations and question.kind != "latest_rumours":
        return
    found = [s for s in snapshot.statements(*question.organisations) if is_visible(s.stored, question.as_of)]
    if not question.organisations:
        found = [s for s in found if s.claim.standing == "rumoured"]
    found.sort(key=lambda s: (day_of(s.said), s.stored.id, -s.claim.span.start), reverse=True)
    for statement in found[:_STATEMENTS]:
        around = set(tokens(f"{statement.stored.article.title} {statement.quote.text}"))
        yield _candidate(question, statement.stored, statement.claim.span, 0.5, around, statement)


def _candidate(
    question: Question, stored: Stored, span: Span, score: float, around: set[str], statement: Statement | None = None
) -> Candidate:
    text = stored.article.text[span.start : span.end]
    here = set(tokens(text))
    own = share(question.content, here)
    wide = share((*question.content, *map(str.casefold, question.organisations)), here | around)
    named = _named(question.organisations, text, statement)
    phase, standing, negated = reading_of(text)
    if statement:
        phase, standing, negated = phase_of(statement), statement.claim.standing, False
    slot = _fits_slot(question, text, stored.article.published, statement)
    fitting = phase in _FITTING.get(question.aspect, ()) and speaks_of_a_relation(text)
    fit = 0.30 * own + 0.10 * wide + 0.25 * named + 0.15 * slot + 0.15 * fitting
    if is_a_fragment(text):
        fit -= 0.1
    if question.kind in ("who", "list") and question.asks_about_now and (standing == "rumoured" or phase == "ended"):
        fit -= 0.15  # neither tells who works with whom now
    around_cut = narrowed(stored.article.text, span)
    quote = Quote(stored, around_cut)
    total = 0.35 * score + fit
    return Candidate(quote, total, wide, own, named, slot, phase, standing, negated, statement, fit)


def _named(organisations: Sequence[str], text: str, statement: Statement | None) -> float:
    if not organisations:
        return 0.0
    lowered = text.casefold()
    told = statement.claim.pair if statement else frozenset[str]()
    return sum(1.0 if name.casefold() in lowered else 0.8 * (name in told) for name in organisations) / len(
        organisations
    )


def fits_aspect(question: Question, candidate: Candidate) -> bool:
    """Whether a sentence is in a phase that answers what is asked: only an end tells of an end."""
    if question.aspect not in ("end", "sought") or candidate.standing == "rumoured":
        return True
    spoken_of = next(pattern for says, pattern, _ in patterns("aspect") if says == question.aspect)
    return candidate.phase in _FITTING[question.aspect] or bool(spoken_of.search(candidate.quote.text.casefold()))


def needs_slot(question: Question) -> bool:
    """Whether only a sentence with a date, a sum or a number can answer."""
    return question.aspect in ("price", "number") or question.kind == "when"


def denies_something(candidate: Candidate) -> bool:
    """Whether a confirmed sentence has a negation of which nobody knows what it negates."""
    understood = candidate.negated or candidate.phase in ("ended", "refused") or candidate.standing == "rumoured"
    return not understood and bool(_DENIES.search(candidate.quote.text))


def share(wanted: Sequence[str], words: set[str]) -> float:
    """The share of wanted words that are there, a word's other endings included."""
    if not wanted:
        return 0.0
    return sum(any(_alike(word, other) for other in words) for word in wanted) / len(wanted)


def _alike(one: str, other: str) -> bool:
    if one == other or (len(one) >= 5 and one in other):
        return True
    stem = min(len(one), len(other))
    return stem >= 4 and one[: max(4, stem - 2)] == other[: max(4, stem - 2)] and abs(len(one) - len(other)) <= 4


def _fits_slot(question: Question, text: str, said: PartialDate | None, statement: Statement | None) -> bool:
    """Whether a sentence has the kind of thing that is asked for."""
    pattern = _SLOTS.get(question.aspect) or _SLOTS.get(question.kind)
    if pattern:
        return bool(pattern.search(text))
    if question.kind == "when":
        return any(told.bound != "said" for told in dates_in(text, said))
    if question.kind in ("who", "list"):
        asked = {word for name in question.organisations for word in tokens(name)}
        return statement is not None or any(
            word[:1].isupper() and asked.isdisjoint(tokens(word)) for word in text.split()[1:]
        )
    return False


def _freshness(found: Sequence[Candidate]) -> dict[PartialDate | None, float]:
    """0 for the oldest date among the candidates to 1 for the newest; undated ones count as the oldest."""
    dates = sorted({candidate.said for candidate in found if candidate.said})
    spread = max(1, len(dates) - 1)
    return {None: 0.0, **{date: (i / spread if len(dates) > 1 else 1.0) for i, date in enumerate(dates)}}
