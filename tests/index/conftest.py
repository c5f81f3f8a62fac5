"""What many tests of the index stand on."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio

from index.library import Library
from tests.building import HashingEncoder


@pytest_asyncio.fixture
async def library(tmp_path: Path) -> AsyncIterator[Library]:
    opened = await Library.open(tmp_path, HashingEncoder())
    yield opened
    await opened.close()
