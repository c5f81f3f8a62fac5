"""The bytes of an HTML page → text, by what it declares of its encoding (HTML Standard, "determining the encoding")."""

import codecs
import re

from index.errors import PlainError
from index.reading.decoding import refuse_other_encodings

# Codecs that turn bytes into letters; Python knows others too (punycode, base64, unicode_escape), and those are none.
_READABLE = re.compile(
    r"utf-8|ascii|iso8859-\d+|cp125\d|cp874|koi8-[ru]|shift_jis|euc_jp|gb2312|gbk|gb18030|big5|euc_kr"
)
_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([\w.:-]{1,40})", re.IGNORECASE)
_HEAD = 1024  # bytes in which the declaration has to stand, by the standard
_AS_BROWSERS_READ_IT = {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030"}


def decode_markup(data: bytes, charset: str | None = None) -> str:
    """The page as text: by its byte order mark, `charset` (the HTTP header's), its own `<meta>`, else as UTF-8.

    Raises PlainError where the bytes are not in that encoding.
    """
    refuse_other_encodings(data)
    declared = _DECLARED.search(data[:_HEAD])
    encoding = charset or (declared[1].decode("ascii", "replace") if declared else "utf-8")
    if data.startswith(codecs.BOM_UTF8):
        encoding = "utf-8-sig"
    try:
        return data.decode(_codec(encoding)).replace("\x00", "")
    except UnicodeDecodeError:
        raise PlainError("It is not written in the encoding that it declares; save it as UTF-8.") from None


def _codec(name: str) -> str:
    try:
        codec = codecs.lookup(name.strip()).name
    except (LookupError, ValueError):  # ValueError: a NUL in the name
        codec = ""
    codec = codec.removesuffix("-sig")
    if not _READABLE.fullmatch(codec):
        raise PlainError("It is written in an encoding that cannot be read; save it as UTF-8.")
    return {"utf-8": "utf-8-sig"}.get(codec) or _AS_BROWSERS_READ_IT.get(codec, codec)
