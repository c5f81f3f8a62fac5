"""What somebody typed → an organisation that the library knows."""

from rapidfuzz import fuzz, process

from bot.wording import joined
from index.errors import PlainError
from index.snapshot import Snapshot

_OFFERED = 3
_AS_NEAR = 15  # of 100: what is so much further off than the nearest is no help beside it


def known_organisation(snapshot: Snapshot, typed: str) -> str:
    """The organisation of that name or alias, as the library's articles have it.

    Raises PlainError for one that no article names; it offers the nearest names that are known.
    """
    names, wanted = _names(snapshot), " ".join(typed.split())
    listed = (mention.name for mention in snapshot.known.listed(wanted, strict=False))
    found = next((names[n.casefold()] for n in (wanted, *listed) if n.casefold() in names), None)
    if found is None:
        raise PlainError(f"No article of mine names {wanted!r}. {_offer(snapshot, wanted)}")
    return found


def organisation_called(snapshot: Snapshot, typed: str) -> str:
    """The organisation of exactly that name or alias, named by an article or listed: what a correction is about.

    Raises PlainError for any other.
    """
    wanted = " ".join(typed.split())
    found = _names(snapshot).get(wanted.casefold()) or snapshot.known.named(wanted)
    if found is None:
        raise PlainError(f"No article of mine names {wanted!r}. {_offer(snapshot, wanted)}")
    return found


def partners_known(snapshot: Snapshot) -> set[str]:
    """Every organisation of which any article says something together with another."""
    return {name for statement in snapshot.all_statements() for name in (statement.claim.a, statement.claim.b)}


def _names(snapshot: Snapshot) -> dict[str, str]:
    """Every organisation that articles name, by its name in lower case."""
    return {name.casefold(): name for name in sorted(snapshot.names(), reverse=True)}


def _offer(snapshot: Snapshot, wanted: str) -> str:
    """The nearest names, in a sentence."""
    names = partners_known(snapshot) or set(snapshot.names())
    spellings = {spelling.casefold(): n for n in sorted(names) for spelling in snapshot.known.spellings_of(n)[1:]}
    spellings |= {name.casefold(): name for name in sorted(names)}
    hits = process.extract(wanted.casefold(), sorted(spellings), scorer=fuzz.ratio, limit=2 * _OFFERED)
    near = [spelling for spelling, score, _ in hits if score >= hits[0][1] - _AS_NEAR]
    nearest = list(dict.fromkeys(spellings[spelling] for spelling in near))[:_OFFERED]
    if not nearest:
        return "I know no organisation yet: add articles first."
    return f"The nearest {'name' if len(nearest) == 1 else 'names'} I know: {joined(nearest)}."
