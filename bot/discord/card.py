"""What all cards are made of: blocks of text in a container with a coloured edge."""

from collections.abc import Iterable, Sequence
from typing import Final, TypeAlias

from discord import ui

from bot.discord.limits import MOST_COMPONENTS, MOST_TEXT, cut, weight

GREEN, RED, AMBER, VIOLET, GREY, BLUE = 0x3BA55D, 0xD83C3E, 0xE8A33D, 0x9B6BD3, 0x80848E, 0x4E7CC4

RULE: Final = "\x00rule"  # a block that is a line across the card
Block: TypeAlias = str


def card(blocks: Iterable[Block], colour: int) -> ui.LayoutView:
    """The message. Its blocks must fit; see `fits`."""
    items: list[ui.Item[ui.LayoutView]] = [_item(block) for block in blocks if block]
    view = ui.LayoutView(timeout=None)
    view.add_item(ui.Container(*items, accent_colour=colour))
    return view


def _item(block: Block) -> ui.Item[ui.LayoutView]:
    return ui.Separator() if block == RULE else ui.TextDisplay(block)


def fits(blocks: Sequence[Block]) -> bool:
    """Whether Discord takes them as one message."""
    shown = [block for block in blocks if block]
    return len(shown) + 1 <= MOST_COMPONENTS and sum(weight(block) for block in shown if block != RULE) <= MOST_TEXT


def fitting(head: Sequence[Block], items: Sequence[Block], more: str) -> list[Block]:
    """The head and as many of the items as fit, with `more` (which takes {n}) where some were left out.

    Raises IndexError where not even the head fits.
    """
    for kept in range(len(items), -1, -1):
        left = len(items) - kept
        blocks = [*head, *items[:kept], *([more.format(n=left)] if left else [])]
        if fits(blocks):
            return blocks
    raise IndexError("the head of the card does not fit")


def note(text: str, colour: int = BLUE) -> ui.LayoutView:
    """A card of one text of ours, already escaped where it must be."""
    return card([cut(text, MOST_TEXT // 2)], colour)
