"""Bytes → text, or one plain sentence about why not."""

import codecs

from index.errors import PlainError

_UTF_16_OR_32 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)  # UTF-32-LE begins as UTF-16-LE does
_HEAD = 4096  # bytes; what a look at a file's beginning takes in
_BINARY = "It holds NUL bytes, as no text does; save it as text in UTF-8."


def decode(data: bytes) -> str:
    """UTF-8 text, with or without a byte order mark. Raises PlainError."""
    refuse_other_encodings(data)
    if b"\x00" in data:
        raise PlainError(_BINARY)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise PlainError("It is not written in UTF-8; open it in an editor and save it as UTF-8.") from None


def refuse_other_encodings(data: bytes) -> None:
    """Raises PlainError where the first bytes show another encoding, or no text at all."""
    head = data[:_HEAD]
    if head.startswith(_UTF_16_OR_32):
        raise PlainError("It is written in UTF-16 or UTF-32; save it as UTF-8.")
    if head.count(0) * 100 > len(head):  # a stray NUL is a slip, many are a picture, a program or an archive
        raise PlainError("It is a binary file, not text; give a text file.")
