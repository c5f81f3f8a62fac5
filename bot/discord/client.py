"""The connection to Discord: what it hears, and whom that is handed to."""

import sys
from typing import TYPE_CHECKING

import discord
import yarl

from bot.discord.about.commands import about_command, help_command
from bot.discord.about.greeting import greet
from bot.discord.asking.asker import Asker
from bot.discord.asking.commands import ask_command
from bot.discord.asking.listener import Listener
from bot.discord.errors import Tree, log_incident
from bot.discord.inflight import InFlight
from bot.discord.library.commands import LibraryCommands
from bot.discord.partners.commands import partners_command, timeline_command
from bot.discord.rumours.commands import Rumours
from bot.discord.syncing import sync_if_changed

if TYPE_CHECKING:
    from bot.app import App


def intents() -> discord.Intents:
    """The least that it takes: messages that mention the bot carry their content without the content intent."""
    least = discord.Intents.none()
    least.guilds = least.guild_messages = least.dm_messages = True
    return least


class Rangefinder(discord.AutoShardedClient):
    """The bot. It pings nobody, and keeps neither members nor messages in memory."""

    def __init__(self, app: "App", *, gateway: yarl.URL | None = None) -> None:
        """`gateway` stands in for the one that Discord names."""
        super().__init__(
            intents=intents(),
            allowed_mentions=discord.AllowedMentions.none(),
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
        )
        self._hash_file = app.settings.data_dir / "commands.hash"
        self._gateway = gateway
        asker = Asker(app)
        self._listener = Listener(asker)
        self.in_flight = InFlight()
        self.tree = Tree(self)
        for command in (
            ask_command(asker),
            partners_command(app),
            timeline_command(app),
            Rumours(app),
            LibraryCommands(app),
            about_command(app),
            help_command(),
        ):
            self.tree.add_command(command)

    async def setup_hook(self) -> None:
        """Between login and connection."""
        assert self.application_id is not None
        await sync_if_changed(self.tree, self.application_id, self._hash_file)

    async def on_message(self, message: discord.Message) -> None:
        """Called by discord.py."""
        assert self.user is not None
        self.in_flight.mark()
        await self._listener.hear(message, self.user)

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Called by discord.py."""
        assert self.user is not None
        await greet(guild, self.user)

    async def on_error(self, event_method: str, /, *_: object, **__: object) -> None:
        """Called by discord.py for what an event's handler raised: nobody waits for words, so it is logged."""
        log_incident(sys.exc_info()[1], event_method)

    async def launch_shard(self, gateway: yarl.URL, shard_id: int, *, initial: bool = False) -> None:
        """Connect a shard to the gateway that Discord names, or to the one that stands in for it."""
        await super().launch_shard(self._gateway or gateway, shard_id, initial=initial)
