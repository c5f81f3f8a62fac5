"""Where a quote can be read: its link, and the line that names its source."""

import re
from urllib.parse import quote as percent_encoded

from index.article import Quote, Source

_LONGEST = 512  # characters; a longer address is not accepted on a Discord button
_WORDS = 5  # at each end of a longer quote


def link_of(quote: Quote) -> str | None:
    """The article's address with a text fragment that opens it at the quote; None where it has no address.

    https://wicg.github.io/scroll-to-text-fragment/ . A starter article is ours: its link is its source's, as it is.
    """
    article = quote.stored.article
    source = source_of(quote)
    if source:
        return source.url
    if article.url is None:
        return None
    linked = f"{article.url.split('#', 1)[0]}#:~:text={_fragment(quote.text)}"
    return linked if len(linked) < _LONGEST else article.url


def source_line(quote: Quote) -> str:
    """Publisher and date, or for a starter article: `Rangefinder summary; source: Engadget, 25 Feb 2016`."""
    article = quote.stored.article
    source = source_of(quote)
    if source:
        told = source.published.short() if source.published else "undated"
        return f"Rangefinder summary; source: {source.publisher}, {told}"
    published = article.published.spoken() if article.published else "undated"
    return f"{article.publisher or 'unknown publisher'}, {published}"


def source_of(quote: Quote) -> Source | None:
    """The source of a starter article that the quote names, else the article's first; None for any other article."""
    sources = quote.stored.article.sources
    text = quote.text.casefold()
    named = (s for s in sources if any(part.strip().casefold() in text for part in re.split(r"[/(]", s.publisher)))
    return next(named, sources[0] if sources else None)


def _fragment(text: str) -> str:
    """The first and last words of the quote; the whole of it where it is short."""
    words = text.split()
    if "\n" in text or len(words) > 2 * _WORDS:
        line = text.split("\n")
        start, end = line[0].split()[:_WORDS], line[-1].split()[-_WORDS:]
        return f"{_encoded(' '.join(start))},{_encoded(' '.join(end))}"
    return _encoded(re.sub(r"\s+", " ", text))


def _encoded(text: str) -> str:
    """Percent-encoded; a dash, too, has a meaning in a text fragment."""
    return percent_encoded(text, safe="").replace("-", "%2D")
