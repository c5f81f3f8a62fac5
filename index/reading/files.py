"""Files, folders and uploads → Articles."""

import io
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO

from index.article import Article
from index.errors import PlainError
from index.reading.draft import Draft, finish
from index.reading.formats import KINDS, Found, drafts, is_readable, refuse_size
from index.reading.hints import NO_HINTS, Hints
from index.reading.refusal import Refusal
from index.reading.words import plain_line


def read_path(path: Path, *, today: date, hints: Hints = NO_HINTS, most_bytes: int) -> Iterator[Article | Refusal]:
    """The articles of a file, or of all files in a folder and the folders below it, in the order of their names.

    In a folder, hidden files and other endings are passed over and links to folders are not followed. `most_bytes`
    bounds one article; a file of records may have 50 times as many.
    """
    where = _where(path)
    return _finished(where, _plainly(where, _path(path, today, most_bytes)), today, hints, most_bytes)


def read_upload(
    name: str, data: bytes, *, today: date, hints: Hints = NO_HINTS, most_bytes: int
) -> Iterator[Article | Refusal]:
    """The articles of one file's bytes, read by its name's ending as `read_path` would."""

    @contextmanager
    def opened(most: int) -> Iterator[BinaryIO]:
        refuse_size(len(data), most)
        yield io.BytesIO(data)

    where = plain_line(name)
    found = drafts(where, name, opened, today=today, most_bytes=most_bytes)
    return _finished(where, found, today, hints, most_bytes)


def _finished(where: str, found: Found, today: date, hints: Hints, most_bytes: int) -> Iterator[Article | Refusal]:
    if hints.name_one_article:
        head = list(islice(found, 2))
        if len(head) == 2:
            yield Refusal(where, "It holds more than one article; give a title or an address for single articles only.")
            return
        found = chain(head, found)
    for draft in found:
        if isinstance(draft, Draft):
            yield finish(draft, today=today, hints=hints, most_bytes=most_bytes)
        else:
            yield draft


def _path(path: Path, today: date, most_bytes: int) -> Found:
    if stat.S_ISDIR(_stat(path).st_mode):
        yield from _folder(path, today, most_bytes)
    else:
        yield from _file(path, today, most_bytes)


def _file(path: Path, today: date, most_bytes: int) -> Found:
    return drafts(_where(path), path.name, lambda most: _open(path, most), today=today, most_bytes=most_bytes)


def _folder(path: Path, today: date, most_bytes: int) -> Found:
    empty = True
    for entry in _walk(path):
        empty = False
        if isinstance(entry, Refusal):
            yield entry
        else:
            yield from _plainly(_where(entry), _file(entry, today, most_bytes))
    if empty:
        yield Refusal(_where(path), f"No file in this folder can be read. {KINDS}")


def _walk(folder: Path) -> Iterator[Path | Refusal]:
    unreadable: list[OSError] = []
    for parent, folders, names in os.walk(folder, onerror=unreadable.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith(".") and is_readable(name):
                yield Path(parent, name)
    for error in unreadable:
        yield Refusal(plain_line(str(error.filename)), _why(error))


@contextmanager
def _open(path: Path, most: int) -> Iterator[BinaryIO]:
    found = _stat(path)
    if not stat.S_ISREG(found.st_mode):  # a pipe would wait for ever, a device never end
        raise PlainError("It is no ordinary file; give a file or a folder.")
    refuse_size(found.st_size, most)
    with path.open("rb") as stream:
        yield stream


def _plainly(where: str, found: Found) -> Found:
    """The same, with what the disk objects to as a Refusal."""
    try:
        yield from found
    except OSError as error:
        yield Refusal(where, _why(error))


def _stat(path: Path) -> os.stat_result:
    try:
        return path.stat()
    except ValueError:  # a NUL in the name, which no file can have
        raise FileNotFoundError from None


def _why(error: OSError) -> str:
    match error:
        case FileNotFoundError() | NotADirectoryError():
            return "There is no such file or folder; check the name."
        case PermissionError():
            return "It may not be read; give yourself the permission to read it."
        case _:
            return "It cannot be read from the disk; check that it is a file that opens elsewhere."


def _where(path: Path) -> str:
    return plain_line(str(path))
