"""`.json` and `.jsonl`: article records with `title` and `text`, perhaps `url`, `publisher`, `published`, `author`."""

import json
from collections.abc import Iterator
from typing import BinaryIO

from index.errors import PlainError
from index.reading.decoding import decode, refuse_other_encodings
from index.reading.draft import Draft
from index.reading.fields import optional_text
from index.reading.refusal import Refusal

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def read_json(where: str, text: str) -> Iterator[Draft | Refusal]:
    """One record, or a list of them. Raises PlainError where the whole cannot be read."""
    found = _load(text)
    if not isinstance(found, list):
        yield _draft(where, found)
        return
    if not found:
        raise PlainError("It holds an empty list; put an article record into it.")
    for number, record in enumerate(found, 1):
        yield _draft_or_refusal(f"{where} record {number}", record)


def read_lines(where: str, stream: BinaryIO) -> Iterator[Draft | Refusal]:
    """One record a line, empty lines aside. A broken line is refused alone; a whole of another kind by PlainError."""
    found = False
    for number, line in enumerate(stream, 1):
        if number == 1:
            refuse_other_encodings(line)
        stripped = (line.removeprefix(_BYTE_ORDER_MARK) if number == 1 else line).strip(b" \t\r\n")
        if stripped:
            found = True
            yield _line(f"{where} line {number}", stripped)
    if not found:
        raise PlainError("It is empty; write one article record a line.")


def _line(where: str, line: bytes) -> Draft | Refusal:
    try:
        return _draft(where, _load(decode(line)))
    except PlainError as error:
        return Refusal(where, str(error))


def _draft_or_refusal(where: str, record: object) -> Draft | Refusal:
    try:
        return _draft(where, record)
    except PlainError as error:
        return Refusal(where, str(error))


def _draft(where: str, record: object) -> Draft:
    if not isinstance(record, dict):
        raise PlainError('It is no article record; write {"title": "…", "text": "…"}.')
    for key in ("title", "text"):
        if optional_text(record, key) is None:
            raise PlainError(f"It has no {key}; a record needs both title and text.")
    return Draft(
        where,
        record["text"],
        title=record["title"],
        publisher=optional_text(record, "publisher"),
        url=optional_text(record, "url"),
        published=optional_text(record, "published"),
        author=optional_text(record, "author"),
    )


def _load(text: str) -> object:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        place = f"character {error.colno}" if "\n" not in text else f"line {error.lineno}, character {error.colno}"
        raise PlainError(f"It is not valid JSON at {place}; correct it there and add it again.") from None
    except (ValueError, RecursionError):  # a number of thousands of digits, brackets nested without end
        raise PlainError("It is not JSON that can be read; write a plain article record.") from None
