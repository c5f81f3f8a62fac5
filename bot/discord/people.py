"""Who asks, and for which library."""

from typing import Any

import discord

from index.article import SHARED, Owner
from index.errors import PlainError

Interaction = discord.Interaction[Any]


def owner_of(guild_id: int | None) -> Owner:
    """Whose articles are seen there: a server's own beside the shared ones, in direct messages only those."""
    return SHARED if guild_id is None else str(guild_id)


def moderated_server(interaction: Interaction) -> Owner:
    """The server whose library this member may change.

    Raises PlainError outside a server, or for a member without Manage Server. Discord hides the commands from both, by
    default only, and a changed client sends them all the same.
    """
    if interaction.guild_id is None:
        raise PlainError("This works only in a server: every server keeps its own articles.")
    held = interaction.permissions
    if not (held.manage_guild or held.administrator):
        raise PlainError("Only members with the permission Manage Server may change this server's articles.")
    return owner_of(interaction.guild_id)
