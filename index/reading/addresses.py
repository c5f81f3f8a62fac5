"""Addresses of articles: which are accepted, and the one form in which they are stored."""

import re
from urllib.parse import SplitResult, urlsplit

from index.errors import PlainError
from index.reading.words import shown

LONGEST_ADDRESS = 2048  # characters; what browsers and Discord still open
_DEFAULT_PORTS = {"http": 80, "https": 443}
_NEVER_IN_AN_ADDRESS = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029\ud800-\udfff<>\"\\`]")

# Parameters that only tell who sent the reader, from the AdGuard and ClearURLs lists that courlan takes too. Narrower
# than courlan's pattern, which also drops `session`, `source` or `ref`: some pages do not open without those.
_TRACKING = re.compile(
    r"utm_\w+|mtm_\w+|pk_(?:campaign|kwd|source|medium|content)|hsa_\w+|_hsenc|_hsmi|mkt_tok|mc_[ce]id|vero_(?:id|conv)|oly_\w+_id"
    r"|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|ysclid|twclid|ttclid|igshid|igsh|li_fat_id|_ga|_gl",
    re.IGNORECASE,
)


def canonical(url: str) -> str:
    """The address as it is stored: without fragment, tracking parameters and default port, else as it was given.

    Raises PlainError for what is no http or https address of a page.
    """
    parts = _split(url.strip())
    host = parts.netloc.lower()
    if parts.port == _DEFAULT_PORTS[parts.scheme]:
        host = host.rpartition(":")[0]
    kept = [pair for pair in parts.query.split("&") if not _TRACKING.fullmatch(pair.partition("=")[0])]
    query = "&".join(kept)
    return f"{parts.scheme}://{host}{parts.path}" + (f"?{query}" if query else "")


def is_address(text: str) -> bool:
    """True where the text is meant as the address of a page rather than as the name of a file."""
    return text.lower().startswith(("http://", "https://"))


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        usable = bool(
            parts.scheme in _DEFAULT_PORTS
            and parts.hostname
            and parts.port != 0
            and parts.username is None
            and not _NEVER_IN_AN_ADDRESS.search(url)
        )
    except ValueError:  # a port that is no number, a bracket that is not closed
        usable = False
    if not usable:
        raise PlainError(f"{shown(url)} is no address of a page; give one that begins with http:// or https://.")
    if len(url) > LONGEST_ADDRESS:
        raise PlainError(f"The address {shown(url)} is longer than {LONGEST_ADDRESS} characters; give a shorter one.")
    return parts
