"""Who works with whom, and who did when: partnerships, each statement with the quote that supports it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.answer import ShownQuote
from bot.known import known_organisation
from bot.quoting import says, shown
from bot.wording import age_warning, on_date
from index.dates import PartialDate
from index.errors import PlainError
from index.snapshot import Snapshot, Statement
from index.timeline import Partnership, State, history, partnerships, phase_of

_QUOTES = 4
_OPEN: tuple[State, ...] = ("agreed", "running", "disputed", "rumoured", "sought")


@dataclass(frozen=True, slots=True)
class Bound:
    """When a partnership began or ended, by quote number `n`: the date that is told, else that of the first report."""

    on: PartialDate
    told: bool
    n: int


@dataclass(frozen=True, slots=True)
class ShownPartnership:
    """One partnership, or one span of it. `warning` is the age warning, empty where there is none."""

    organisations: tuple[str, str]
    scope: str | None
    status: State
    since: Bound | None
    until: Bound | None
    quotes: tuple[ShownQuote, ...]
    warning: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """What was asked about, by the names that the library has for it, and what is known of that."""

    organisations: tuple[str, ...]
    partnerships: tuple[ShownPartnership, ...]


def partners_in(
    snapshot: Snapshot, organisation: str, *, as_of: PartialDate | None, today: date, warn_after: int
) -> Listing:
    """Where each partnership of an organisation stands; `warn_after` so many months old evidence is warned of.

    Raises PlainError for an organisation that no article names.
    """
    name = known_organisation(snapshot, organisation)
    found = partnerships(_by_pair(snapshot, name), as_of, today)
    months = None if as_of else warn_after
    return Listing((name,), tuple(filter(None, (_shown(one, today, months) for one in found))))


def timeline_in(snapshot: Snapshot, organisation: str, other: str | None, *, today: date) -> Listing:
    """Every span of an organisation's partnerships, or of that with one other, the earliest first.

    Raises PlainError for an organisation that no article names, and for the same one twice.
    """
    names = tuple(known_organisation(snapshot, name) for name in (organisation, other) if name is not None)
    if len(names) == 2 and names[0] == names[1]:
        raise PlainError(f"Both are {names[0]}. Name two organisations, or only one.")
    found = history(_by_pair(snapshot, *names), today)
    return Listing(names, tuple(filter(None, (_shown(one, today, None) for one in found))))


def numbered(one: ShownPartnership) -> list[tuple[str, tuple[int, ...]]]:
    """What is stated of a partnership: words, and the numbers of the quotes that support them."""
    parts = _state(one)
    if one.since:
        parts.append((_beginning(one, one.since), (one.since.n,)))
    if one.until and one.status != "ended":
        parts.append((f"until {one.until.on.spoken()}", (one.until.n,)))
    return parts


def stated(one: ShownPartnership) -> str:
    """The same as one text: `ended on 31 March 2022 [1], begun in 2016 [2]`."""
    parts = numbered(one)
    following = [numbers for _, numbers in parts[1:]]
    said = [
        words if numbers == after else " ".join([words, *(f"[{n}]" for n in numbers)])
        for (words, numbers), after in zip(parts, [*following, None], strict=True)
    ]
    return ", ".join(said)


def _state(one: ShownPartnership) -> list[tuple[str, tuple[int, ...]]]:
    first = one.quotes[0].n
    if one.status == "disputed":
        return [(one.status, tuple(quote.n for quote in one.quotes[:2]))]
    if one.status != "ended" or one.until is None:
        return [(one.status, (first,))]
    if one.until.told:
        return [(f"ended {on_date(one.until.on)}", (one.until.n,))]
    return [("ended", (first,)), (f"first reported {on_date(one.until.on)}", (one.until.n,))]


def _beginning(one: ShownPartnership, since: Bound) -> str:
    if not since.told:
        return f"{'' if one.status == 'agreed' else 'agreement '}reported {on_date(since.on)}"
    over = one.status in ("ended", "refused")
    return f"begun {on_date(since.on)}" if over else f"since {since.on.spoken()}"


def _by_pair(snapshot: Snapshot, *names: str) -> dict[frozenset[str], list[Statement]]:
    """The statements on each pair; outlets that are named for what they write are no partners."""
    found: defaultdict[frozenset[str], list[Statement]] = defaultdict(list)
    for statement in snapshot.statements(*names):
        found[statement.claim.pair].append(statement)
    outlets = {name for name in _outlets(snapshot) if name not in snapshot.known}
    return {pair: told for pair, told in found.items() if not any(_only_writes(n, told, outlets) for n in pair)}


def _outlets(snapshot: Snapshot) -> set[str]:
    articles = [stored.article for stored in snapshot.articles]
    named = [s.publisher for article in articles for s in article.sources] + [a.publisher or "" for a in articles]
    return {name.casefold() for name in named}


def _only_writes(name: str, statements: Sequence[Statement], outlets: set[str]) -> bool:
    """Whether a name is that of a publisher, and no article is about it. `outlets` are those in no list."""
    if name.casefold() not in outlets:
        return False
    return not any(name.casefold() in s.stored.article.title.casefold() for s in statements)


def _shown(one: Partnership, today: date, warn_after: int | None) -> ShownPartnership | None:
    """With its quotes: what decides, what dates the end and the beginning, then the rest. None where no quote holds."""
    deciding = one.because[:2] if one.status == "disputed" else one.because[:1]
    ended, began = _tells_end(one), _tells_beginning(one)
    order = dict.fromkeys(s for s in (*deciding, ended, began, *one.because) if s)
    quotes = shown([(s.quote, s.claim.phase, s.claim.standing) for s in order], _QUOTES)
    if not quotes:
        return None
    newest = max((q.quote.stored.article.published for q in quotes if q.quote.stored.article.published), default=None)
    old = warn_after is not None and newest is not None and newest.older_than(warn_after, today)
    return ShownPartnership(
        one.organisations,
        one.scope,
        one.status,
        _bound(one.since, began, quotes, told=bool(began and began.claim.holds_from == one.since)),
        _bound(one.until, ended, quotes, told=bool(ended and ended.claim.holds_until == one.until)),
        quotes,
        age_warning(newest) if old and newest and one.status in _OPEN else "",
    )


def _tells_end(one: Partnership) -> Statement | None:
    if one.until is None:
        return None
    over = [s for s in one.because if phase_of(s) == "ended"]
    told = next((s for s in over if s.claim.holds_until == one.until), None)
    return told or next((s for s in over if s.said == one.until), None)


def _tells_beginning(one: Partnership) -> Statement | None:
    if one.since is None:
        return None
    began = [s for s in one.because if phase_of(s) in ("agreed", "running")]
    told = next((s for s in began if s.claim.holds_from == one.since), None)
    return told or next((s for s in began if s.said == one.since), None)


def _bound(
    on: PartialDate | None, statement: Statement | None, quotes: Sequence[ShownQuote], *, told: bool
) -> Bound | None:
    """The date with the number of its quote; None where none is shown, for without one it is not stated."""
    n = next((q.n for q in quotes if statement and says(q, statement)), None)
    return Bound(on, told, n) if on and n else None
