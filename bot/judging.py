"""Evidence on a yes/no question → verdict and what is said of it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from textwrap import shorten

from bot.answer import ShownQuote, Verdict
from bot.evidence import Candidate
from bot.links import source_of
from bot.question import Question
from bot.wording import on_date, say, with_verdict
from index.article import Quote
from index.dates import PartialDate, day_of
from index.snapshot import Statement
from index.timeline import CONFIRMED, Status, held_on, phase_of, status_of

_LONGEST_NAME = 60  # characters of a publisher's name in a sentence
_SENTENCE_END = re.compile(r"[.!?:;]+(?=\s)|[\[\]]")  # a name must not read as a sentence or a number
_BY_STATE: dict[str, Verdict] = {"running": "yes", "agreed": "yes", "ended": "no", "refused": "no"}


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict, the statements that it rests on, the deciding one first, and how it is said.

    `template` names a sentence of `templates.toml`: group and name; `words` fill it in. `open`: whether a later
    article could still end what it says, so that old evidence deserves a warning.
    """

    verdict: Verdict
    because: tuple[Statement, ...]
    template: tuple[str, str]
    words: dict[str, str]
    open: bool = True

    @property
    def tells_end(self) -> bool:
        """Whether it states that the partnership is over."""
        return self.template in (("state", "ended"), ("state", "ended_on"))

    @property
    def dates_end(self) -> bool:
        """Whether it states on which day the partnership ended: that is said outright, no sentence says it better."""
        return self.template == ("state", "ended_on")

    def sentence(self, quotes: Sequence[ShownQuote]) -> str:
        """The whole sentence, by the first of these quotes, and by the second where two contradict each other."""
        group, name = self.template
        words = sources_of(quotes) | self.words
        return with_verdict(self.verdict, say(group, name, n=1, m=2, **words))


def judge_pair(question: Question, statements: Sequence[Statement]) -> Judgement | None:
    """The verdict on a question about two organisations; None where the statements do not bear on what is asked."""
    if question.aspect == "exclusive":
        return _exclusive(question, statements)
    status = status_of(statements)
    if status is None:
        return None
    if question.about and question.aspect in ("past", "present", "still"):
        return _on_a_day(question, statements, status)
    verdict = _verdict(question, status, statements)
    if verdict is None:
        return None
    because = _leading(question, verdict, status, statements)
    return Judgement(verdict, because, *_told(question, verdict, status), _is_open(status))


_STILL_TO_COME = re.compile(r"\b(?:does|do|will|would|is|are|until|till|til)\b", re.IGNORECASE)


def never_ended(question: Question, statements: Sequence[Statement]) -> tuple[tuple[Statement, ...], str] | None:
    """What a question on when or why two parted is told where, by all that is known, they have not: the statements,
    the deciding one first, and the sentence. None where something else is asked, or anything speaks of an end."""
    if question.kind not in ("when", "why") or question.aspect != "end" or len(question.organisations) != 2:
        return None
    if question.kind == "when" and _STILL_TO_COME.search(question.own):
        return None  # `when does the contract end`: that it has not is no answer
    status = status_of(statements)
    over = any(phase_of(s) == "ended" for s in statements)
    if status is None or over or status.state not in ("running", "agreed"):
        return None
    (_, name), words = _told(question, "yes", status)
    return status.because, say("premise", name, n=1, **words)


def judge_sentence(question: Question, best: Candidate) -> tuple[Verdict, str]:
    """The verdict that one sentence gives on a question about something else than a pair, and how it is said."""
    verdict: Verdict
    wants_end = question.aspect in ("end", "denied")
    over = best.phase in ("ended", "refused")
    if best.standing == "denied":
        verdict = "no"
    elif best.standing == "rumoured" or (best.phase == "sought" and question.aspect != "sought"):
        verdict = "rumoured"
    else:
        verdict = "no" if (over != wants_end) != best.negated else "yes"
    name = {"yes": "sentence_yes", "no": "sentence_no"}.get(verdict, "sentence_rumoured")
    publisher = publisher_of(best.quote)
    return verdict, with_verdict(verdict, say("aspect", name, n=1, publisher=publisher))


def sources_of(quotes: Sequence[ShownQuote]) -> dict[str, str]:
    """Whose the first quote is, and `when` (` on 3 May 2021`, or nothing); `other` and `then` of the second one."""
    words: dict[str, str] = {}
    for (who, when), quote in zip((("publisher", "when"), ("other", "then")), quotes, strict=False):
        said = quote.quote.stored.article.published
        words |= {who: publisher_of(quote.quote), when: f" {on_date(said)}" if said else ""}
    return words


def publisher_of(quote: Quote) -> str:
    """Whose statement a quote is, as a sentence names it."""
    source = source_of(quote)
    name = (source.publisher if source else quote.stored.article.publisher) or "An unnamed publisher"
    return shorten(_SENTENCE_END.sub(" ", name), _LONGEST_NAME, placeholder="…")


def _verdict(question: Question, status: Status, statements: Sequence[Statement]) -> Verdict | None:
    state, aspect = status.state, question.aspect
    if state == "disputed":
        return "disputed"
    if aspect == "end":
        return _ended(status, statements)
    if aspect == "confirmed" and state in ("sought", "rumoured"):
        return "rumoured"
    if aspect == "sought":
        return _sought(status, statements)
    if aspect in ("past", "begin") and state == "ended":
        ever = any(s.claim.standing in CONFIRMED and phase_of(s) in ("running", "agreed") for s in statements)
        return "yes" if ever else "no"
    if aspect == "denied":
        return "yes" if any(s.claim.standing == "denied" for s in statements) else None
    return _BY_STATE.get(state, "rumoured")


def _ended(status: Status, statements: Sequence[Statement]) -> Verdict | None:
    if status.state == "ended":
        return "yes"
    if any(phase_of(s) == "ended" and s.claim.standing == "rumoured" for s in statements):
        return "rumoured"
    return "no" if status.state in ("running", "agreed") else None


def _sought(status: Status, statements: Sequence[Statement]) -> Verdict | None:
    if status.state in ("sought", "rumoured"):
        return "rumoured"
    if status.state == "refused":
        return "no"
    return "yes" if any(s.claim.phase == "sought" for s in statements) else None


def _leading(
    question: Question, verdict: Verdict, status: Status, statements: Sequence[Statement]
) -> tuple[Statement, ...]:
    """What is quoted, the statement that decided first; for a rumour asked about, the rumour."""
    if question.aspect == "end" and verdict == "rumoured":
        first = [s for s in statements if phase_of(s) == "ended" and s.claim.standing == "rumoured"]
    elif question.aspect == "sought" and verdict == "yes":
        first = [s for s in statements if s.claim.phase == "sought"]
    elif question.aspect == "denied" and verdict == "yes":
        first = [s for s in statements if s.claim.standing == "denied"]
    elif question.aspect in ("past", "begin") and status.state == "ended" and verdict == "yes":
        first = [s for s in statements if phase_of(s) in ("running", "agreed")]
    else:
        first = []
    return tuple(dict.fromkeys((*reversed(first), *status.because)))


def _told(question: Question, verdict: Verdict, status: Status) -> tuple[tuple[str, str], dict[str, str]]:
    """How it is said. What is said must be what the first quote says, whatever else is known of the pair."""
    a, b = question.organisations[:2]
    words = {"a": a, "b": b}
    if verdict == "yes" and question.aspect in ("sought", "denied"):
        return ("aspect", "sentence_yes"), words
    if verdict == "yes" and question.aspect in ("past", "begin") and status.state == "ended":
        return ("state", "worked"), words
    if verdict == "rumoured" and status.state not in ("sought", "rumoured"):
        return ("state", "rumoured"), words
    if status.state == "ended" and status.until:
        return ("state", "ended_on"), words | {"until": on_date(status.until)}
    deciding = status.because[0]
    if status.state == "running" and status.since and deciding.claim.holds_from == status.since:
        return ("state", "running_since"), words | {"since": status.since.spoken()}
    return ("state", status.state), words


def _exclusive(question: Question, statements: Sequence[Statement]) -> Judgement | None:
    told = [s for s in statements if s.claim.exclusive is not None]
    if not told:
        return None
    last = max(told, key=lambda s: (day_of(s.said), s.stored.id))
    a, b = question.organisations[:2]
    verdict: Verdict = "yes" if last.claim.exclusive else "no"
    name = "exclusive_yes" if last.claim.exclusive else "exclusive_no"
    return Judgement(verdict, (last,), ("aspect", name), {"a": a, "b": b})


def _on_a_day(question: Question, statements: Sequence[Statement], status: Status) -> Judgement | None:
    """What held at the date asked about, from everything known."""
    day = question.about
    assert day
    held = held_on(statements, day)
    if held is None:
        return None
    confirmed = sorted((s for s in statements if s.claim.standing in CONFIRMED), key=lambda s: _distance(s, day))
    ongoing = tuple(s for s in confirmed if phase_of(s) in ("running", "agreed"))
    over = tuple(s for s in confirmed if phase_of(s) == "ended" and _is_before(s.claim.holds_until or s.said, day))
    later = tuple(s for s in ongoing if s.claim.holds_from and s.claim.holds_from == status.since)
    a, b = question.organisations[:2]
    words = {"a": a, "b": b}
    if held:
        return Judgement("yes", ongoing or status.because, ("state", "worked"), words, open=False)
    if over:
        return Judgement("no", over, ("state", "ended"), words, open=False)
    if later and status.since:  # when it began is told: it had not yet
        return Judgement("no", later, ("state", "began"), words | {"since": on_date(status.since)}, open=False)
    return None


def _is_before(date: PartialDate | None, day: PartialDate) -> bool:
    return date is not None and date.last < day.first


def _distance(statement: Statement, day: PartialDate) -> tuple[bool, int, str]:
    """How far from a day a statement speaks: one that says since when goes first, then the one said nearest to it."""
    since, said = statement.claim.holds_from, statement.said
    covers = since is not None and since.first <= day.last
    apart = abs((said.last - day.last).days) if said else date.max.toordinal()
    return not covers, apart, statement.stored.id


def _is_open(status: Status) -> bool:
    return status.state not in ("ended", "refused")
