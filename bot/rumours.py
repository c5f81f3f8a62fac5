"""The latest rumours, each story once, with what became of it."""

from collections.abc import Sequence
from datetime import date

from bot.answer import Outcome, Rumour, ShownQuote
from bot.known import known_organisation
from bot.quoting import shown
from index.copies import same_story
from index.dates import day_of
from index.snapshot import Snapshot, Statement
from index.timeline import CONFIRMED, phase_of

_QUIET_MONTHS = 12
_QUOTES = 2


def rumours_in(
    snapshot: Snapshot, organisation: str | None, since: date | None, most: int, today: date
) -> list[Rumour]:
    """Claims of standing rumoured or phase sought, newest first; an undated one comes last.

    Raises PlainError for an organisation that no article names.
    """
    name = known_organisation(snapshot, organisation) if organisation else None
    stories: list[list[Statement]] = []
    for statement in sorted(filter(_is_rumour, snapshot.all_statements()), key=_newest_first):
        if name and name not in statement.claim.pair:
            continue
        if since and (statement.said is None or statement.said.last < since):
            continue
        story = next((s for s in stories if _is_one_story(s[0], statement)), None)
        if story:
            story.append(statement)
        elif len(stories) < most:
            stories.append([statement])
    return [_rumour(snapshot, story, today) for story in stories]


def _is_rumour(statement: Statement) -> bool:
    claim = statement.claim
    return not claim.negated and (
        claim.standing == "rumoured" or (claim.phase == "sought" and claim.standing != "denied")
    )


def _newest_first(statement: Statement) -> tuple[int, str, int]:
    return -day_of(statement.said), statement.stored.id, statement.claim.span.start


def _is_one_story(one: Statement, other: Statement) -> bool:
    """The same pair and phase in the same article or a copy of it."""
    same = one.claim.pair == other.claim.pair and one.claim.phase == other.claim.phase
    return same and (one.stored == other.stored or same_story(one.stored.article, other.stored.article))


def _rumour(snapshot: Snapshot, story: Sequence[Statement], today: date) -> Rumour:
    newest = story[0]
    quotes = shown([(s.quote, s.claim.phase, s.claim.standing) for s in story], _QUOTES)
    return Rumour(
        organisations=(newest.claim.a, newest.claim.b),
        phase=newest.claim.phase,
        standing=newest.claim.standing,
        said=newest.said,
        said_by=newest.claim.said_by,
        outcome=_outcome(newest, snapshot.statements(*newest.claim.pair), len(quotes) + 1, today),
        quotes=quotes,
    )


def _outcome(rumour: Statement, statements: Sequence[Statement], n: int, today: date) -> Outcome:
    """The first later statement that settles the rumour, else whether anybody still speaks of it."""
    later = [s for s in statements if s.said and rumour.said and rumour.said < s.said]
    for statement in sorted(later, key=_newest_first, reverse=True):
        phase, standing = phase_of(statement), statement.claim.standing
        ends = rumour.claim.phase in ("ended", "refused")
        if standing == "denied" or (standing in CONFIRMED and phase in ("refused",) and not ends):
            return Outcome("refuted", statement.said, _one(statement, n))
        if standing in CONFIRMED and phase in (("ended", "refused") if ends else ("agreed", "running")):
            return Outcome("confirmed", statement.said, _one(statement, n))
    newest = max((s.said for s in statements if s.said), default=None)
    quiet = newest is not None and newest.older_than(_QUIET_MONTHS, today)
    return Outcome("quiet", newest) if quiet else Outcome("open")


def _one(statement: Statement, n: int) -> ShownQuote:
    return ShownQuote(n, statement.quote, statement.claim.phase, statement.claim.standing)
