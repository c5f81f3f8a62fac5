"""Candidates → what each says to the question, as the learned judge reads it, and the verdict they give together."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.answer import ShownQuote, Verdict
from bot.evidence import Candidate
from bot.judging import publisher_of
from bot.question import Question
from bot.wording import on_date, say, with_verdict
from index.article import Span, Standing, Stored
from index.judge import MOST_SENTENCES, AnswerJudgement, Judge, Reading, marked, reading
from index.organisations import Directory, places_of, spelled
from index.sentences import sentence_at, sentences

# The numbers below were chosen on the open part of two sets of questions: see docs/quality.md.
_ANSWERS = 0.5  # probability from which a sentence answers a yes/no question
_TELLS = 0.3  # and one of another kind
_OF_THE_BEST = 0.5  # share of the best one's probability that another must have to count beside it
_OF_A_RUMOUR = 0.6  # share of the best rumour's that what is confirmed must have to go before it
_LATER = 0.3  # what the newest date is worth
_LATER_TOLD = 0.1
_FIT = 0.3  # what the words, the names and the meaning are worth
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
        """The probability of the one thing that it says most probably."""
        j = self.judgement
        return max(j.yes, j.no, j.rumour, j.fact)

    @property
    def standing(self) -> Standing:
        """The standing that is shown: what the judge takes for a rumour is none that is confirmed."""
        told = self.candidate.standing
        if self.says == "rumoured" and self.sure == self.judgement.rumour:
            return "rumoured"
        return "reported" if told == "rumoured" and self.sure != self.judgement.fact else told


def weighed(question: Question, candidates: Sequence[Candidate], judge: Judge, known: Directory) -> list[Weighed]:
    """What each candidate says to the question, in the same order. Neighbouring ones are read together."""
    windows = list(windows_of(candidates))
    readings = [reading_of(question, window, known) for window in windows]
    judged = {
        (window.stored.id, span): judgement
        for window, judgements in zip(windows, judge.answers(readings), strict=True)
        for span, judgement in zip(window.spans, judgements, strict=True)
    }
    return [Weighed(c, judged[c.quote.stored.id, _home(c)]) for c in candidates]


@dataclass(frozen=True, slots=True)
class Window:
    """Neighbouring sentences of one article that are read at once; `before` is the sentence before them."""

    stored: Stored
    before: Span | None
    spans: tuple[Span, ...]


def windows_of(candidates: Iterable[Candidate]) -> Iterator[Window]:
    """The sentences of the candidates with their neighbours, each article's in as few windows as may be."""
    wanted: dict[Stored, set[Span]] = {}
    for candidate in candidates:
        wanted.setdefault(candidate.quote.stored, set()).add(_home(candidate))
    for stored, spans in wanted.items():
        everything = sentences(stored.article.text)
        chosen = [i for i, span in enumerate(everything) if span in spans]
        while chosen:
            first = max(0, chosen[0] - 1)
            last = max(i for i in chosen if i < first + MOST_SENTENCES)
            last = min(len(everything) - 1, first + MOST_SENTENCES - 1, last + 1)
            chosen = [i for i in chosen if i > last]
            yield Window(stored, everything[first - 1] if first else None, everything[first : last + 1])


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

    def words(span: Span) -> str:
        return with_marks(article.text[span.start : span.end])

    return reading(
        asked_of(question),
        with_marks(article.title),
        words(window.before) if window.before else "",
        [words(span) for span in window.spans],
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

    Confirmed sentences decide before rumours, whatever the date; among those that answer about as well the later one.
    Two that clash within days are a dispute.
    """
    if question.kind != "yes_no":
        return _told(weighed)
    bearing = _bearing(weighed, _ANSWERS)
    confirmed = [w for w in bearing if w.says != "rumoured"]
    rumours = [w for w in bearing if w.says == "rumoured"]
    if not bearing:
        return None
    if not confirmed or max(w.sure for w in confirmed) < _OF_A_RUMOUR * max((w.sure for w in rumours), default=0.0):
        return Decision("rumoured", (*_ordered(rumours, _LATER), *_ordered(confirmed, _LATER)))
    ordered = _ordered(confirmed, _LATER)
    first = ordered[0]
    against = [w for w in ordered if w.says != first.says]
    clash = next((w for w in against if _clash(first, w)), None)
    if clash:
        rest = [w for w in ordered if w not in (first, clash)]
        return Decision("disputed", (first, clash, *rest))
    agreeing = [w for w in ordered if w.says == first.says]
    return Decision(first.says, (*agreeing, *against, *_ordered(rumours, _LATER)))


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


def _told(weighed: Sequence[Weighed]) -> Decision | None:
    if not _bearing(weighed, _TELLS):
        return None
    return Decision(None, tuple(_ordered(weighed, _LATER_TOLD)))


def _bearing(weighed: Sequence[Weighed], enough: float) -> list[Weighed]:
    """Those that answer well enough, and not much worse than the best."""
    best = max((w.judgement.answers for w in weighed), default=0.0)
    return [w for w in weighed if w.judgement.answers >= max(enough, _OF_THE_BEST * best)] if best >= enough else []


def _ordered(weighed: Sequence[Weighed], later: float) -> list[Weighed]:
    """Best first: how sure it is, how well it fits the words asked for, and how new it is among them."""
    days = sorted({_day(w) for w in weighed})
    spread = max(1, len(days) - 1)
    ages = {day: i / spread if len(days) > 1 else 1.0 for i, day in enumerate(days)}

    def rank(w: Weighed) -> tuple[float, str, int]:
        worth = w.sure + _FIT * w.candidate.score + later * ages[_day(w)]
        return -round(worth, 5), w.candidate.quote.stored.id, w.candidate.quote.span.start

    return sorted(weighed, key=rank)


def _day(w: Weighed) -> int:
    said = w.candidate.said
    return said.last.toordinal() if said else 0


def _clash(one: Weighed, other: Weighed) -> bool:
    """Whether two different articles say opposite things within days, each of them clearly."""
    near = _day(one) > 0 and _day(other) > 0 and abs(_day(one) - _day(other)) <= _CLASH_DAYS
    return near and one.candidate.quote.stored != other.candidate.quote.stored and min(one.sure, other.sure) >= _CLEAR
