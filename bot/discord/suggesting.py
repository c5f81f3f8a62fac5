"""What is offered while somebody types the name of an organisation."""

from collections.abc import Iterable

from bot.discord.limits import LONGEST_CHOICE, MOST_CHOICES


def suggested(names: Iterable[str], typed: str) -> list[str]:
    """Names that begin with what was typed, then those that hold it, as many as Discord takes."""
    wanted = typed.strip().casefold()
    short = [name for name in names if wanted in name.casefold() and len(name) <= LONGEST_CHOICE]
    return sorted(short, key=lambda name: (not name.casefold().startswith(wanted), name))[:MOST_CHOICES]
