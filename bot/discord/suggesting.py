"""What is offered while somebody types the name of an organisation."""

from collections.abc import Iterable

from bot.discord.limits import LONGEST_CHOICE, MOST_CHOICES
from index.organisations import Directory


def suggested(names: Iterable[str], typed: str, known: Directory) -> list[str]:
    """Names that begin with what was typed, then those that hold it, then those of which an alias does.

    As many as Discord takes.
    """
    wanted = typed.strip().casefold()
    found = [(rank, name) for name in names if (rank := _rank(name, wanted, known)) is not None]
    return [name for _, name in sorted(found) if len(name) <= LONGEST_CHOICE][:MOST_CHOICES]


def _rank(name: str, wanted: str, known: Directory) -> int | None:
    """How well a name fits what was typed, 0 for best; None where it does not."""
    if wanted in name.casefold():
        return 0 if name.casefold().startswith(wanted) else 1
    return 2 if any(wanted in alias.casefold() for alias in known.spellings_of(name)) else None
