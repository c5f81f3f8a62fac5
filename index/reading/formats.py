"""Which reader reads which file: by the ending of its name."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from typing import BinaryIO, TypeAlias

from index.errors import PlainError
from index.reading.decoding import decode
from index.reading.draft import Draft
from index.reading.html import read_html
from index.reading.markdown import read_markdown
from index.reading.plain import read_plain
from index.reading.records import read_json, read_lines
from index.reading.refusal import Refusal
from index.reading.words import plain_line, size

Found: TypeAlias = Iterator[Draft | Refusal]
Reader: TypeAlias = Callable[[str, BinaryIO, date], Found]  # where, the file's bytes, today

RECORDS_WEIGH = 50  # so many times the bytes of one article may a file of records have
KINDS = "Rangefinder reads .md, .txt, .html, .json and .jsonl."


def _text(read: Callable[[str, str], Draft]) -> Reader:
    return lambda where, stream, _: iter([read(where, decode(stream.read()))])


def _html(where: str, stream: BinaryIO, today: date) -> Found:
    return iter([read_html(where, stream.read(), today=today)])


_READERS: dict[str, Reader] = {
    ".md": _text(read_markdown),
    ".txt": _text(read_plain),
    ".html": _html,
    ".htm": _html,
    ".json": lambda where, stream, _: read_json(where, decode(stream.read())),
    ".jsonl": lambda where, stream, _: read_lines(where, stream),
}
ENDINGS = tuple(_READERS)


def is_readable(name: str) -> bool:
    """True where a file of this name has a reader."""
    return _ending(name) in _READERS


def drafts(
    where: str, name: str, opened: Callable[[int], AbstractContextManager[BinaryIO]], *, today: date, most_bytes: int
) -> Found:
    """All that one file holds; `opened` is given the most bytes it may have. What stands against it is a Refusal.

    Lets OSError through.
    """
    try:
        read = _reader(name)
        with opened(most_bytes * (RECORDS_WEIGH if _ending(name) in (".json", ".jsonl") else 1)) as stream:
            yield from read(where, stream, today)
    except PlainError as error:
        yield Refusal(where, str(error))


def refuse_size(count: int, most: int) -> None:
    """Raises PlainError where a file of so many bytes is not read."""
    if count == 0:
        raise PlainError("It is empty; there is nothing in it to read.")
    if count > most:
        raise PlainError(f"It has {size(count)}, and at most {size(most)} are read; split it into smaller files.")


def _ending(name: str) -> str:
    return Path(name).suffix.lower()


def _reader(name: str) -> Reader:
    ending = _ending(name)
    if ending in _READERS:
        return _READERS[ending]
    kind = f"Files that end in {plain_line(ending)} cannot be read." if ending else "Its name has no ending."
    raise PlainError(f"{kind} {KINDS}")
