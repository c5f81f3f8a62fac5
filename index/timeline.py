"""Claims → a partnership's status on a date, and its spans in time."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, TypeAlias

from index.article import Phase, Stored
from index.dates import PartialDate
from index.search import is_visible
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


@dataclass(frozen=True, slots=True)
class Partnership:
    """One pair and scope on a date, or one span of it; a scope of None is unknown.

    `because` holds the deciding statements, the newest first, then those that tell when it began. `since` and `until`
    are the dates that statements tell; where none does, those on which an agreement or an end was first published.
    """

    organisations: tuple[str, str]
    scope: str | None
    status: State
    since: PartialDate | None
    until: PartialDate | None
    because: tuple[Statement, ...]


ByPair: TypeAlias = Mapping[frozenset[str], Sequence[Statement]]


def phase_of(statement: Statement) -> Phase:
    """The phase that a statement leaves behind: what has not ended runs, what is not so is refused."""
    claim = statement.claim
    if not claim.negated:
        return claim.phase
    return "running" if claim.phase == "ended" else "refused"


def is_under_way(statement: Statement) -> bool:
    """Whether it says that something is agreed or at work."""
    return phase_of(statement) in ("agreed", "running")


def names_both(statement: Statement) -> bool:
    """Whether the sentence itself names both, rather than leaving one to what stands before it."""
    text = statement.quote.text.casefold()
    return statement.claim.a.casefold() in text and statement.claim.b.casefold() in text


def status_of(statements: Iterable[Statement]) -> Status | None:
    """The status after all these statements on one pair; None where there are none.

    Only a confirmed statement closes what a confirmed one opened; a party's denial outranks an anonymous report; among
    equals the later one wins, and two that clash within days are disputed.
    """
    leading = _one_per_article(statements)
    confirmed = [s for s in leading if _is_settled(s)]
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


def partnerships(
    statements_by_pair: ByPair, as_of: PartialDate | None = None, today: date | None = None
) -> list[Partnership]:
    """Where each pair stands, in each scope that is told: what holds first, then what may come, then what is over.

    `as_of` leaves out what was published later or without a date. An end that lies after it, or else after `today`, has
    not come yet. Among equals the newest comes first.
    """
    on = as_of.last if as_of else today
    last = [
        _partnership(pair, scope, spans[-1])
        for pair, scope, told in _by_scope(statements_by_pair, as_of)
        if (spans := _spans(told, on))
    ]
    return sorted(
        _joined(last), key=lambda p: (_SECTIONS[p.status], -_newest(p).toordinal(), p.organisations, p.scope or "")
    )


def history(statements_by_pair: ByPair, today: date | None = None) -> list[Partnership]:
    """Every span of each pair in each scope, the earliest first: what ended and was renewed has two.

    What is rumoured or sought after an end is a span of its own; what came true or was overtaken is none.
    """
    spans = [
        _partnership(pair, scope, span)
        for pair, scope, told in _by_scope(statements_by_pair, None)
        for span in (*_spans(told, today), *_hoped_since(told))
    ]
    return sorted(_joined(spans), key=lambda p: (_begun(p), p.organisations, p.scope or ""))


_SECTIONS: dict[State, int] = {
    **dict.fromkeys(("agreed", "running", "disputed"), 0),
    **dict.fromkeys(("rumoured", "sought"), 1),
    **dict.fromkeys(("ended", "refused"), 2),
}


def _partnership(pair: frozenset[str], scope: str | None, span: Status) -> Partnership:
    first, second = sorted(pair)
    return Partnership((first, second), scope, span.state, span.since, span.until, span.because)


def _joined(found: Iterable[Partnership]) -> list[Partnership]:
    """The same, those of several scopes as one where one statement, of unknown scope then, decides them alike."""
    kept: dict[tuple[tuple[str, str], State, Statement], Partnership] = {}
    for one in found:
        key = (one.organisations, one.status, one.because[0])
        kept[key] = _as_one(kept[key], one) if key in kept else one
    return list(kept.values())


def _as_one(one: Partnership, other: Partnership) -> Partnership:
    because = tuple(dict.fromkeys((*one.because, *other.because)))
    return replace(one, scope=None, since=_first((one.since, other.since)), because=because)


def _newest(partnership: Partnership) -> date:
    """When an end came, else the newest date on which anybody said how it stands."""
    if partnership.status == "ended" and partnership.until:
        return partnership.until.last
    return max((s.said.last for s in partnership.because if s.said), default=date.min)


def _begun(partnership: Partnership) -> tuple[date, date]:
    """When it began, else when anybody first spoke of it; then when it was over."""
    said = min((s.said.first for s in partnership.because if s.said), default=date.min)
    first = partnership.since.first if partnership.since else said
    return first, partnership.until.last if partnership.until else date.max


def _by_scope(
    by_pair: ByPair, as_of: PartialDate | None
) -> Iterator[tuple[frozenset[str], str | None, list[Statement]]]:
    """The statements on each pair and scope. One of unknown scope belongs to all of its pair.

    A beginning of unknown scope, in an article that tells the scope elsewhere, belongs to that: it is often a history.
    """
    for pair, statements in by_pair.items():
        visible = [s for s in statements if is_visible(s.stored, as_of)]
        told_in: defaultdict[Stored, set[str]] = defaultdict(set)
        for statement in visible:
            if statement.claim.scope:
                told_in[statement.stored].add(statement.claim.scope)
        for scope in sorted(set().union(*told_in.values())):
            yield pair, scope, [s for s in visible if _is_about(s, scope, told_in.get(s.stored))]
        if not told_in:
            yield pair, None, visible


def _is_about(statement: Statement, scope: str, told_in_article: set[str] | None) -> bool:
    if statement.claim.scope:
        return statement.claim.scope == scope
    return not (told_in_article and is_under_way(statement)) or scope in told_in_article


def _spans(statements: Sequence[Statement], on: date | None) -> list[Status]:
    """Each time that it held, in order; the last one's state is that of all statements together."""
    status = status_of(statements)
    confirmed = [s for s in _one_per_article(statements) if _is_settled(s)]
    if status is None or not confirmed:
        return [status] if status else []
    spans: list[Status] = []
    over: PartialDate | None = None  # the time before
    *earlier, last = _between_ends(confirmed)
    for group, found in [*((group, status_of(group)) for group in earlier), (last, status)]:
        assert found
        span = _span(found, group, statements, over)
        over = span.until or (group[-1].said if span.since else None) or over
        spans.append(_not_yet_over(span, on))
    return spans


def _span(
    status: Status, group: Sequence[Statement], statements: Iterable[Statement], over: PartialDate | None
) -> Status:
    """One time that it held, with dates of its own: `group` led in that time, `over` is when the one before ended."""
    deciding = [s for s in status.because if s in group or status.state == "disputed"]
    if not any(is_under_way(s) for s in group) and status.state == "refused":
        return replace(status, because=tuple(deciding), since=None)
    until = None
    if status.state == "ended":
        until = deciding[0].claim.holds_until or _first(s.said for s in deciding)
    told = [s for s in statements if _is_settled(s) and is_under_way(s) and _lies(s.claim.holds_from, over, until)]
    since = _first(s.claim.holds_from for s in told)
    began = [s for s in told if s.claim.holds_from == since]
    if since is None and phase_of(group[0]) == "agreed" and _lies(group[0].said, None, until):
        since, began = group[0].said, [group[0]]
    because = dict.fromkeys((*deciding, *sorted(began, key=_order)))
    return Status(status.state, tuple(because), since, until)


def _between_ends(confirmed: Sequence[Statement]) -> list[list[Statement]]:
    """Confirmed statements, oldest first, cut where what was over begins again."""
    groups: list[list[Statement]] = []
    for statement in confirmed:
        if groups and not _begins_again(groups[-1], statement):
            groups[-1].append(statement)
        else:
            groups.append([statement])
    return groups


def _begins_again(before: Sequence[Statement], statement: Statement) -> bool:
    """Whether a statement tells of a new beginning: that an end never came, or a look back, is none."""
    last = before[-1]
    if is_under_way(last) or not is_under_way(statement):
        return False
    if statement.claim.negated or last.said is None or _clash([last, statement]):
        return False
    begun = statement.claim.holds_from
    return begun is None or begun > (last.claim.holds_until or last.said)


def _hoped_since(statements: Sequence[Statement]) -> list[Status]:
    """What is rumoured or sought after an end."""
    leading = _one_per_article(statements)
    settled = [s for s in leading if _is_settled(s)]
    if not settled or is_under_way(settled[-1]):
        return []
    later = [s for s in leading[leading.index(settled[-1]) + 1 :] if s.said]
    denials = [s for s in later if s.claim.standing == "denied"]
    hopes = [s for s in later if s not in denials and phase_of(s) not in ("ended", "refused")]
    status = _unconfirmed(hopes, denials) if hopes else None
    return [status] if status else []


def _not_yet_over(span: Status, on: date | None) -> Status:
    """The same; running still where its end was announced for a later day."""
    if span.state == "ended" and span.until and on and span.until.first > on:
        return replace(span, state="running")
    return span


def _lies(day: PartialDate | None, after: PartialDate | None, until: PartialDate | None) -> bool:
    return day is not None and (after is None or day > after) and (until is None or day <= until)


def _is_settled(statement: Statement) -> bool:
    """Whether it says, confirmed, how things are, rather than what somebody wants."""
    return statement.claim.standing in CONFIRMED and phase_of(statement) != "sought"


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


def _lead(statement: Statement) -> tuple[bool, int, int, int]:
    standing = statement.claim.standing
    confirmed = 2 if standing == "official" else 1 if standing in CONFIRMED else 0
    dated = bool(statement.claim.holds_from or statement.claim.holds_until)
    weight = _WEIGHT[phase_of(statement)] if confirmed else -1
    explicit = names_both(statement) or phase_of(statement) in ("ended", "refused")
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
