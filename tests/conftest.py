"""What many tests stand on: one encoder, a library of its own for each test, the bot in a loopback Discord."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from bot.app import App
from bot.settings import Settings
from index.encoder import PACKAGED, Encoder, SentenceTransformerEncoder
from tests.loopback import Channel, Guild, LoopbackDiscord, Permission, Person
from tests.loopback.fixtures import loopback_discord  # noqa: F401

MakeSettings = Callable[..., Settings]


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    """The packaged model, loaded once: that takes seconds. One thread, for a busy machine makes more of them slow."""
    import torch

    torch.set_num_threads(1)
    loaded = SentenceTransformerEncoder(PACKAGED)
    loaded.encode(["The first text loads the model."])
    return loaded


@pytest.fixture
def rules_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """No learned judge, as where its weights are absent: for tests of what comes after the reading."""
    for module in ("index.claims.judged", "bot.answering"):
        monkeypatch.setattr(f"{module}.shipped_judge", lambda: None)


@pytest.fixture
def make_settings(tmp_path: Path) -> MakeSettings:
    """Settings with a data directory of its own, and nothing from the environment's `.env`."""

    def make(**given: Any) -> Settings:
        return Settings(_env_file=None, **({"data_dir": tmp_path / "data"} | given))

    return make


@pytest.fixture
def settings(make_settings: MakeSettings) -> Settings:
    """To be overridden where a test needs others."""
    return make_settings()


@pytest_asyncio.fixture
async def app(settings: Settings, encoder: Encoder, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[App]:
    """An open app with an empty library."""
    monkeypatch.setattr("bot.app.SentenceTransformerEncoder", lambda _: encoder)
    async with App.open(settings) as opened:
        yield opened


@dataclass(frozen=True)
class Stage:
    """A server with a channel, a plain member and a moderator; the bot is there."""

    discord: LoopbackDiscord
    app: App
    guild: Guild
    channel: Channel
    alice: Person
    mod: Person
    bot: Any  # bot.discord.client.Rangefinder

    def mention(self, text: str) -> str:
        """A message that mentions the bot."""
        return f"{self.discord.bot.mention} {text}"


@pytest_asyncio.fixture
async def stage(discord_server: LoopbackDiscord, app: App) -> AsyncIterator[Stage]:
    """The bot, connected to the loopback Discord, its commands registered."""
    from bot.discord.client import Rangefinder  # discord.py loads for a second, which only these tests need

    discord_server.clock.freeze()  # three seconds are a matter of luck on a busy machine; tests push the clock instead
    guild = discord_server.add_guild("Camera club")
    channel = guild.add_text_channel("general")
    alice, mod = discord_server.add_user("alice"), discord_server.add_user("mod")
    guild.join(alice)
    guild.join(mod, guild.add_role("moderators", Permission.MANAGE_GUILD))
    async with Rangefinder(app) as bot:
        running = asyncio.create_task(bot.start(discord_server.token))
        await discord_server.bot_is_connected()
        await discord_server.commands_are_synced()
        yield Stage(discord_server, app, guild, channel, alice, mod, bot)
        await bot.in_flight.finish(5)
        await bot.close()
    await running
