"""Partnerships → card. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from discord import ui

from bot.answer import ShownQuote
from bot.discord.card import BLUE, GREY, RULE, Block, card, fits
from bot.discord.limits import LONGEST_NAME
from bot.discord.quotes import Share, quote_block
from bot.discord.text import escape, line
from bot.partners import Bound, Listing, ShownPartnership, numbered, stated
from bot.wording import joined
from index.dates import PartialDate

MOST_QUOTES = 4


def partners_card(found: Listing, as_of: PartialDate | None) -> ui.LayoutView:
    """Who an organisation works with, what holds first; an honest card where nothing is known."""
    when = f", as of {as_of.spoken()}" if as_of else ""
    name = line(found.organisations[0], LONGEST_NAME)
    return _card(found, f"### Partners of {name}{when}", f"I know of no partner of {name}{when}.")


def timeline_card(found: Listing) -> ui.LayoutView:
    """When partnerships began and ended, the earliest first."""
    names = [line(name, LONGEST_NAME) for name in found.organisations]
    none = f"I have no source on {joined(names)} together." if names[1:] else f"I know of no partner of {names[0]}."
    return _card(found, f"### Timeline of {joined(names)}", none)


def _card(found: Listing, title: str, none: str) -> ui.LayoutView:
    if not found.partnerships:
        return card([none], GREY)
    tried = (_blocks(found, title, most, plain_links=most < MOST_QUOTES) for most in range(MOST_QUOTES, 0, -1))
    return card(next(blocks for blocks in tried if fits(blocks)), BLUE)


def _blocks(found: Listing, title: str, most: int, *, plain_links: bool) -> list[Block]:
    """So many quotes at most, with what they support, and how much was left out."""
    shown = _cut(found.partnerships, most)
    blocks = [_block(one, found.organisations[0], plain_links=plain_links) for one in shown]
    left = len(found.partnerships) - len(shown)
    if left:
        return [title, RULE, *blocks, f"-# and {left} more {'partnerships' if left > 1 else 'partnership'}"]
    left = sum(len(one.quotes) for one in found.partnerships) - sum(len(one.quotes) for one in shown)
    return [title, RULE, *blocks, f"-# and {left} more {'quotes' if left > 1 else 'quote'}" if left else ""]


def _cut(partnerships: Sequence[ShownPartnership], most: int) -> list[ShownPartnership]:
    """The first so many quotes of all: first what decides each partnership, then what its dates rest on, then others.

    The numbers go through the card. A partnership without a quote is not told.
    """
    share = Share()
    kept: dict[int, list[ShownQuote]] = {}
    for at, quote in sorted(_by_weight(partnerships), key=lambda one: one[0][0]):
        place = at[1]
        if most and (at[0] == 0 or place in kept) and share.takes(quote.quote):
            kept.setdefault(place, []).append(quote)
            most -= 1
    numbers = iter(range(1, MOST_QUOTES + 1))
    return [_with(partnerships[place], kept[place], numbers) for place in sorted(kept)]


def _by_weight(partnerships: Sequence[ShownPartnership]) -> list[tuple[tuple[int, int], ShownQuote]]:
    """Every quote, with how soon it is left out and the place of its partnership."""
    found = []
    for place, one in enumerate(partnerships):
        named = {n for _, numbers in numbered(one) for n in numbers}
        for position, quote in enumerate(one.quotes):
            found.append(((0 if position == 0 else 1 if quote.n in named else 2, place), quote))
    return found


def _with(one: ShownPartnership, quotes: Iterable[ShownQuote], fresh: Iterator[int]) -> ShownPartnership:
    """The partnership with these quotes alone, under fresh numbers; a date whose quote is left out goes with it."""
    numbers = {quote.n: next(fresh) for quote in sorted(quotes, key=lambda quote: quote.n)}

    def bound(old: Bound | None) -> Bound | None:
        return replace(old, n=numbers[old.n]) if old and old.n in numbers else None

    shown = tuple(replace(quote, n=numbers[quote.n]) for quote in one.quotes if quote.n in numbers)
    return replace(one, since=bound(one.since), until=bound(one.until), quotes=shown)


def _block(one: ShownPartnership, first: str, *, plain_links: bool) -> Block:
    names = sorted(one.organisations, key=lambda name: name != first)
    scope = f" ({line(one.scope, LONGEST_NAME)})" if one.scope else ""
    head = f"**{' and '.join(line(name, LONGEST_NAME) for name in names)}**{scope} · {escape(stated(one))}"
    warning = f"-# ⚠️ {line(one.warning, LONGEST_NAME)}" if one.warning else ""
    quotes = [quote_block(quote, numbered=True, plain_link=plain_links) for quote in one.quotes]
    return "\n".join(filter(None, [head, warning, *quotes]))
