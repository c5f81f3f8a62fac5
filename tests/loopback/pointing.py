"""Points an unmodified discord.py at the loopback."""

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

import yarl
from discord.asset import Asset
from discord.gateway import DiscordWebSocket
from discord.http import Route

from tests.loopback.server import LoopbackDiscord


@contextmanager
def pointed_at(server: LoopbackDiscord) -> Iterator[None]:
    """Within it, a discord.py client of this process finds `server` where Discord would be."""
    with (
        patch.object(Route, "BASE", server.api_url),
        patch.object(DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL(server.gateway_url)),
        patch.object(Asset, "BASE", server.cdn_url),
    ):
        yield
