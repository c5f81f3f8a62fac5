"""The gateway websocket: HELLO, IDENTIFY, READY, dispatches, heartbeats; RESUME with replay, op 7 and op 9."""

import asyncio
import json
import secrets
from dataclasses import dataclass, field

from aiohttp import WSMsgType, web

from tests.loopback import payloads
from tests.loopback.conformance import Conformance
from tests.loopback.models import Guild, Json
from tests.loopback.sight import HIGHEST, PRIVILEGED, Intent, as_seen, hears
from tests.loopback.snowflakes import shard_of
from tests.loopback.world import Event, World

DISPATCH, HEARTBEAT, IDENTIFY, PRESENCE, RESUME, RECONNECT, INVALID_SESSION, HELLO, ACK = 0, 1, 2, 3, 6, 7, 9, 10, 11
HEARTBEAT_MS = 41_250
UNKNOWN_OPCODE, NOT_AUTHENTICATED, WRONG_TOKEN, ALREADY_IDENTIFIED = 4001, 4003, 4004, 4005
INVALID_SHARD, INVALID_INTENTS, DISALLOWED_INTENTS = 4010, 4013, 4014


class Closing(Exception):
    """The connection ends with this close code."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


class Connection:
    """One websocket; frames go out in order through a queue."""

    def __init__(
        self, socket: web.WebSocketResponse, transport: asyncio.Transport | None, conformance: Conformance
    ) -> None:
        self.socket = socket
        self._transport = transport
        self.session: Session | None = None
        self._conformance = conformance
        self._outbox: asyncio.Queue[Json] = asyncio.Queue()

    def send(self, frame: Json) -> None:
        self._conformance.frame_to_bot(frame)
        self._outbox.put_nowait(frame)

    def cut(self) -> None:
        if self._transport is not None:
            self._transport.abort()

    async def write(self) -> None:
        """Send what is queued until cancelled or closed."""
        while not self.socket.closed:
            frame = await self._outbox.get()
            try:
                await self.socket.send_str(json.dumps(frame))
            except ConnectionError:
                return


@dataclass(eq=False)
class Session:
    """What outlives a connection: identity, shard, and all that was dispatched, for a replay."""

    id: str
    intents: int
    shard: tuple[int, int]
    connection: Connection | None
    dispatched: list[Json] = field(default_factory=list)

    def dispatch(self, name: str, data: Json) -> None:
        frame = {"op": DISPATCH, "s": len(self.dispatched) + 1, "t": name, "d": data}
        self.dispatched.append(frame)
        if self.connection is not None:
            self.connection.send(frame)

    def resume(self, connection: Connection, after: int) -> None:
        """Replay everything after sequence number `after`, then say RESUMED."""
        self.connection = connection
        for frame in self.dispatched[after:]:
            connection.send(frame)
        self.dispatch("RESUMED", {})

    def sees(self, guild: Guild | None) -> bool:
        """Direct messages come on shard 0, a guild's events on its own."""
        number, count = self.shard
        return number == (shard_of(guild.id, count) if guild else 0)


class Gateway:
    """All sessions of the bot."""

    def __init__(self, world: World, conformance: Conformance, token: str, privileged: int) -> None:
        self._world = world
        self._conformance = conformance
        self._token = token
        self._privileged = privileged
        self._connections: set[Connection] = set()
        self.url = ""
        self.sessions: dict[str, Session] = {}
        world.publish = self.publish

    @property
    def connected(self) -> list[Session]:
        """Sessions with an open connection."""
        return [session for session in self.sessions.values() if session.connection is not None]

    def publish(self, event: Event) -> None:
        for session in self.sessions.values():
            if session.sees(event.guild) and hears(session.intents, event):
                session.dispatch(event.name, as_seen(session.intents, event, self._world.bot))
        self._world.bell.ring()

    def ask_to_reconnect(self) -> None:
        """Op 7 to every connection."""
        for session in self.connected:
            assert session.connection is not None
            session.connection.send({"op": RECONNECT, "d": None})

    def invalidate(self, *, resumable: bool = False) -> None:
        """Op 9 to every connection; without `resumable` the sessions are forgotten."""
        for session in self.connected:
            assert session.connection is not None
            session.connection.send({"op": INVALID_SESSION, "d": resumable})
            if not resumable:
                del self.sessions[session.id]

    def drop(self) -> None:
        """Cut every connection without a word, as a broken network does; the sessions can be resumed."""
        for connection in self._connections:
            connection.cut()

    async def close(self) -> None:
        for connection in list(self._connections):
            await connection.socket.close(code=1001)

    async def handle(self, request: web.Request) -> web.WebSocketResponse:
        """The websocket endpoint."""
        socket = web.WebSocketResponse(max_msg_size=0, timeout=1.0)
        await socket.prepare(request)
        connection = Connection(socket, request.transport, self._conformance)
        self._connections.add(connection)
        writer = asyncio.create_task(connection.write())
        try:
            connection.send({"op": HELLO, "d": {"heartbeat_interval": HEARTBEAT_MS}})
            await self._read(connection)
        except Closing as closing:
            await socket.close(code=closing.code, message=closing.reason.encode())
        finally:
            writer.cancel()
            await asyncio.gather(writer, return_exceptions=True)
            self._forget(connection)
        return socket

    def _forget(self, connection: Connection) -> None:
        self._connections.discard(connection)
        if connection.session is not None and connection.session.connection is connection:
            connection.session.connection = None
        self._world.bell.ring()

    async def _read(self, connection: Connection) -> None:
        async for message in connection.socket:
            if message.type is WSMsgType.TEXT:
                frame = json.loads(message.data)
                self._conformance.frame_from_bot(frame)
                self._take(connection, frame)

    def _take(self, connection: Connection, frame: Json) -> None:
        op, data = frame.get("op"), frame.get("d")
        if op == HEARTBEAT:
            connection.send({"op": ACK})
        elif op == IDENTIFY:
            self._identify(connection, data or {})
        elif op == RESUME:
            self._resume(connection, data or {})
        elif connection.session is None:
            raise Closing(NOT_AUTHENTICATED, "Not authenticated.")
        elif op != PRESENCE:
            raise Closing(UNKNOWN_OPCODE, "Unknown opcode.")

    def _identify(self, connection: Connection, data: Json) -> None:
        if connection.session is not None:
            raise Closing(ALREADY_IDENTIFIED, "Already authenticated.")
        if data.get("token") != self._token:
            raise Closing(WRONG_TOKEN, "Authentication failed.")
        intents, (number, count) = data.get("intents") or 0, data.get("shard") or (0, 1)
        if not 0 <= number < count:
            raise Closing(INVALID_SHARD, "Invalid shard.")
        if not 0 <= intents < HIGHEST:
            raise Closing(INVALID_INTENTS, "Invalid intent(s).")
        if intents & PRIVILEGED & ~self._privileged:
            raise Closing(DISALLOWED_INTENTS, "Disallowed intent(s).")
        session = Session(secrets.token_hex(16), intents, (number, count), connection)
        self.sessions[session.id] = connection.session = session
        self._greet(session)

    def _greet(self, session: Session) -> None:
        guilds = [guild for guild in self._world.guilds.values() if session.sees(guild)]
        session.dispatch(
            "READY",
            {
                "v": 10,
                "user": payloads.own_user(self._world.bot),
                "guilds": [{"id": str(guild.id), "unavailable": True} for guild in guilds],
                "session_id": session.id,
                "resume_gateway_url": self.url,
                "shard": list(session.shard),
                "application": {"id": str(self._world.application_id), "flags": 0, "flags_new": "0"},
            },
        )
        if session.intents & Intent.GUILDS:
            for guild in guilds:
                session.dispatch("GUILD_CREATE", payloads.guild_create(guild, self._world.bot, is_new=False))
        self._world.bell.ring()

    def _resume(self, connection: Connection, data: Json) -> None:
        session = self.sessions.get(data.get("session_id") or "")
        after = data.get("seq") or 0
        if session is None or data.get("token") != self._token or after > len(session.dispatched):
            connection.send({"op": INVALID_SESSION, "d": False})
            return
        connection.session = session
        session.resume(connection, after)
        self._world.bell.ring()
