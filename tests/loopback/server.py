"""The loopback Discord itself: its addresses, its people and guilds, and what a test may wait for."""

from collections.abc import Callable
from types import TracebackType
from typing import TypeVar

from aiohttp import web
from aiohttp.web_runner import AppRunner, TCPSite

from tests.loopback.clock import Clock
from tests.loopback.conformance import Conformance, Violations
from tests.loopback.driver.person import Person
from tests.loopback.faults import Faults
from tests.loopback.gateway import Gateway
from tests.loopback.models import Channel, Guild, Message, Upload, User
from tests.loopback.permissions import EVERYONE_BY_DEFAULT, HasValue, Permission, bits
from tests.loopback.rest import Rest
from tests.loopback.sight import Intent
from tests.loopback.world import World

T = TypeVar("T")
BOT_BY_DEFAULT = Permission.VIEW_CHANNEL | Permission.SEND_MESSAGES
MOST_BYTES = 64 * 1024 * 1024


class LoopbackDiscord:
    """A Discord on 127.0.0.1. Use as `async with LoopbackDiscord() as discord_server`.

    Args:
        shards: what /gateway/bot recommends.
        privileged: the privileged intents granted in the developer portal; others close with 4014.
    """

    def __init__(
        self, *, bot_name: str = "Rangefinder", shards: int = 1, privileged: int = Intent.MESSAGE_CONTENT
    ) -> None:
        self.token = "loopback.token"
        self.shards = shards
        self.world = World(bot_name)
        self.conformance = Conformance()
        self.gateway = Gateway(self.world, self.conformance, self.token, privileged)
        self.rest = Rest(self.world, self.conformance, self.token, shards, privileged)
        self.api_url = self.gateway_url = self.cdn_url = ""
        self._runner: AppRunner | None = None

    # opening and closing

    async def __aenter__(self) -> "LoopbackDiscord":
        self._runner = AppRunner(self._application(), access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        await TCPSite(self._runner, "127.0.0.1", 0).start()
        host = f"127.0.0.1:{self._runner.addresses[0][1]}"
        self.api_url = f"http://{host}/api/v10"
        self.cdn_url = self.world.cdn.base = f"http://{host}/cdn"
        self.gateway_url = self.gateway.url = self.rest.gateway_url = f"ws://{host}/gateway"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._runner is not None
        await self._runner.cleanup()

    def _application(self) -> web.Application:
        application = web.Application(client_max_size=MOST_BYTES)
        application.router.add_route("*", "/api/v10/{path:.*}", self.rest.handle)
        application.router.add_get("/gateway", self.gateway.handle)
        application.router.add_get("/cdn/{path:.*}", self._serve_file)
        application.on_shutdown.append(self._close_gateway)
        return application

    async def _close_gateway(self, application: web.Application) -> None:
        await self.gateway.close()

    async def _serve_file(self, request: web.Request) -> web.Response:
        upload: Upload | None = self.world.cdn.get(request.match_info["path"])
        if upload is None:
            raise web.HTTPNotFound
        return web.Response(body=upload.content, headers={"Content-Type": upload.content_type})

    # who and what there is

    @property
    def bot(self) -> User:
        return self.world.bot

    @property
    def clock(self) -> Clock:
        return self.world.clock

    @property
    def faults(self) -> Faults:
        return self.rest.faults

    @property
    def violations(self) -> Violations:
        return self.conformance.violations

    def add_user(self, name: str) -> Person:
        person = Person(id=self.world.ids.next(), name=name, world=self.world, rest=self.rest)
        self.world.users[person.id] = person
        return person

    def add_guild(
        self,
        name: str,
        *,
        bot_permissions: int | HasValue = BOT_BY_DEFAULT,
        everyone_permissions: int | HasValue = EVERYONE_BY_DEFAULT,
        owner: User | None = None,
        shard: int | None = None,
    ) -> Guild:
        """A guild that the bot is in.

        Args:
            bot_permissions: of the bot's managed role, on top of what @everyone has.
            shard: let its id fall on this shard of `self.shards`.
        """
        ids = self.world.ids
        guild_id = ids.next() if shard is None else ids.on_shard(shard, self.shards)
        permissions, everyone = bits(bot_permissions), bits(everyone_permissions)
        return self.world.add_guild(name, permissions, everyone, owner or self.world.owner, guild_id)

    def bot_messages(self, channel: Channel | None = None) -> list[Message]:
        """All that the bot posted, or what it posted in one channel, in order; deleted ones are gone."""
        channels = [channel] if channel else list(self.world.channels.values())
        mine = [each for where in channels for each in where.messages.values() if each.author is self.bot]
        return sorted(mine, key=lambda each: each.id)

    @property
    def requests(self) -> list[tuple[str, str]]:
        """Method and path of every REST request so far."""
        return self.rest.requests

    # waiting

    async def until(self, look: Callable[[], T | None], *, timeout: float = 10.0, what: str = "a change") -> T:  # noqa: ASYNC109
        """The first thing that `look` returns which counts as true, looked at after every change and request."""
        return await self.world.bell.until(look, timeout=timeout, what=what)

    async def next_message(
        self,
        channel: Channel,
        *,
        after: Message | None = None,
        timeout: float = 10.0,  # noqa: ASYNC109
    ) -> Message:
        """The bot's first finished public message in a channel, after another one or at all."""

        def look() -> Message | None:
            later = [each for each in self.bot_messages(channel) if after is None or each.id > after.id]
            shown = [each for each in later if not each.ephemeral and not each.loading]
            return shown[0] if shown else None

        return await self.world.bell.until(look, timeout=timeout, what=f"a message in {channel.name or 'direct'}")

    async def bot_is_connected(self, *, timeout: float = 10.0) -> None:  # noqa: ASYNC109
        """Until every shard has identified."""

        def look() -> bool:
            return {session.shard for session in self.gateway.connected} >= self._all_shards()

        await self.world.bell.until(look, timeout=timeout, what="the bot to connect")

    def _all_shards(self) -> set[tuple[int, int]]:
        known = list(self.gateway.sessions.values())
        count = known[-1].shard[1] if known else self.shards
        return {(number, count) for number in range(count)}

    async def commands_are_synced(self, *, timeout: float = 10.0) -> None:  # noqa: ASYNC109
        """Until the bot has registered commands."""
        look = self.rest.commands
        await self.world.bell.until(lambda: look.overwrites > 0, timeout=timeout, what="commands")
