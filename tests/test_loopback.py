"""The loopback Discord, proved with an unmodified discord.py."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import discord

from tests.loopback import LoopbackDiscord
from tests.loopback.fixtures import loopback_discord  # noqa: F401


class Echo(discord.AutoShardedClient):
    """A small bot: answers mentions and direct messages, and keeps what it heard."""

    def __init__(self, intents: discord.Intents) -> None:
        super().__init__(
            intents=intents,
            allowed_mentions=discord.AllowedMentions.none(),
            guild_ready_timeout=0.01,
            enable_debug_events=True,
        )
        self.heard: list[discord.Message] = []

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Without the five seconds that discord.py waits between shards."""

    async def on_message(self, message: discord.Message) -> None:
        assert self.user is not None
        if message.author == self.user:
            return
        self.heard.append(message)
        if self.user in message.mentions or message.guild is None:
            await message.reply(f"You said: {message.content}")


@asynccontextmanager
async def running(server: LoopbackDiscord, bot: discord.AutoShardedClient) -> AsyncIterator[None]:
    """The bot, connected; closed again afterwards."""
    async with bot:
        task = asyncio.create_task(bot.start(server.token))
        await server.bot_is_connected()
        yield
    await task


async def test_a_mention_is_answered(discord_server: LoopbackDiscord) -> None:
    guild = discord_server.add_guild("Camera club")
    channel = guild.add_text_channel("general")
    alice = discord_server.add_user("alice")
    guild.join(alice)
    async with running(discord_server, Echo(discord.Intents(guilds=True, guild_messages=True))):
        asked = await alice.says(channel, f"{discord_server.bot.mention} is leica still with huawei?")
        reply = await discord_server.next_message(channel, after=asked)
    assert "is leica still with huawei?" in reply.text
