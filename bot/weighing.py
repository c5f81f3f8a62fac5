"""What the learned judge reads in the candidates → the verdict that they give together."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from bot.answer import ShownQuote, Verdict
from bot.evidence import Candidate, needs_slot
from bot.judging import sources_of
from bot.question import Question
from bot.reading import Read
from bot.wording import say, with_verdict
from index.article import Standing
from index.dates import day_of
from index.judge import AnswerJudgement

_CLASH_DAYS = 3  # two outlets that say opposite things within so many days disagree; later, one overtakes the other


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The numbers that a verdict turns on. The defaults were chosen by `python -m benchmarks.quality.thresholds`
    on the open parts of two sets of questions: see docs/quality.md.

    Probabilities: `answers` from which a sentence answers a yes/no question, and `tells` one of another kind; `firm`
    from which what is confirmed goes before any rumour; `plain` that one which overtakes must have; `clear` from which
    a clash is one; `over` from which a sentence has the last word over the timeline; `undated` from which one tells
    when by the day of its article. Shares of the best one's probability that another must have: `bearing` to count
    beside it, `telling` where a date or a sum is asked for, `overtakes` to go before it for being later, `agreeing` for
    the timeline's quote to lead, `leading` to lead where no yes or no is asked, `rumoured` to be the newer word on what
    is to come, `aside` to be shown. Factors: what is left of a yes or a rumour for each asked organisation that is not
    named near by, `unnamed` for listed ones, `unnamed_open` for others, and of a fact, `unnamed_told`; `unsaid` of a
    yes to what no word there speaks of; `alongside` of all that a sentence says which was only read beside a candidate.
    Worth, beside the probability: `later` of the newest date, `fit` of words, names and meaning; `later_told` and
    `fit_told` for questions that are not yes/no. `yes`, `no`, `rumour`: how much the judge's probabilities of these
    count against its others.
    """

    answers: float = 0.4
    tells: float = 0.17
    firm: float = 0.65
    plain: float = 0.45
    clear: float = 0.54
    over: float = 0.4
    agreeing: float = 0.8
    bearing: float = 0.15
    telling: float = 0.6
    overtakes: float = 0.3
    leading: float = 0.4
    rumoured: float = 0.5
    aside: float = 0.14
    unnamed: float = 0.2
    unnamed_open: float = 0.2
    unnamed_told: float = 0.15
    unsaid: float = 0.3
    alongside: float = 0.6
    later: float = 0.28
    later_told: float = 0.3
    fit: float = 0.34
    fit_told: float = 0.1
    undated: float = 0.5
    yes: float = 0.68
    no: float = 1.0
    rumour: float = 1.2


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


def weighed(read: Sequence[Read], t: Thresholds) -> list[Weighed]:
    """What each candidate says to the question, in the same order."""
    return [Weighed(r.candidate, _less_for_the_unnamed(_counted(r.judgement, t), r, t)) for r in read]


def _counted(j: AnswerJudgement, t: Thresholds) -> AnswerJudgement:
    parts = (j.beside, j.yes * t.yes, j.no * t.no, j.rumour * t.rumour, j.fact)
    whole = sum(parts)
    return AnswerJudgement(*(part / whole for part in parts))


def _less_for_the_unnamed(j: AnswerJudgement, r: Read, t: Thresholds) -> AnswerJudgement:
    """Less of an answer for each asked organisation that is not named: a yes on Tarsk and Novaq is none on Tarsk and
    Ondine. A no may well name only who came instead."""
    listed, others = r.unnamed
    left = t.unnamed**listed * t.unnamed_open**others
    share = t.alongside if r.alongside else 1.0
    yes, rumour = share * j.yes * left * (t.unsaid if r.unsaid else 1), share * j.rumour * left
    no, fact = share * j.no, share * j.fact * t.unnamed_told ** (listed + others)
    return AnswerJudgement(1 - yes - no - rumour - fact, yes, no, rumour, fact)


@dataclass(frozen=True, slots=True)
class Decision:
    """What the sentences say together, the deciding one first. `verdict` is None for questions that are not yes/no;
    of those `refuted` says that what they take for granted is not so."""

    verdict: Verdict | None
    because: tuple[Weighed, ...]
    refuted: bool = False


def decided(question: Question, weighed: Sequence[Weighed], t: Thresholds) -> Decision | None:
    """What is answered, and by which sentences; None where none answers well enough.

    A rumour decides only where nothing that is confirmed answers clearly, or where it is newer and what is asked for is
    still to come; among what is confirmed the later one wins, unless it answers much worse. Two that clash within days
    are a dispute.
    """
    if question.kind != "yes_no":
        return _told(question, weighed, t)
    best = max((w.sure for w in weighed), default=0.0)
    if best < t.answers:
        return None
    bearing = [w for w in weighed if w.sure >= t.bearing * best]
    worth = _worth(bearing, lambda w: w.sure, t.fit, t.later)
    ordered = sorted(bearing, key=lambda w: (-worth[w], *_place(w)))
    confirmed = [w for w in ordered if w.says != "rumoured"]
    rumours = [w for w in ordered if w.says == "rumoured"]
    if not confirmed or (rumours and confirmed[0].sure < t.firm and worth[rumours[0]] > worth[confirmed[0]]):
        return Decision("rumoured", (*rumours, *confirmed))
    first = _overtaking(question, confirmed, worth, t)
    newer = [w for w in rumours if _day(w) > _day(first) + _CLASH_DAYS and w.sure >= t.rumoured * first.sure]
    if newer and first.says == "no" and question.asks_about_what_is_to_come:
        return Decision("rumoured", (*newer, *(w for w in (*rumours, *confirmed) if w not in newer)))
    against = [w for w in confirmed if w.says != first.says]
    clash = next((w for w in against if _clash(first, w, t)), None)
    if clash:
        return Decision("disputed", (first, clash, *(w for w in confirmed if w not in (first, clash))))
    agreeing = [w for w in confirmed if w.says == first.says and w is not first]
    return Decision(first.says, (first, *agreeing, *against, *rumours))


def _overtaking(
    question: Question, confirmed: Sequence[Weighed], worth: Mapping[Weighed, float], t: Thresholds
) -> Weighed:
    """The sentence that decides: the best, or the latest of those that are nearly as sure; of the past, the best."""
    first = confirmed[0]
    if question.aspect in ("past", "begin") or question.about:
        return first
    clear = [w for w in confirmed if w.sure >= max(t.plain, t.overtakes * first.sure)]
    later = [w for w in clear if _day(w) > _day(first) + _CLASH_DAYS]
    newest = max((_day(w) for w in later), default=0)
    return max((w for w in later if _day(w) >= newest - _CLASH_DAYS), key=lambda w: worth[w], default=first)


def told(decision: Decision, quotes: Sequence[ShownQuote]) -> str:
    """The bare verdict, and who says so when, by the first quote; both sides of a dispute; what refutes a premise."""
    words = sources_of(quotes)
    if decision.verdict is None:
        return say("premise", "refuted", n=1, **words)
    return with_verdict(decision.verdict, say("judged", decision.verdict, n=1, m=2, **words))


def _told(question: Question, weighed: Sequence[Weighed], t: Thresholds) -> Decision | None:
    best = max((w.judgement.answers for w in weighed), default=0.0)
    telling = [w for w in weighed if w.judgement.answers >= t.telling * best]
    slot = needs_slot(question)
    by_slot = not slot or any(w.candidate.fits_slot for w in telling)
    if best < t.tells or not (by_slot or (question.kind == "when" and best >= t.undated)):
        return None  # a question after a price is answered by a sum, one after a date by one, be it the article's own
    shown = [w for w in weighed if w.judgement.answers >= t.aside * best]
    worth = _worth(shown, lambda w: w.judgement.answers, t.fit_told, t.later_told)
    lead = max(
        shown,
        key=lambda w: (
            slot and w in telling and w.candidate.fits_slot,
            w.judgement.answers >= t.leading * best,
            worth[w],
            *_place(w),
        ),
    )
    because = (lead, *sorted((w for w in shown if w is not lead), key=lambda w: (-worth[w], *_place(w))))
    return Decision(None, because, refuted=because[0].judgement.no > because[0].judgement.fact)


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
    return day_of(w.candidate.said)


def _clash(one: Weighed, other: Weighed, t: Thresholds) -> bool:
    """Whether two different articles say opposite things within days, each of them clearly."""
    near = _day(one) > 0 and _day(other) > 0 and abs(_day(one) - _day(other)) <= _CLASH_DAYS
    return near and one.candidate.quote.stored != other.candidate.quote.stored and min(one.sure, other.sure) >= t.clear
