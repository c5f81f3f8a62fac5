"""The bot as a service: commands, first messages, errors, start and stop."""

import asyncio
import base64
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import discord
import pytest
from discord import app_commands

from bot.app import App
from bot.discord import application_id_of, invite_link, serve
from bot.discord.card import note
from bot.discord.client import Rangefinder, intents
from bot.discord.errors import Told, words_for
from bot.discord.reply import Reply
from bot.discord.serving import WRONG_SETTINGS, point_at
from bot.discord.text import unescape
from bot.settings import Settings
from index.errors import PlainError
from tests.bot.cards.articles import SHARED_ONES
from tests.bot.cards.examples import NO
from tests.conftest import MakeSettings, Stage
from tests.loopback import Guild, Intent, LoopbackDiscord, Permission, payloads
from tests.loopback.world import Event


def test_it_asks_for_the_least_intents() -> None:
    assert intents().value == Intent.GUILDS | Intent.GUILD_MESSAGES | Intent.DIRECT_MESSAGES


async def test_about_and_help_are_shown_to_the_one_who_asks(stage: Stage) -> None:
    await stage.app.add(SHARED_ONES["shared"])
    about = await stage.alice.slash(stage.channel, "about")
    assert "4 articles here" in about.text
    assert about.ephemeral
    assert "How to ask" in (await stage.alice.slash(stage.alice.direct, "help")).text


def _join(stage: Stage, *channels: str, closed: Sequence[str] = (), system: str | None = None) -> Guild:
    """The bot is added to a server with these channels, some closed to it; it hears of all of it at once."""
    world, publish = stage.discord.world, stage.discord.world.publish
    world.publish = lambda event: None
    guild = stage.discord.add_guild("New club")
    made = {name: guild.add_text_channel(name) for name in channels}
    for name in closed:
        made[name].set(stage.discord.bot, deny=Permission.SEND_MESSAGES)
    world.publish = publish
    data = payloads.guild_create(guild, world.bot, is_new=True)
    data["system_channel_id"] = str(made[system].id) if system else None
    publish(Event("GUILD_CREATE", data, guild))
    return guild


async def test_a_new_server_gets_one_friendly_message_where_it_may_be_sent(stage: Stage) -> None:
    await stage.bot.wait_until_ready()
    plain = _join(stage, "rules", "general", closed=["rules"])
    with_system = _join(stage, "general", "welcome", system="welcome")
    closed_system = _join(stage, "welcome", "general", closed=["welcome"], system="welcome")
    silent = _join(stage, "rules", closed=["rules"])
    for guild, name in ((plain, "general"), (with_system, "welcome"), (closed_system, "general")):
        channel = next(each for each in guild.channels.values() if each.name == name)
        message = await stage.discord.next_message(channel)
        assert "Hello, I am Rangefinder" in message.text
        assert not message.pings
        assert sum(len(stage.discord.bot_messages(each)) for each in guild.channels.values()) == 1
    assert stage.discord.bot_messages(next(iter(silent.channels.values()))) == []
    assert stage.discord.bot_messages(stage.channel) == [], "a server of before was greeted again"


async def test_commands_are_registered_once_and_again_when_they_change(
    discord_server: LoopbackDiscord, app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(2):
        await _start_and_stop(discord_server, app)
    assert discord_server.rest.commands.overwrites == 1
    monkeypatch.setattr("bot.discord.syncing.tree_hash", lambda *_: "other commands")
    await _start_and_stop(discord_server, app)
    assert discord_server.rest.commands.overwrites == 2


async def _start_and_stop(server: LoopbackDiscord, app: App) -> None:
    async with Rangefinder(app) as bot:
        running = asyncio.create_task(bot.start(server.token))
        await server.bot_is_connected()
        await bot.close()
    await running


async def test_a_failed_registration_does_not_stop_the_bot(discord_server: LoopbackDiscord, app: App) -> None:
    discord_server.faults.fail("PUT", "/commands", status=400)
    await _start_and_stop(discord_server, app)
    assert not (app.settings.data_dir / "commands.hash").exists()


# errors


def _cooldown() -> app_commands.CommandOnCooldown:
    return app_commands.CommandOnCooldown(app_commands.Cooldown(1, 5.0), 4.2)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (PlainError("No **such** thing."), "No \\*\\*such\\*\\* thing."),
        (Told("Try again <t:1:R>."), "Try again <t:1:R>."),
        (_cooldown(), "too fast. Try again in 5 seconds"),
        (app_commands.NoPrivateMessage(), "only in a server"),
        (app_commands.CheckFailure("secret"), "You may not use this here."),
        (app_commands.CommandNotFound("x", []), "Reload Discord"),
        (ValueError("secret"), "incident"),
    ],
)
def test_each_error_has_its_words_and_none_its_own_text(error: Exception, words: str) -> None:
    for given in (error, app_commands.CommandInvokeError(cast(Any, SimpleNamespace(name="x")), error)):
        told = words_for(given, "a test")
        assert words in told
        assert "secret" not in told


async def test_a_public_reply_is_edited_through_the_channel_when_its_token_has_died(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[Reply] = []
    deferred = Reply.deferred

    async def kept(*given: Any, **named: Any) -> Reply:
        shown.append(await deferred(*given, **named))
        return shown[0]

    monkeypatch.setattr("bot.discord.library.commands.Reply.deferred", kept)
    response = await stage.mod.slash(stage.channel, "library status")
    stage.discord.clock.advance(16 * 60)
    monkeypatch.setattr(discord.Interaction, "is_expired", lambda _: True)
    await shown[0].show(note("It is done."))
    assert response.text == "It is done."


# start and stop


async def test_a_wrong_token_ends_with_78_and_a_plain_sentence(
    discord_server: LoopbackDiscord, app: App, make_settings: MakeSettings, capsys: pytest.CaptureFixture[str]
) -> None:
    status = await serve(app, make_settings(discord_token="wrong.token.here"))
    assert status == WRONG_SETTINGS
    told = capsys.readouterr().err
    assert "Discord refused the token." in told
    assert "wrong.token.here" not in told


async def test_without_a_network_it_ends_with_1(
    app: App, make_settings: MakeSettings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("discord.http.Route.BASE", "unset")
    status = await serve(app, make_settings(discord_token="a.b.c", discord_api="http://127.0.0.1:1"))
    assert status == 1
    assert "cannot be reached" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("api", "base"),
    [
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080/api/v10"),
        ("http://127.0.0.1:8080/", "http://127.0.0.1:8080/api/v10"),
        ("http://127.0.0.1:8080/api/v10/", "http://127.0.0.1:8080/api/v10"),
    ],
)
def test_the_path_of_the_stand_in_may_be_left_out(api: str, base: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("discord.http.Route.BASE", "unset")
    point_at(api)
    assert base == discord.http.Route.BASE


async def test_sigterm_ends_it_with_0_after_what_is_being_answered(
    discord_server: LoopbackDiscord, app: App, settings: Settings, make_settings: MakeSettings, monkeypatch: Any
) -> None:
    guild = discord_server.add_guild("Camera club")
    channel = guild.add_text_channel("general")
    alice = discord_server.add_user("alice")
    guild.join(alice)
    asked, go_on = asyncio.Event(), asyncio.Event()

    async def slow(*_: object, **__: object) -> Any:
        asked.set()
        await go_on.wait()
        return NO

    monkeypatch.setattr(app, "ask", slow)
    serving = asyncio.create_task(serve(app, make_settings(discord_token=discord_server.token)))
    await discord_server.bot_is_connected()
    await discord_server.commands_are_synced()
    response = await alice.slash(channel, "ask", question="is leica still with huawei?", wait=False)
    await asked.wait()
    os.kill(os.getpid(), signal.SIGTERM)
    await asyncio.sleep(0.01)
    assert not serving.done()
    go_on.set()
    assert await serving == 0
    assert "ended on 31 March 2022" in response.text


@pytest.mark.parametrize("wait", [0.0, 0.005, 0.03])
async def test_a_stop_before_it_is_connected_ends_with_0_too(
    discord_server: LoopbackDiscord, app: App, make_settings: MakeSettings, wait: float
) -> None:
    serving = asyncio.create_task(serve(app, make_settings(discord_token=discord_server.token)))
    await asyncio.sleep(wait)
    os.kill(os.getpid(), signal.SIGTERM)
    assert await asyncio.wait_for(serving, 5) == 0


async def test_rangefinder_run_answers_a_mention_and_ends_with_0(
    discord_server: LoopbackDiscord, tmp_path: Path
) -> None:
    guild = discord_server.add_guild("Camera club")
    channel = guild.add_text_channel("general")
    alice = discord_server.add_user("alice")
    guild.join(alice)
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("RANGEFINDER_")},
        "RANGEFINDER_DISCORD_TOKEN": discord_server.token,
        "RANGEFINDER_DATA_DIR": str(tmp_path / "data"),
        "RANGEFINDER_DISCORD_API": discord_server.api_url,
        "RANGEFINDER_DISCORD_GATEWAY": discord_server.gateway_url,
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", "from bot.terminal import main; main()", "run",
        env=environment, stderr=subprocess.PIPE,
    )  # fmt: skip
    try:
        await discord_server.bot_is_connected(timeout=120)
        asked = await alice.says(channel, f"{discord_server.bot.mention} is leica still with huawei?")
        reply = await discord_server.next_message(channel, after=asked, timeout=60)
        assert "No." in reply.text
        assert "31 March 2022" in unescape(reply.text)
        process.send_signal(signal.SIGTERM)
        _, errors = await asyncio.wait_for(process.communicate(), 60)
        assert process.returncode == 0, errors.decode()
        assert b"Traceback" not in errors
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


# the invitation


def test_the_invitation_has_the_scopes_and_the_least_permissions() -> None:
    link = invite_link(1234)
    assert "client_id=1234" in link
    assert "scope=bot+applications.commands" in link
    permissions = discord.Permissions(int(link.split("permissions=")[1].split("&")[0]))
    assert {name for name, held in permissions if held} == {
        "view_channel",
        "read_messages",
        "send_messages",
        "send_messages_in_threads",
        "embed_links",
        "read_message_history",
    } & {name for name, _ in permissions}


def test_the_application_is_known_from_its_token() -> None:
    first = base64.urlsafe_b64encode(b"1234567890123456789").decode().rstrip("=")
    assert application_id_of(f"{first}.abc.def") == 1234567890123456789


@pytest.mark.parametrize("token", ["", "x", "loopback.token", "…", "MTIz.a.b"])
def test_what_is_no_token_is_said_plainly(token: str) -> None:
    with pytest.raises(PlainError, match="no bot token"):
        application_id_of(token)
