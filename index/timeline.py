"""Claims → a partnership's status on a date."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from index.article import Phase, Stored
from index.dates import PartialDate
from index.snapshot import Statement

State: TypeAlias = Literal["sought", "rumoured", "agreed", "running", "ended", "refused", "disputed"]

CONFIRMED = ("official", "reported")
_WEIGHT: dict[Phase, int] = {"sought": 0, "agreed": 1, "running": 2, "refused": 3, "ended": 4}
_CLASH_DAYS = 3  # two outlets that say opposite things within so many days disagree; later, one overtakes the other


@dataclass(frozen=True, slots=True)
class Status:
    """Where a partnership stands, and the statements that say so, the deciding one first."""

    state: State
    because: tuple[Statement, ...]
    since: PartialDate | None = None
    until: PartialDate | None = None


def phase_of(statement: Statement) -> Phase:
    """The phase that a statement leaves behind: what has not ended runs, what is not so is refused."""
    claim = statement.claim
    if not claim.negated:
        return claim.phase
    return "running" if claim.phase == "ended" else "refused"


def status_of(statements: Iterable[Statement]) -> Status | None:
    """The status after all these statements on one pair; None where there are none.

    Only a confirmed statement closes what a confirmed one opened; a party's denial outranks an anonymous report; among
    equals the later one wins, and two that clash within days are disputed.
    """
    leading = _one_per_article(statements)
    confirmed = [s for s in leading if s.claim.standing in CONFIRMED and phase_of(s) != "sought"]
    hopes = [s for s in leading if s not in confirmed and s.claim.standing != "denied"]
    denials = [s for s in leading if s.claim.standing == "denied"]
    if not confirmed:
        return _unconfirmed(hopes, denials)
    last = confirmed[-1]
    clash = _clash(confirmed)
    if clash:
        return Status("disputed", (last, clash))
    state: State = phase_of(last)
    because = [s for s in reversed(confirmed) if phase_of(s) == state]
    if state == "ended":
        because.sort(key=_precision_of_end, reverse=True)  # stable: among equals the newest stays first
    return Status(
        state,
        tuple(because),
        since=_first(s.claim.holds_from for s in confirmed if phase_of(s) in ("agreed", "running")),
        until=because[0].claim.holds_until if state == "ended" else None,
    )


def held_on(statements: Sequence[Statement], day: PartialDate) -> bool | None:
    """Whether the partnership held at some time within a date, from everything known; None where nothing tells."""
    confirmed = [s for s in statements if s.claim.standing in CONFIRMED]
    begun = [d for s in confirmed if phase_of(s) in ("agreed", "running") for d in [s.claim.holds_from or s.said] if d]
    over = [d for s in confirmed if phase_of(s) == "ended" for d in [s.claim.holds_until or s.said] if d]
    if over and max(over).last < day.first:
        renewed = [d for s in confirmed if phase_of(s) == "agreed" for d in [s.claim.holds_from or s.said] if d]
        return any(max(over) < d and d.first <= day.last for d in renewed)
    if begun:
        return min(begun).first <= day.last
    return None


def _unconfirmed(hopes: Sequence[Statement], denials: Sequence[Statement]) -> Status | None:
    if denials and (not hopes or _order(denials[-1]) >= _order(hopes[-1])):
        return Status("refused", (denials[-1], *reversed(hopes)))
    if not hopes:
        return None
    last = hopes[-1]
    official = last.claim.standing in CONFIRMED
    return Status("sought" if official else "rumoured", tuple(reversed(hopes)))


def _one_per_article(statements: Iterable[Statement]) -> list[Statement]:
    """The leading statement of each article, oldest first: an article that reports an end also tells the history."""
    leading: dict[Stored, Statement] = {}
    for statement in statements:
        article = statement.stored
        if article not in leading or _lead(statement) > _lead(leading[article]):
            leading[article] = statement
    return sorted(leading.values(), key=_order)


def _names_both(statement: Statement) -> bool:
    """Whether the sentence itself names both, rather than leaving one to what stands before it."""
    text = statement.quote.text.casefold()
    return statement.claim.a.casefold() in text and statement.claim.b.casefold() in text


def _lead(statement: Statement) -> tuple[bool, int, int, int]:
    standing = statement.claim.standing
    confirmed = 2 if standing == "official" else 1 if standing in CONFIRMED else 0
    dated = bool(statement.claim.holds_from or statement.claim.holds_until)
    weight = _WEIGHT[phase_of(statement)] if confirmed else -1
    explicit = _names_both(statement) or phase_of(statement) in ("ended", "refused")
    return explicit, weight, confirmed + dated, -statement.claim.span.start


def _order(statement: Statement) -> tuple[date, bool, str]:
    """Oldest first, undated before all; on one day what a party says counts as the later; then by a hash."""
    said = statement.said.last if statement.said else date.min
    return said, statement.claim.standing == "official", statement.stored.id


def _clash(confirmed: Sequence[Statement]) -> Statement | None:
    """The newest statement that says the opposite of the last one within days, with the same standing."""
    last = confirmed[-1]
    for other in reversed(confirmed[:-1]):
        if last.said is None or other.said is None or (last.said.last - other.said.last).days > _CLASH_DAYS:
            return None
        opposite = (phase_of(last) == "ended") != (phase_of(other) == "ended")
        if opposite and last.claim.standing == other.claim.standing and other.said.day and last.said.day:
            return other
    return None


def _first(dates: Iterable[PartialDate | None]) -> PartialDate | None:
    return min((d for d in dates if d), default=None)


def _precision_of_end(statement: Statement) -> int:
    """How exactly a statement dates the end: 3 to the day, 0 not at all."""
    until = statement.claim.holds_until
    return 0 if until is None else 1 + (until.month is not None) + (until.day is not None)
