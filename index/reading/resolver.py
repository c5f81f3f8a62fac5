"""aiohttp's way to addresses: what was checked is what is connected to."""

import socket
from collections.abc import Awaitable, Callable
from ipaddress import IPv6Address, ip_address
from typing import TypeAlias

from aiohttp.abc import AbstractResolver, ResolveResult

from index.errors import PlainError
from index.reading.reach import Reach

LookUp: TypeAlias = Callable[[str, int], Awaitable[list[str]]]  # host, port → IP addresses; raises OSError


class CheckedResolver(AbstractResolver):
    """Looks a name up once for each connection, and hands on only what the reach lets through."""

    def __init__(self, reach: Reach, look_up: LookUp) -> None:
        self._reach = reach
        self._look_up = look_up

    async def resolve(
        self,
        host: str,
        port: int = 0,
        family: socket.AddressFamily = socket.AF_UNSPEC,  # noqa: ARG002 - aiohttp's signature; both families are taken
    ) -> list[ResolveResult]:
        """The addresses to connect to. Raises PlainError where there are none, or where one may not be reached."""
        try:
            addresses = await self._look_up(host, port)
        except (OSError, UnicodeError):  # UnicodeError: a name that DNS cannot hold
            addresses = []
        if not addresses:
            raise PlainError("No site of that name can be found; check the address.")
        self._reach.check_found(host, port, addresses)
        return [_result(host, port, address) for address in addresses]

    async def close(self) -> None:
        """Nothing is held open."""


def _result(host: str, port: int, address: str) -> ResolveResult:
    family = socket.AF_INET6 if isinstance(ip_address(address), IPv6Address) else socket.AF_INET
    numeric = socket.AI_NUMERICHOST | socket.AI_NUMERICSERV
    return ResolveResult(hostname=host, host=address, port=port, family=family, proto=0, flags=numeric)
