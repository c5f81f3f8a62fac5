"""The one safe fetch: a stranger's address → the text of a page, or one plain sentence."""

from __future__ import annotations

import asyncio
import socket
import zlib
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from index.errors import PlainError
from index.reading.markup import decode_markup
from index.reading.reach import Reach
from index.reading.words import size

if TYPE_CHECKING:
    from aiohttp import ClientResponse, ClientSession
    from yarl import URL

    from index.reading.resolver import LookUp

USER_AGENT = "Rangefinder/0.1 (+article reader)"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MOST_REDIRECTS = 5
_KINDS = ("text/html", "application/xhtml+xml", "text/plain")
_CHUNK = 65_536  # bytes
_GZIP = 31  # zlib's window bits for gzip, and for nothing else
_UNREACHABLE = "The page cannot be reached; check the address, or try again later."


@dataclass(frozen=True, slots=True)
class Page:
    """What an address answered with: the address after redirects, its kind without parameters, its text."""

    url: str
    content_type: str
    text: str


class Fetcher:
    """Reads pages, and nothing that is not public. An async context manager that owns its HTTP session.

    `allow` names `host:port` that may be fetched although private or on another port; `timeout` is in seconds, for a
    page with all its redirects; a page of more than `most_bytes`, unpacked, is refused.
    """

    def __init__(
        self, allow: tuple[str, ...], timeout: float, most_bytes: int, *, look_up: LookUp | None = None
    ) -> None:
        self.most_bytes = most_bytes
        self._timeout = timeout
        self._reach = Reach.of(allow)
        self._look_up = look_up or _look_up
        self._stack = AsyncExitStack()
        self._session: ClientSession | None = None

    async def __aenter__(self) -> Self:
        from aiohttp import ClientSession, ClientTimeout, DummyCookieJar, TCPConnector

        from index.reading.resolver import CheckedResolver

        # No connection is kept and no name remembered: each request is looked up, checked and connected anew.
        resolver = CheckedResolver(self._reach, self._look_up)
        connector = TCPConnector(resolver=resolver, use_dns_cache=False, force_close=True)
        session = ClientSession(
            connector=connector,
            cookie_jar=DummyCookieJar(),
            trust_env=False,
            auto_decompress=False,  # _body unpacks, within its bound
            timeout=ClientTimeout(total=None),  # fetch keeps the time
            headers={"User-Agent": USER_AGENT, "Accept": ", ".join(_KINDS), "Accept-Encoding": "gzip"},
        )
        self._session = await self._stack.enter_async_context(session)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._stack.aclose()

    async def fetch(self, url: str) -> Page:
        """The page at an address. Raises PlainError for whatever stands in the way."""
        from aiohttp import ClientError, ClientSSLError

        try:
            async with asyncio.timeout(self._timeout):
                return await self._follow(_parse(url))
        except TimeoutError:
            raise PlainError(f"The page took longer than {self._timeout:g} seconds; try again later.") from None
        except ClientSSLError:
            raise PlainError("The site cannot prove that it is who it says; its certificate is not valid.") from None
        except (ClientError, OSError, ValueError):
            raise PlainError(_UNREACHABLE) from None

    async def _follow(self, url: URL) -> Page:
        for _ in range(_MOST_REDIRECTS + 1):
            found = await self._request(url)
            if isinstance(found, Page):
                return found
            url = found
        raise PlainError("The page leads from one address to the next without end; give the last one.")

    async def _request(self, url: URL) -> Page | URL:
        """The page, or where it has moved to."""
        assert self._session is not None, "a Fetcher is used inside `async with`"
        self._reach.check(url)
        async with self._session.get(url, allow_redirects=False) as response:
            if response.status in _REDIRECTS and (target := response.headers.get("Location")):
                return url.join(_parse(target))
            _check_head(response)
            data = await _body(response, self.most_bytes)
            charset = response.charset or ("utf-8" if response.content_type == "text/plain" else None)
            return Page(str(url), response.content_type, decode_markup(data, charset))


def _parse(url: str) -> URL:
    from yarl import URL

    try:
        return URL(url.strip()).with_fragment(None)
    except ValueError:
        raise PlainError("That is no address of a page; check it.") from None


def _check_head(response: ClientResponse) -> None:
    if response.status != 200:
        hint = "it may have moved or gone" if response.status in (404, 410) else "try again later, or give its text"
        raise PlainError(f"The site answered with error {response.status} instead of the page; {hint}.")
    if "Content-Type" not in response.headers or response.content_type not in _KINDS:
        raise PlainError("This address holds no page of text; give the address of an article.")
    if response.headers.get("Content-Encoding", "identity").strip().lower() not in ("identity", "gzip", "x-gzip", ""):
        raise PlainError("The page is packed in a way that was not asked for; give its text instead.")


async def _body(response: ClientResponse, most: int) -> bytes:
    """The body, unpacked. Neither what arrives nor what it unpacks to ever grows beyond the bound."""
    packed = response.headers.get("Content-Encoding", "").strip().lower() in ("gzip", "x-gzip")
    unpack = zlib.decompressobj(_GZIP) if packed else None
    arrived, body = 0, bytearray()
    async for chunk in response.content.iter_chunked(_CHUNK):
        arrived += len(chunk)
        try:
            body += unpack.decompress(chunk, most + 1 - len(body)) if unpack else chunk
        except zlib.error:
            raise PlainError(_UNREACHABLE) from None
        if max(arrived, len(body)) > most:
            raise PlainError(f"The page is larger than {size(most)}; give its text instead.")
    if unpack and not unpack.eof:
        raise PlainError(_UNREACHABLE)
    return bytes(body)


async def _look_up(host: str, port: int) -> list[str]:
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))
