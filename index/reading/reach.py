"""Where the one fetch may go: public addresses on the usual ports, and what the settings allow besides."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import TYPE_CHECKING, Self

from index.errors import PlainError

if TYPE_CHECKING:
    from yarl import URL

_USUAL_PORTS = {"http": 80, "https": 443}

# IANA IPv4 Special-Purpose Address Registry (RFC 6890), multicast and reserved ranges, and the address under which
# Azure serves its machines' secrets. Written out because what `ipaddress` calls global changes between Python versions.
_NOT_PUBLIC_4 = tuple(
    IPv4Network(net)
    for net in (
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
        "168.63.129.16/32",
    )
)
# Global unicast is 2000::/3 (RFC 4291). The rest of it that is not public, or carries an IPv4 address inside: protocol
# assignments with Teredo, documentation, 6to4. NAT64, mapped, local and multicast addresses lie outside 2000::/3.
_UNICAST_6 = IPv6Network("2000::/3")
_NOT_PUBLIC_6 = tuple(IPv6Network(net) for net in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"))

_NOT_PUBLIC = "This address is not a public one, and no others are read; give a page that everybody can open."


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """True where anybody on the internet could connect to it."""
    if isinstance(address, IPv4Address):
        return not any(address in net for net in _NOT_PUBLIC_4)
    if address.scope_id is not None or address not in _UNICAST_6:
        return False
    return not any(address in net for net in _NOT_PUBLIC_6)


@dataclass(frozen=True, slots=True)
class Reach:
    """What may be fetched. `allowed` holds host and port, the host as a name or as an address."""

    allowed: frozenset[tuple[str, int]] = frozenset()

    @classmethod
    def of(cls, entries: Iterable[str]) -> Self:
        """From `host:port` entries; an IPv6 address stands in brackets."""
        pairs = (entry.rpartition(":") for entry in entries)
        return cls(frozenset((_bare(host), int(port)) for host, _, port in pairs))

    def check(self, url: URL) -> None:
        """Raises PlainError where the address may not be fetched, as far as the address alone tells."""
        if url.scheme not in _USUAL_PORTS or not url.raw_host:
            raise PlainError("Only addresses that begin with http:// or https:// can be read.")
        if url.raw_user is not None or url.raw_password is not None:
            raise PlainError("An address with a user name in it is not read; give it without.")
        host, port = url.raw_host, url.port or 0
        if self._names(host, port):
            return
        if port != _USUAL_PORTS[url.scheme]:
            raise PlainError("An address with a port of its own is not read; give a page on the usual port.")
        if ":" in host or _ends_in_a_number(host):
            self.check_found(host, port, [host])

    def check_found(self, host: str, port: int, addresses: list[str]) -> None:
        """Raises PlainError unless each address that was found for the host may be connected to."""
        if self._names(host, port):
            return
        for address in addresses:
            if not self._names(address, port) and not _is_public(address):
                raise PlainError(_NOT_PUBLIC)

    def _names(self, host: str, port: int) -> bool:
        return (_bare(host), port) in self.allowed


def _is_public(written: str) -> bool:
    try:
        return is_public(ip_address(written))
    except ValueError:  # a short, octal or hexadecimal form: its meaning depends on who reads it
        return False


def _ends_in_a_number(host: str) -> bool:
    """True where browsers and C libraries take the host for an IPv4 address (URL Standard, "ends in a number")."""
    last = host.rstrip(".").rpartition(".")[2].lower()
    return last.isdigit() or last.startswith("0x")


def _bare(host: str) -> str:
    return host.strip("[]").rstrip(".").lower()
