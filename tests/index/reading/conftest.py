"""Builders for the reading tests."""

from collections.abc import Callable
from datetime import date

import pytest

from index.article import Article
from index.reading import NO_HINTS, Hints, Refusal, read_upload

TODAY = date(2024, 6, 1)
MOST_BYTES = 10_000

Read = Callable[..., list[Article | Refusal]]


@pytest.fixture
def read() -> Read:
    """Reads one upload: `read("notes.md", "text")` → what came of it."""

    def reading(name: str, data: str | bytes, hints: Hints = NO_HINTS) -> list[Article | Refusal]:
        given = data.encode() if isinstance(data, str) else data
        return list(read_upload(name, given, today=TODAY, hints=hints, most_bytes=MOST_BYTES))

    return reading


@pytest.fixture
def article(read: Read) -> Callable[..., Article]:
    """The one article of an upload."""

    def reading(name: str, data: str | bytes, hints: Hints = NO_HINTS) -> Article:
        (found,) = read(name, data, hints)
        assert isinstance(found, Article), found
        return found

    return reading


@pytest.fixture
def refusal(read: Read) -> Callable[..., str]:
    """The one refusal of an upload, as a person sees it."""

    def reading(name: str, data: str | bytes, hints: Hints = NO_HINTS) -> str:
        (found,) = read(name, data, hints)
        assert isinstance(found, Refusal), found
        line = str(found)
        assert "\n" not in line
        assert line.endswith(".")
        return line

    return reading
