"""Rumours → card. Pure."""

from collections.abc import Sequence

from discord import ui

from bot.answer import Outcome, Rumour, ShownQuote
from bot.discord.card import AMBER, GREY, RULE, Block, card, fitting
from bot.discord.limits import LONGEST_NAME
from bot.discord.quotes import Share, quote_block
from bot.discord.text import line
from bot.wording import on_date
from index.dates import PartialDate

MOST_RUMOURS = 5
_PHASES = {
    "sought": "may work together",
    "agreed": "said to have agreed",
    "running": "said to work together",
    "ended": "said to part",
    "refused": "said not to work together",
}


def rumours_card(rumours: Sequence[Rumour], organisation: str | None) -> ui.LayoutView:
    """The newest rumours, each with its words and what became of it; an honest card where there are none."""
    about = f" about {line(organisation, LONGEST_NAME)}" if organisation else ""
    share = Share()
    found = [_block(rumour, share) for rumour in rumours[:MOST_RUMOURS]]
    blocks = [block for block in found if block]
    if not blocks:
        return card([f"I know of no rumour{about}."], GREY)
    return card(fitting([f"### Latest rumours{about}", RULE], blocks, "-# {n} more did not fit here."), AMBER)


def _block(rumour: Rumour, share: Share) -> Block | None:
    """One rumour; none where the card shows enough of its article already, for without a quote it is not told."""
    quote = next((one for one in rumour.quotes if share.takes(one.quote)), None)
    if quote is None:
        return None
    outcome = rumour.outcome
    settled = outcome.quote if outcome.quote and share.takes(outcome.quote.quote) else None
    return "\n".join(filter(None, [_head(rumour), quote_block(quote), _outcome(outcome, settled)]))


def _head(rumour: Rumour) -> str:
    pair = " and ".join(line(name, LONGEST_NAME) for name in rumour.organisations)
    who = f" · says {line(rumour.said_by, LONGEST_NAME)}" if rumour.said_by else ""
    return f"**{pair}** · {_PHASES[rumour.phase]}{who}"


def _outcome(outcome: Outcome, settled: ShownQuote | None) -> str:
    """What became of it. That it was confirmed or refuted is a statement, so it stands only beside its quote."""
    if outcome.state in ("confirmed", "refuted"):
        return f"**{outcome.state.capitalize()}**{_on(outcome.on)}: {quote_block(settled)}" if settled else ""
    if outcome.state == "quiet":
        return f"-# Quiet{f' since {outcome.on.spoken()}' if outcome.on else ''}"
    return "-# Still open"


def _on(date: PartialDate | None) -> str:
    return f" {on_date(date)}" if date else ""
