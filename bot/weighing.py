"""Candidates → what each says to the question, as the learned judge reads it, and the verdict they give together."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from bot.answer import ShownQuote, Verdict
from bot.evidence import Candidate, needs_slot
from bot.judging import publisher_of
from bot.question import Question
from bot.wording import on_date, say, with_verdict
from index.article import Span, Standing, Stored
from index.judge import AnswerJudgement, Judge, Reading, marked, reading
from index.organisations import Directory, places_of, spelled
from index.sentences import sentence_at, sentences

# The numbers below were chosen on the open parts of two sets of questions: see docs/quality.md.
_ANSWERS = 0.4  # probability from which a sentence answers a yes/no question
_TELLS = 0.4  # and one of another kind
_OF_THE_BEST_TOLD = 0.6  # share of the best one's probability that one with the asked date must have
_OF_THE_BEST = 0.3  # share of the best one's probability that another must have to count beside it
_UNNAMED = 0.2  # what is left of a yes or a rumour for each asked organisation that is not named near by
_UNNAMED_TOLD = 0.6  # and of a fact
_UNSAID = 0.3  # what is left of a yes to "exclusive" where no word speaks of it
_OVERTAKES = 0.6  # share of the best one's probability from which a later sentence goes before it
_FIRM = 0.55  # probability from which what is confirmed goes before any rumour
_PLAIN = 0.45  # probability that one which overtakes must have
_ASIDE = 0.1  # share of the best one's probability under which a sentence is not shown beside it
_LATER = 0.2  # what the newest date is worth
_LATER_TOLD = 0.1
_FIT = 0.4  # what the words, the names and the meaning are worth
_FIT_TOLD = 1.5
_EXCLUSIVE = re.compile(r"exclusiv|\b(?:only|sole|solely|alone|others?|unique)\b", re.IGNORECASE)
_AT_ONCE = 3  # sentences that are read at once
_CLASH_DAYS = 3  # two outlets that say opposite things within so many days disagree; later, one overtakes the other
_CLEAR = 0.7  # probability from which a clash is one


@dataclass(frozen=True, slots=True)
class Weighed:
    """A candidate, and what it is to the question."""

    candidate: Candidate
    judgement: AnswerJudgement

    @property
    def says(self) -> Literal["yes", "no", "rumoured"]:
        """What it says to a yes/no question, as if it answered one."""
        told: dict[Literal["yes", "no", "rumoured"], float] = {
            "yes": self.judgement.yes,
            "no": self.judgement.no,
            "rumoured": self.judgement.rumour,
        }
        return max(told, key=lambda verdict: told[verdict])

    @property
    def sure(self) -> float:
        """The probability of the one thing that it says most probably to a yes/no question."""
        return max(self.judgement.yes, self.judgement.no, self.judgement.rumour)

    @property
    def ranked(self) -> Candidate:
        """The candidate with a score that puts what answers first."""
        return replace(self.candidate, score=self.candidate.score + self.judgement.answers)

    @property
    def standing(self) -> Standing:
        """The standing that is shown: what the judge takes for a rumour is none that is confirmed."""
        told, j = self.candidate.standing, self.judgement
        if j.fact > self.sure:
            return told
        if self.says == "rumoured":
            return "rumoured"
        return "reported" if told == "rumoured" else told


def weighed(question: Question, candidates: Sequence[Candidate], judge: Judge, known: Directory) -> list[Weighed]:
    """What each candidate says to the question, in the same order."""
    windows = list(windows_of(candidates))
    readings = [reading_of(question, window, known) for window in windows]
    return [
        Weighed(candidate, _less_for_the_unnamed(judgements[window.spans.index(window.home)], window, question, known))
        for candidate, window, judgements in zip(candidates, windows, judge.answers(readings), strict=True)
    ]


def _less_for_the_unnamed(
    j: AnswerJudgement, window: "Window", question: Question, known: Directory
) -> AnswerJudgement:
    """The judgement with less of an answer for each asked organisation that neither the sentence nor the title names,
    nor the sentence before, if no other party stands between: a yes on Tarsk and Novaq is none on Tarsk and Ondine. A
    no may well name only who came instead."""
    before, text = window.words_before, window.words(window.home)
    names_another = any(m.name not in question.organisations and not m.product for m in known.listed(text))
    near = "\n".join((window.stored.article.title, "" if names_another else before, text))
    less = [name for name in question.organisations if not places_of(near, name, known)]
    unsaid = question.aspect == "exclusive" and not _EXCLUSIVE.search(text)
    yes, rumour = (p * _UNNAMED ** len(less) for p in (j.yes * (_UNSAID if unsaid else 1), j.rumour))
    fact = j.fact * _UNNAMED_TOLD ** len(less)
    return AnswerJudgement(1 - yes - j.no - rumour - fact, yes, j.no, rumour, fact)


@dataclass(frozen=True, slots=True)
class Window:
    """Neighbouring sentences of one article that are read at once, for the judgement of `home`, which is one of them;
    `before` is the sentence before them."""

    stored: Stored
    before: Span | None
    spans: tuple[Span, ...]
    home: Span

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
    article, names = window.stored.article, question.organisations

    def with_marks(text: str) -> str:
        return marked(text, ((s, i) for i, name in enumerate(names) for s in places_of(text, name, known)))

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


@dataclass(frozen=True, slots=True)
class Decision:
    """What the sentences say together, the deciding one first. `verdict` is None for questions that are not yes/no."""

    verdict: Verdict | None
    because: tuple[Weighed, ...]


def decided(question: Question, weighed: Sequence[Weighed]) -> Decision | None:
    """What is answered, and by which sentences; None where none answers well enough.

    A rumour decides only where nothing that is confirmed answers clearly; among what is confirmed the later one wins,
    unless it answers much worse. Two that clash within days are a dispute.
    """
    if question.kind != "yes_no":
        return _told(question, weighed)
    best = max((w.sure for w in weighed), default=0.0)
    if best < _ANSWERS:
        return None
    bearing = [w for w in weighed if w.sure >= _OF_THE_BEST * best]
    worth = _worth(bearing, lambda w: w.sure, _FIT, _LATER)
    ordered = sorted(bearing, key=lambda w: (-worth[w], *_place(w)))
    confirmed = [w for w in ordered if w.says != "rumoured"]
    rumours = [w for w in ordered if w.says == "rumoured"]
    if not confirmed or (rumours and confirmed[0].sure < _FIRM and worth[rumours[0]] > worth[confirmed[0]]):
        return Decision("rumoured", (*rumours, *confirmed))
    first = _overtaking(question, confirmed, worth)
    against = [w for w in confirmed if w.says != first.says]
    clash = next((w for w in against if _clash(first, w)), None)
    if clash:
        return Decision("disputed", (first, clash, *(w for w in confirmed if w not in (first, clash))))
    agreeing = [w for w in confirmed if w.says == first.says and w is not first]
    return Decision(first.says, (first, *agreeing, *against, *rumours))


def _overtaking(question: Question, confirmed: Sequence[Weighed], worth: Mapping[Weighed, float]) -> Weighed:
    """The sentence that decides: the best, or the latest of those that are nearly as sure; of the past, the best."""
    first = confirmed[0]
    if question.aspect in ("past", "begin") or question.about:
        return first
    clear = [w for w in confirmed if w.sure >= max(_PLAIN, _OVERTAKES * first.sure)]
    later = [w for w in clear if _day(w) > _day(first) + _CLASH_DAYS]
    newest = max((_day(w) for w in later), default=0)
    return max((w for w in later if _day(w) >= newest - _CLASH_DAYS), key=lambda w: worth[w], default=first)


def told(decision: Decision, quotes: Sequence[ShownQuote]) -> str:
    """The bare verdict, and who says so when, by the first quote; both sides of a dispute."""
    assert decision.verdict is not None
    words = _source(quotes[0])
    if decision.verdict == "disputed":
        other = _source(quotes[1])
        words |= {"m": 2, "other": other["publisher"], "then": other["when"]}
    return with_verdict(decision.verdict, say("judged", decision.verdict, n=1, **words))


def _source(quote: ShownQuote) -> dict[str, object]:
    said = quote.quote.stored.article.published
    return {"publisher": publisher_of(quote.quote), "when": f" {on_date(said)}" if said else ""}


def _told(question: Question, weighed: Sequence[Weighed]) -> Decision | None:
    best = max((w.judgement.answers for w in weighed), default=0.0)
    telling = [w for w in weighed if w.judgement.answers >= _OF_THE_BEST_TOLD * best]
    if best < _TELLS or (needs_slot(question) and not any(w.candidate.fits_slot for w in telling)):
        return None  # a question after a date is answered by a date, one after a price by a sum
    shown = [w for w in weighed if w.judgement.answers >= _ASIDE * best]
    worth = _worth(shown, lambda w: w.judgement.answers, _FIT_TOLD, _LATER_TOLD)
    return Decision(None, tuple(sorted(shown, key=lambda w: (-worth[w], *_place(w)))))


def _worth(
    weighed: Sequence[Weighed], sure: Callable[[Weighed], float], fit: float, later: float
) -> dict[Weighed, float]:
    """How sure each is, how well it fits the words asked for, and how new it is among them."""
    days = sorted({_day(w) for w in weighed})
    spread = max(1, len(days) - 1)
    ages = {day: i / spread if len(days) > 1 else 1.0 for i, day in enumerate(days)}
    return {w: round(sure(w) + fit * w.candidate.fit + later * ages[_day(w)], 5) for w in weighed}


def _place(w: Weighed) -> tuple[str, int]:
    return w.candidate.quote.stored.id, w.candidate.quote.span.start


def _day(w: Weighed) -> int:
    said = w.candidate.said
    return said.last.toordinal() if said else 0


def _clash(one: Weighed, other: Weighed) -> bool:
    """Whether two different articles say opposite things within days, each of them clearly."""
    near = _day(one) > 0 and _day(other) > 0 and abs(_day(one) - _day(other)) <= _CLASH_DAYS
    return near and one.candidate.quote.stored != other.candidate.quote.stored and min(one.sure, other.sure) >= _CLEAR
