"""What was done to a library → card. Pure."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from discord import ui

from bot.discord.card import AMBER, BLUE, GREEN, GREY, RED, Block, card, fitting
from bot.discord.limits import LONGEST_NAME
from bot.discord.text import line
from index.article import Stored
from index.indexing import Added, Progress
from index.reading import Refusal

if TYPE_CHECKING:
    from bot.app import Status
    from index.store import Counts

_MOST_TITLES = 10
_LONGEST_REASON = 300


def progress_card(what: str, progress: Progress | None) -> ui.LayoutView:
    """How far long work is; `what` is ours. Shares only: how many articles other servers keep is not told."""
    if progress is None or not progress.total:
        return card([f"{what} …"], GREY)
    share = progress.done / progress.total
    return card([f"{what} … {share:.0%}\n`{_bar(share)}`"], GREY)


def interrupted_card(what: str) -> ui.LayoutView:
    """For work that a restart cut short."""
    return card(
        [f"{what} was interrupted: I am being restarted. What is done stays done; start it again for the rest."], AMBER
    )


def _bar(share: float, width: int = 20) -> str:
    full = round(share * width)
    return "█" * full + "░" * (width - full)


def added_card(added: Added, titles: Mapping[str, str]) -> ui.LayoutView:
    """What became of the articles; `titles` by article id. Each refusal in words, as many as fit."""
    done = len(added.new) + len(added.changed)
    colour = GREEN if not added.refusals else AMBER if done or added.unchanged else RED
    blocks = [_counts(added), _titles([*added.new, *added.changed], titles)]
    head = [block for block in blocks if block]
    refusals = [f"- {_refusal(refusal)}" for refusal in added.refusals]
    if not refusals:
        return card(head, colour)
    return card(_joined(head, fitting([*head, "**Not taken**"], refusals, "- and {n} more")), colour)


def _joined(head: Sequence[Block], blocks: Sequence[Block]) -> list[Block]:
    """A list is one block, so that it counts as one component."""
    return [*head, "\n".join(blocks[len(head) :])]


def _counts(added: Added) -> Block:
    counts = {
        "new": len(added.new),
        "changed": len(added.changed),
        "unchanged": added.unchanged,
        "not taken": len(added.refusals),
    }
    told = " · ".join(f"{count:,} {what}" for what, count in counts.items() if count)
    return f"### {told[:1].upper()}{told[1:]}" if told else "### There was nothing to add"


def _titles(ids: Sequence[str], titles: Mapping[str, str]) -> Block:
    lines = [f"- {line(titles.get(one, ''), LONGEST_NAME, empty='untitled')} (`{one}`)" for one in ids[:_MOST_TITLES]]
    if len(ids) > _MOST_TITLES:
        lines.append(f"- and {len(ids) - _MOST_TITLES:,} more")
    return "\n".join(lines)


def _refusal(refusal: Refusal) -> str:
    return f"{line(refusal.where, LONGEST_NAME)}: {line(refusal.reason, _LONGEST_REASON)}"


def removed_card(removed: Sequence[Stored]) -> ui.LayoutView:
    """What was taken out."""
    titles = [line(stored.article.title, LONGEST_NAME, empty="untitled") for stored in removed]
    return card([f"Removed: {', '.join(titles)}."], GREEN)


def reindexed_card(made: int) -> ui.LayoutView:
    """Whether a reindex had anything to do."""
    return card(["The index is made anew." if made else "Nothing to do: the index is up to date."], GREEN)


def status_card(status: "Status") -> ui.LayoutView:
    """What this server's library holds."""
    own = f"- This server's own: {_held(status.own)}\n" if status.own else ""
    return card(
        [
            f"### The library\n{own}- Shared with every server: {_held(status.shared)}",
            f"-# Model {line(status.model, LONGEST_NAME)} · engine {line(status.engine, LONGEST_NAME)}",
        ],
        BLUE,
    )


def _held(counts: "Counts") -> str:
    return f"{counts.articles:,} articles, {counts.passages:,} passages, {counts.claims:,} claims"
