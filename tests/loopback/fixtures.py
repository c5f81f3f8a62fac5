"""Fixtures for any test; import them into a conftest or a test file."""

from collections.abc import AsyncIterator

import pytest_asyncio

from tests.loopback.pointing import pointed_at
from tests.loopback.server import LoopbackDiscord


@pytest_asyncio.fixture(name="discord_server")
async def loopback_discord() -> AsyncIterator[LoopbackDiscord]:
    """A loopback Discord that discord.py is pointed at; afterwards, nothing may have broken the schemas."""
    async with LoopbackDiscord() as server:
        with pointed_at(server):
            yield server
    assert not server.violations, "\n".join(server.violations)
