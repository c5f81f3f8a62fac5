"""`/about` and `/help`."""

from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from discord import app_commands

from bot.discord.about.render import about_card, help_card
from bot.discord.people import Interaction, owner_of
from bot.discord.reply import Reply

if TYPE_CHECKING:
    from bot.app import App


def about_command(app: "App") -> app_commands.Command[Any, ..., None]:
    """What the bot is, and how much it has read."""

    @app_commands.command(name="about", description="What Rangefinder is and what it has read")
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)
    @app_commands.allowed_installs(guilds=True, users=False)
    async def about(interaction: Interaction) -> None:
        reply = await Reply.deferred(interaction, private=True)
        status = await app.status(owner_of(interaction.guild_id))
        articles = status.shared.articles + (status.own.articles if status.own else 0)
        await reply.show(about_card(version("rangefinder"), articles))

    return about


def help_command() -> app_commands.Command[Any, ..., None]:
    """How to use the bot."""

    @app_commands.command(name="help", description="How to ask, and what moderators can do")
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)
    @app_commands.allowed_installs(guilds=True, users=False)
    async def help_(interaction: Interaction) -> None:
        await interaction.response.send_message(view=help_card(), ephemeral=True)

    return help_
