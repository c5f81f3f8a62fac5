"""How partnerships look in a terminal."""

from itertools import groupby

from rich.console import Group, RenderableType
from rich.style import Style
from rich.text import Text

from bot.partners import Listing, ShownPartnership, numbered, stated
from bot.terminal.screen import quote_view, tame
from bot.wording import joined
from index.dates import PartialDate
from index.timeline import State

_SECTIONS: dict[State, str] = {
    **dict.fromkeys(("agreed", "running", "disputed"), "Now"),
    **dict.fromkeys(("rumoured", "sought"), "Rumoured or sought"),
    **dict.fromkeys(("ended", "refused"), "Over or refused"),
}


def partners_view(found: Listing, as_of: PartialDate | None) -> RenderableType:
    """Partnerships under what holds, what may come and what is over, each with the quotes that it names."""
    when = f", as of {as_of.spoken()}" if as_of else ""
    if not found.partnerships:
        return Text(f"I know of no partner of {tame(found.organisations[0])}{when}.")
    parts: list[RenderableType] = []
    for section, entries in groupby(found.partnerships, lambda one: _SECTIONS[one.status]):
        parts.append(Text(f"{section}{when if section == 'Now' else ''}", Style(underline=True)))
        parts += [_entry(one, found.organisations[0], only_named=True) for one in entries]
    return Group(*parts)


def timeline_view(found: Listing) -> RenderableType:
    """One span after the other, with all their quotes."""
    if not found.partnerships:
        names = joined([tame(name) for name in found.organisations])
        together = " together" if len(found.organisations) > 1 else ""
        return Text(f"I have no source on {names}{together}." if together else f"I know of no partner of {names}.")
    return Group(*(_entry(one, found.organisations[0], only_named=False) for one in found.partnerships))


def _entry(one: ShownPartnership, first: str, *, only_named: bool) -> RenderableType:
    """A line of statements with numbers, then the quotes: all, or only those that are named."""
    named = {n for _, numbers in numbered(one) for n in numbers}
    quotes = [quote for quote in one.quotes if not only_named or quote.n in named]
    line = Text(_names(one, first), Style(bold=True))
    line.append(f": {stated(one)}", Style(bold=False))
    warning = [Text(one.warning, Style(color="yellow"))] if one.warning else []
    return Group(line, *warning, *(quote_view(quote) for quote in quotes), Text(""))


def _names(one: ShownPartnership, first: str) -> str:
    names = sorted(one.organisations, key=lambda name: name != first)
    scope = f" ({tame(one.scope)})" if one.scope else ""
    return f"{tame(names[0])} and {tame(names[1])}{scope}"
