"""Text that others wrote, made harmless for a message. What is escaped comes back whole: `unescape(escape(x)) == x`.

Discord takes a backslash before any character that is no ASCII letter, digit or white space as an escape and shows the
character alone; before anything else it shows the backslash. So every backslash of the text is itself escaped, and
after that nothing but our own escapes is left.
"""

import re
import unicodedata
from itertools import accumulate
from urllib.parse import quote as percent_encoded
from urllib.parse import urlsplit

from bot.discord.limits import LONGEST_ADDRESS, clipped

# Emphasis, underline, strikethrough, spoilers, code, quotes, headings, mentions, masked links, addresses (by the
# colon), emoji codes and timestamps need one of these; `-#`, lists and numbered lists begin a line.
_ANYWHERE = re.compile(r"[\\*_~|`<>\[\]#@:]")
_BEGINS_A_LINE = re.compile(r"^(\s*)([-+](?=\s|$)|\d+(?=[.)]))", re.MULTILINE)
_ESCAPED = re.compile(r"\\([^0-9A-Za-z\s])")

_ISOLATE, _POP_ISOLATE, _POP_EMBEDDING = "\u2068", "\u2069", "\u202c"
_ISOLATES = "\u2066\u2067\u2068"
_EMBEDDINGS = "\u202a\u202b\u202d\u202e"
_BLANK = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"  # show nothing although they are no format characters
_IN_AN_ADDRESS = "-._~:/?#[]@!$&'*+,;=%"  # all that RFC 3986 allows but parentheses


def escape(text: str) -> str:
    """The same text with a backslash before everything that Discord would take for markup."""
    return _begin_lines(_ANYWHERE.sub(r"\\\g<0>", text))


def _begin_lines(text: str) -> str:
    def escaped(match: re.Match[str]) -> str:
        space, mark = match.groups()
        return f"{space}\\{mark}" if mark in "-+" else f"{space}{mark}\\"

    return _BEGINS_A_LINE.sub(escaped, text)


def unescape(shown: str) -> str:
    """What Discord shows of an escaped text."""
    return _ESCAPED.sub(r"\1", shown)


def quoted(text: str) -> str:
    """A quote in quotation marks, exact. Its own direction marks end where it ends.

    https://www.unicode.org/reports/tr9/ , X5a to X6a: an isolate ends all that was opened inside it; one more is put
    before for each end that the text brings along without a beginning.
    """
    marked = f"“{escape(text)}”"
    if not _changes_direction(text):
        return marked
    closed_too_often, left_open = _balance(text)
    embeddings = sum(text.count(mark) for mark in _EMBEDDINGS)
    before = _ISOLATE * (1 + closed_too_often)
    return f"{before}{marked}{_POP_ISOLATE * (1 + left_open)}{_POP_EMBEDDING * embeddings}"


def _balance(text: str) -> tuple[int, int]:
    """How many isolates a text ends that it did not begin, and how many it begins and does not end."""
    steps = [(c in _ISOLATES) - (c == _POP_ISOLATE) for c in text]
    depths = list(accumulate(steps, initial=0))
    lowest = min(depths)
    return -lowest, depths[-1] - lowest


def _changes_direction(text: str) -> bool:
    return any(unicodedata.bidirectional(c) not in _ONE_WAY for c in text if c > "\u007f")


_ONE_WAY = {"L", "EN", "ES", "ET", "CS", "NSM", "BN", "B", "S", "WS", "ON", ""}


def plain(text: str) -> str:
    """One line without controls, direction overrides and characters that show nothing: for titles and names."""
    seen = "".join(" " if c.isspace() else c for c in text if _shows(c))
    return " ".join(seen.split())


def _shows(character: str) -> bool:
    return character.isspace() or not (
        unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn") or character in _BLANK
    )


def line(text: str, most: int, *, empty: str = "") -> str:
    """A title or a name as part of a line of ours: one line, cut, escaped; `empty` where nothing of it shows."""
    seen = clipped(plain(text), most) or empty
    shown = escape(seen)
    return f"{_ISOLATE}{shown}{_POP_ISOLATE}" if _changes_direction(seen) else shown


def link(label: str, address: str | None) -> str:
    """A masked link, or nothing where the address is none that can be opened. `label` is ours, never others' words."""
    target = safe_address(address or "")
    return f"[{label}](<{target}>)" if target else ""


def safe_address(address: str) -> str | None:
    """A web address that stays inside the brackets of a masked link; None for any other, or one too long.

    No user name is let through: `https://discord.com@example.org` reads as if it led elsewhere.
    """
    try:
        parts = urlsplit(address.strip())
        host = (parts.hostname or "").encode("idna").decode()
        port = parts.port
    except ValueError:  # UnicodeError is one
        return None
    if parts.scheme not in ("http", "https") or not host or "@" in parts.netloc:
        return None
    netloc = (f"[{host}]" if ":" in host else host) + (f":{port}" if port else "")
    whole = percent_encoded(parts._replace(netloc=netloc).geturl(), safe=_IN_AN_ADDRESS)
    if len(whole) > LONGEST_ADDRESS:
        whole = whole.split("#", 1)[0]
    return whole if len(whole) <= LONGEST_ADDRESS else None
