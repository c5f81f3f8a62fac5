"""The REST endpoint: token, faults and buckets, the route, the answer, and conformance on both ways."""

import json
from typing import Any

from aiohttp import web

from tests.loopback.calls import Call, Reply, Route, find, read_body
from tests.loopback.commands import Commands
from tests.loopback.conformance import Conformance
from tests.loopback.errors import ApiError, not_found, unauthorized
from tests.loopback.faults import Faults, Headers
from tests.loopback.interactions import Interactions
from tests.loopback.models import Upload
from tests.loopback.routes import application, channels, guilds, webhooks
from tests.loopback.world import World

ROUTES: list[Route] = [
    *application.routes.all,
    *guilds.routes.all,
    *channels.routes.all,
    *webhooks.routes.all,
]


class Rest:
    """Answers everything below /api/v10 and records it."""

    def __init__(self, world: World, conformance: Conformance, token: str, shards: int, privileged: int) -> None:
        self.commands = Commands(world.ids, world.application_id)
        self.interactions = Interactions(world)
        self.faults = Faults(world.clock.now)
        self.gateway_url = ""
        self.requests: list[tuple[str, str]] = []
        self._world = world
        self._conformance = conformance
        self._token = token
        self._shards = shards
        self._privileged = privileged

    async def handle(self, request: web.Request) -> web.Response:
        """The one aiohttp handler: every request, whatever its path."""
        path = "/" + request.match_info["path"]
        body, files = await read_body(request)
        self.requests.append((request.method, path))
        headers, wait = self._faults_before(request.method, path)
        if isinstance(wait, Reply):
            return _response(wait, headers)
        reply = self._answer(request, path, body, files)
        self._world.bell.ring()
        return _response(reply, headers)

    def _faults_before(self, method: str, path: str) -> tuple[Headers, Reply | None]:
        if struck := self.faults.strike(method, path):
            status, body, headers = struck
            return headers, Reply(status, body)
        headers, wait = self.faults.count(method, path)
        if wait is None:
            return headers, None
        return headers, Reply(429, {"message": "You are being rate limited.", "retry_after": wait, "global": False})

    def _answer(self, request: web.Request, path: str, body: Any, files: list[Upload]) -> Reply:
        found = find(ROUTES, request.method, path)
        if found is None:
            self._conformance.unknown_route(request.method, path)
            return Reply(404, not_found().body)
        route, names = found
        self._conformance.request(request.method, path, body)
        try:
            if not route.open and request.headers.get("Authorization") != f"Bot {self._token}":
                raise unauthorized()
            reply = route.handler(self._call(request, path, body, files, names))
        except ApiError as refused:
            reply = Reply(refused.status, refused.body)
        except Exception as bug:
            self._conformance.failed(request.method, path, bug)
            return Reply(400, {"message": "The loopback failed", "code": 0})
        self._conformance.response(request.method, path, reply.status, reply.body)
        return reply

    def _call(self, request: web.Request, path: str, body: Any, files: list[Upload], names: dict[str, str]) -> Call:
        return Call(
            world=self._world,
            commands=self.commands,
            interactions=self.interactions,
            gateway_url=self.gateway_url,
            shards=self._shards,
            privileged=self._privileged,
            method=request.method,
            path=path,
            query=dict(request.query),
            body=body,
            files=files,
            names=names,
        )


def _response(reply: Reply, headers: Headers) -> web.Response:
    """JSON without a charset, as discord.py demands of it."""
    if reply.body is None:
        return web.Response(status=reply.status, headers=headers)
    content = json.dumps(reply.body).encode()
    return web.Response(status=reply.status, body=content, headers=headers | {"Content-Type": "application/json"})
