"""The words of the house, as frozen data: Article, Passage, Claim, Quote.

Every `start` and `end` counts characters of `Article.text`, as Python slices do.
"""

import hashlib
import re
from dataclasses import dataclass
from typing import Literal, TypeAlias

from index.dates import PartialDate

Owner: TypeAlias = str  # "shared", or the id of one Discord server as decimal digits
SHARED: Owner = "shared"

Phase: TypeAlias = Literal["sought", "agreed", "running", "ended", "refused"]
Standing: TypeAlias = Literal["official", "reported", "rumoured", "denied"]

LONGEST_QUOTE = 500  # characters
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def normalise(text: str) -> str:
    """Text as it is stored, once and for all: newlines as `\\n`, no NUL, no lone surrogates."""
    return _UNSTORABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def digest(*parts: str) -> str:
    """A hash of texts that does not depend on the machine: 64 hexadecimal digits (SHA-256)."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Source:
    """Where a starter article has its facts from."""

    publisher: str
    url: str
    published: PartialDate | None


@dataclass(frozen=True, slots=True)
class Article:
    """One published text, as it was read. `text` is normalised; `origin` tells starter articles apart."""

    title: str
    text: str
    publisher: str | None = None
    url: str | None = None
    published: PartialDate | None = None
    author: str | None = None
    sources: tuple[Source, ...] = ()
    origin: str | None = None  # "seed:<file name>" for a starter article

    @property
    def key(self) -> str:
        """What makes it the same article when it comes again: origin, else address, else title, publisher and date."""
        if self.origin:
            return self.origin
        if self.url:
            return f"url:{self.url}"
        title, publisher = " ".join(self.title.split()), self.publisher or ""
        return f"title:{title}|{publisher}|{self.published or ''}".casefold()

    def id_for(self, owner: Owner) -> str:
        """Its id in one owner's library: 12 hexadecimal digits, the same on every machine."""
        return digest(owner, self.key)[:12]

    @property
    def content_hash(self) -> str:
        """Changes whenever anything that is stored of it changes."""
        sources = [part for s in self.sources for part in (s.publisher, s.url, str(s.published))]
        fields = (self.title, self.text, self.publisher, self.url, self.published, self.author)
        return digest(*(str(field or "") for field in fields), *sources)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of an article's text: `text[start:end]`."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Stored:
    """An article in the library: one revision of it, and whose it is."""

    id: str
    revision: int  # row of the revision in the store; never shown
    owner: Owner
    article: Article


@dataclass(frozen=True, slots=True)
class Passage:
    """A few neighbouring sentences: what is embedded and retrieved."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Claim:
    """What one sentence says about a partnership of two organisations, `a` before `b` in the alphabet."""

    a: str
    b: str
    span: Span
    phase: Phase
    standing: Standing
    negated: bool = False
    scope: str | None = None
    exclusive: bool | None = None
    said_by: str | None = None
    holds_from: PartialDate | None = None
    holds_until: PartialDate | None = None

    @property
    def pair(self) -> frozenset[str]:
        """The two organisations."""
        return frozenset((self.a, self.b))


@dataclass(frozen=True, slots=True)
class Quote:
    """A stretch of a stored article. Its text is a slice, so it cannot drift from its source."""

    stored: Stored
    span: Span

    @property
    def text(self) -> str:
        """The words, exactly as the article has them."""
        return self.stored.article.text[self.span.start : self.span.end]
