"""`/partners` and `/timeline`."""

from typing import TYPE_CHECKING, Any

from discord import app_commands

from bot.discord.asking.asker import as_of_date
from bot.discord.limits import LONGEST_CHOICE
from bot.discord.partners.render import partners_card, timeline_card
from bot.discord.people import Interaction, owner_of
from bot.discord.reply import Reply
from bot.discord.suggesting import suggested
from bot.known import partners_known

if TYPE_CHECKING:
    from bot.app import App

Name = app_commands.Range[str, 1, LONGEST_CHOICE]
Command = app_commands.Command[Any, ..., None]


def partners_command(app: "App") -> Command:
    """Who an organisation works with, what may come, and what is over."""

    @app_commands.command(name="partners", description="Who an organisation works with, each with a quote")
    @app_commands.describe(
        organisation="For example: Leica",
        as_of="By what was published up to this date: 2021, 2021-05 or 2021-05-16",
        private="Show it only to you",
    )
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)
    @app_commands.allowed_installs(guilds=True, users=False)
    async def partners(
        interaction: Interaction,
        organisation: Name,
        as_of: app_commands.Range[str, 4, 10] | None = None,
        private: bool = False,
    ) -> None:
        date = as_of_date(as_of)
        reply = await Reply.deferred(interaction, private=private)
        wanted, owner = organisation[:LONGEST_CHOICE], owner_of(interaction.guild_id)
        await reply.show(partners_card(await app.partners(wanted, owner=owner, as_of=date), date))

    @partners.autocomplete("organisation")
    async def _organisations(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return await _suggestions(app, interaction, typed)

    return partners


def timeline_command(app: "App") -> Command:
    """When an organisation's partnerships, or that of two, began and ended."""

    @app_commands.command(name="timeline", description="When partnerships began and ended, each with a quote")
    @app_commands.describe(organisation="For example: Leica", other="Only its partnerships with this one")
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)
    @app_commands.allowed_installs(guilds=True, users=False)
    async def timeline(interaction: Interaction, organisation: Name, other: Name | None = None) -> None:
        reply = await Reply.deferred(interaction)
        wanted, second = organisation[:LONGEST_CHOICE], other[:LONGEST_CHOICE] if other else None
        await reply.show(timeline_card(await app.timeline(wanted, second, owner=owner_of(interaction.guild_id))))

    @timeline.autocomplete("organisation")
    async def _organisations(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return await _suggestions(app, interaction, typed)

    @timeline.autocomplete("other")
    async def _others(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return await _suggestions(app, interaction, typed)

    return timeline


async def _suggestions(app: "App", interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    """Names of which this server's library says something; what is sent in the end may be anything all the same."""
    snapshot = await app.library.snapshot(owner_of(interaction.guild_id))
    return [
        app_commands.Choice(name=name, value=name)
        for name in suggested(partners_known(snapshot), typed, snapshot.known)
    ]
