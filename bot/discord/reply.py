"""The one message that answers a command: deferred at once, then edited."""

from typing import Any

import discord
import structlog
from discord import ui

_log = structlog.get_logger()
Interaction = discord.Interaction[Any]


class Reply:
    """Shows "thinking", then whatever it is given. A public one can still be edited when its token has died."""

    def __init__(self, interaction: Interaction, message_id: int | None) -> None:
        self._interaction = interaction
        self._message_id = message_id

    @classmethod
    async def deferred(cls, interaction: Interaction, *, private: bool = False) -> "Reply":
        """Acknowledge a command; Discord waits three seconds for that, and the flag cannot change later."""
        interaction.client.in_flight.mark()
        response = await interaction.response.defer(ephemeral=private, thinking=True)
        return cls(interaction, response.message_id if response else None)

    async def show(self, view: ui.LayoutView) -> None:
        """Put this in the place of what is shown."""
        if not self._interaction.is_expired():
            await self._interaction.edit_original_response(view=view)
            return
        channel_id = self._interaction.channel_id
        if self._message_id is None or channel_id is None:
            _log.warning("a reply came too late", interaction=self._interaction.id)
            return
        channel: discord.PartialMessageable = self._interaction.client.get_partial_messageable(channel_id)
        await channel.get_partial_message(self._message_id).edit(view=view)
