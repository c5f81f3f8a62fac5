"""`/rumours latest`."""

from typing import TYPE_CHECKING

from discord import app_commands

from bot.discord.limits import LONGEST_CHOICE
from bot.discord.people import Interaction, owner_of
from bot.discord.reply import Reply
from bot.discord.rumours.render import MOST_RUMOURS, rumours_card
from bot.discord.suggesting import suggested

if TYPE_CHECKING:
    from bot.app import App


class Rumours(app_commands.Group):
    """What may be coming."""

    def __init__(self, app: "App") -> None:
        super().__init__(
            name="rumours",
            description="What may be coming, and who says so",
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=False),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
        )
        self._app = app

    @app_commands.command(description="The newest rumours, each with its quote and what became of it")
    @app_commands.describe(organisation="Only those about this one", private="Show them only to you")
    async def latest(
        self,
        interaction: Interaction,
        organisation: app_commands.Range[str, 1, LONGEST_CHOICE] | None = None,
        private: bool = False,
    ) -> None:
        """Raises PlainError for an organisation that no article names."""
        reply = await Reply.deferred(interaction, private=private)
        wanted = organisation[:LONGEST_CHOICE] if organisation else None
        owner = owner_of(interaction.guild_id)
        await reply.show(
            rumours_card(await self._app.rumours(owner=owner, organisation=wanted, most=MOST_RUMOURS), wanted)
        )

    @latest.autocomplete("organisation")
    async def _organisations(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Names that this server's library knows; what is sent in the end may be anything all the same."""
        snapshot = await self._app.library.snapshot(owner_of(interaction.guild_id))
        return [
            app_commands.Choice(name=name, value=name) for name in suggested(snapshot.names(), typed, snapshot.known)
        ]
