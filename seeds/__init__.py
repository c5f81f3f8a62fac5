"""The starter articles, so that the first run has something to say."""

from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from importlib.resources import as_file, files

from index.article import Article
from index.errors import PlainError
from index.reading import read_path


@cache
def starters() -> tuple[Article, ...]:
    """All starter articles, in the order of their files' names. Raises PlainError where one cannot be read."""
    found: list[Article] = []
    with as_file(files("seeds")) as folder:
        for path in sorted(folder.glob("*.md")):
            for read in read_path(path, today=datetime.now(UTC).date(), most_bytes=100_000):
                if not isinstance(read, Article):
                    raise PlainError(f"A starter article is damaged: {read}. Install Rangefinder again.")
                found.append(replace(read, origin=f"seed:{path.stem}"))
    return tuple(found)
