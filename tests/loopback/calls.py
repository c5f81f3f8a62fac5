"""REST requests as the routes see them, and the table that finds a route for one."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from aiohttp import BodyPartReader, web

from tests.loopback.commands import Commands
from tests.loopback.errors import ApiError, not_found
from tests.loopback.interactions import Interactions
from tests.loopback.models import Upload
from tests.loopback.world import World


@dataclass(frozen=True, slots=True)
class Call:
    """One request, its body read and its files apart."""

    world: World
    commands: Commands
    interactions: Interactions
    gateway_url: str
    shards: int
    privileged: int
    method: str
    path: str
    query: dict[str, str]
    body: Any
    files: list[Upload]
    names: dict[str, str] = field(default_factory=dict)

    def id(self, name: str) -> int:
        """A snowflake from the path. Raises ApiError 404 for anything else."""
        if not self.names[name].isdecimal():
            raise not_found()
        return int(self.names[name])


@dataclass(frozen=True, slots=True)
class Reply:
    """A status and a JSON body; None for an empty one."""

    status: int
    body: Any = None


Handler: TypeAlias = Callable[[Call], Reply]


@dataclass(frozen=True, slots=True)
class Route:
    """A method and a path template; `open` ones need no token in the header."""

    method: str
    pattern: re.Pattern[str]
    handler: Handler
    open: bool


class Routes:
    """A table of routes, filled by a decorator."""

    def __init__(self) -> None:
        self.all: list[Route] = []

    def on(self, method: str, template: str, *, open: bool = False) -> Callable[[Handler], Handler]:
        """Register a handler for `template`, whose `{names}` match one path segment."""
        pattern = re.compile("^" + re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", template) + "$")

        def register(handler: Handler) -> Handler:
            self.all.append(Route(method, pattern, handler, open))
            return handler

        return register


def find(routes: list[Route], method: str, path: str) -> tuple[Route, dict[str, str]] | None:
    for route in routes:
        if route.method == method and (match := route.pattern.match(path)):
            return route, match.groupdict()
    return None


async def read_body(request: web.Request) -> tuple[Any, list[Upload]]:
    """The JSON body and the files, from either of the two content types that Discord takes."""
    if request.content_type == "multipart/form-data":
        return await _read_multipart(request)
    raw = await request.read()
    if not raw:
        return None, []
    return _parse(raw), []


async def _read_multipart(request: web.Request) -> tuple[Any, list[Upload]]:
    body: Any = None
    files: dict[str, Upload] = {}
    async for part in await request.multipart():
        assert isinstance(part, BodyPartReader)
        if part.name == "payload_json":
            body = _parse(bytes(await part.read()))
        elif match := re.fullmatch(r"files\[(\d+)\]", part.name or ""):
            files[match[1]] = Upload(part.filename or "file", bytes(await part.read()), "application/octet-stream")
    return body, [_described(number, upload, body) for number, upload in files.items()]


def _described(number: str, upload: Upload, body: Any) -> Upload:
    """The upload under the name and description that the message's `attachments` give it."""
    message = body.get("data", body) if isinstance(body, dict) else {}
    for each in message.get("attachments") or []:
        if str(each.get("id")) == number:
            name, about = each.get("filename") or upload.filename, each.get("description")
            return Upload(name, upload.content, upload.content_type, about)
    return upload


def _parse(raw: bytes) -> Any:
    try:
        return json.loads(raw)
    except ValueError:
        raise ApiError(400, 50109, "The request body contains invalid JSON.") from None
