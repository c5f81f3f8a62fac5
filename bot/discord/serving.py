"""Runs the bot until it is told to stop."""

import asyncio
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import aiohttp
import discord
import structlog
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.discord.client import Rangefinder

if TYPE_CHECKING:
    from bot.app import App
    from bot.settings import Settings

DONE, FAILED, WRONG_SETTINGS = 0, 1, 78  # EX_CONFIG of sysexits.h: no supervisor should start it again as it is
STOP_SECONDS = 8.0  # for what is being answered; Docker kills after 10
_SIGNALS = (signal.SIGTERM, signal.SIGINT)
_log = structlog.get_logger()


async def serve(app: "App", settings: "Settings") -> int:
    """Run the bot until SIGTERM or SIGINT. Returns the exit status of the process, after one plain line on stderr."""
    if settings.token is None:
        return _refused("No token is set. Put the bot's token into RANGEFINDER_DISCORD_TOKEN.", WRONG_SETTINGS)
    point_at(settings.discord_api, settings.discord_gateway)
    gateway = yarl.URL(settings.discord_gateway) if settings.discord_gateway else None
    try:
        with _stop_signal() as stop:
            async with Rangefinder(app, gateway=gateway) as client:
                await _run(client, settings.token, stop)
    except discord.LoginFailure:
        return _refused("Discord refused the token. Set RANGEFINDER_DISCORD_TOKEN to a valid one.", WRONG_SETTINGS)
    except discord.PrivilegedIntentsRequired:
        return _refused("Discord refused the intents that the bot asks for.", WRONG_SETTINGS)
    except (discord.DiscordException, aiohttp.ClientError, OSError) as error:
        _log.error("the connection to Discord ended", exc_info=error)
        return _refused("Discord cannot be reached. Check the network, then start again.", FAILED)
    return DONE


async def _run(client: Rangefinder, token: str, stop: asyncio.Event) -> None:
    """Until the client ends by itself, or is stopped: then what is being answered is answered first."""
    running = asyncio.create_task(client.start(token))
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait({running, stopping}, return_when=asyncio.FIRST_COMPLETED)
    if running.done():
        stopping.cancel()
        await running
        return
    await client.in_flight.finish(STOP_SECONDS)
    await client.close()
    running.cancel()  # it may still be logging in
    await asyncio.gather(running, return_exceptions=True)


@contextmanager
def _stop_signal() -> Iterator[asyncio.Event]:
    """An event that SIGTERM and SIGINT set: discord.py installs no handler, and `finally` blocks must run."""
    loop, stop = asyncio.get_running_loop(), asyncio.Event()
    for one in _SIGNALS:
        loop.add_signal_handler(one, stop.set)
    try:
        yield stop
    finally:
        for one in _SIGNALS:
            loop.remove_signal_handler(one)


def point_at(api: str | None, gateway: str | None = None) -> None:
    """Let discord.py talk to another server than Discord: a loopback address, for tests. Its path may be left out."""
    if gateway is not None:
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway)  # where it turns after a session that cannot be resumed
    if api is not None:
        url = yarl.URL(api)
        Route.BASE = str(url.with_path("/api/v10") if url.path == "/" else url).rstrip("/")


def _refused(words: str, status: int) -> int:
    sys.stderr.write(f"{words}\n")
    return status
