"""A partnership that ended → who came after."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from index.claims.words import cues
from index.dates import PartialDate
from index.snapshot import Statement
from index.timeline import Status, is_under_way, names_both, status_of

_BEFORE = timedelta(days=365)  # a new partner may have begun so long before the old one was gone


@dataclass(frozen=True, slots=True)
class Successor:
    """`party`, one of the two that parted, works with `partner` now; `since` is None where no statement tells it."""

    party: str
    partner: str
    statement: Statement
    since: PartialDate | None


def successor(ended: Status, others: Iterable[Statement]) -> Successor | None:
    """Who came after the pair whose end `ended` is; None where no statement tells of one.

    `others` are statements on either of the two and a third. One came after where it is confirmed, still so by all
    that is known, not begun long before the end, and a sentence with both names says so in words of a succession, in an
    article that tells of the end, or of the same scope.
    """
    if ended.state != "ended":
        return None
    pair = ended.because[0].claim.pair
    by_pair: defaultdict[frozenset[str], list[Statement]] = defaultdict(list)
    for statement in others:
        if len(statement.claim.pair & pair) == 1:
            by_pair[statement.claim.pair].append(statement)
    found = [
        (closeness, statement)
        for told in by_pair.values()
        if (status := status_of(told)) and status.state in ("running", "agreed")
        for statement in told
        if (closeness := _closeness(statement, ended)) is not None
    ]
    if not found:
        return None
    _, best = min(found, key=lambda one: (one[0], *_place(one[1])))
    (party,), (partner,) = best.claim.pair & pair, best.claim.pair - pair
    return Successor(party, partner, best, best.claim.holds_from)


def _closeness(statement: Statement, ended: Status) -> tuple[int, int] | None:
    """How closely a statement follows the end: the less the closer; None where it does not."""
    claim, over = statement.claim, _over(ended)
    if not (is_under_way(statement) and claim.standing in ("official", "reported") and names_both(statement)):
        return None
    begun = claim.holds_from or statement.said
    if over is None or begun is None or begun.last < over - _BEFORE:
        return None
    in_its_article = any(statement.stored == s.stored for s in ended.because)
    told = any(cue.pattern.search(statement.quote.text) for cue in cues("successor"))
    same_field = claim.scope is not None and any(claim.scope == s.claim.scope for s in ended.because)
    if not (told or (same_field and claim.holds_from) or (in_its_article and claim.holds_from)):
        return None
    return 2 - told - in_its_article, abs((begun.last - over).days)


def _over(ended: Status) -> date | None:
    """When it was over: the date that is told, else that of the report."""
    told = ended.until or ended.because[0].said
    return told.last if told else None


def _place(statement: Statement) -> tuple[str, int]:
    return statement.stored.id, statement.claim.span.start
