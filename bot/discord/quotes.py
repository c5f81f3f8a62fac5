"""How a quote and its article look on a card."""

from collections import Counter

from bot.answer import ShownQuote
from bot.discord.limits import LONGEST_NAME
from bot.discord.text import line, link, quoted
from bot.links import link_of, source_line
from bot.quoting import SHOWN_OF_ONE
from index.article import Article, Quote
from index.sentences import sentence_at

_READ = "read it"  # the words of every link: others' words in them could end it early


class Share:
    """Counts what one card shows of each article's text, and says when it is enough."""

    def __init__(self) -> None:
        self._shown: Counter[str] = Counter()

    def takes(self, quote: Quote) -> bool:
        """Whether this quote, too, may be shown; it is counted where it may."""
        length = len(quote.text)
        if self._shown[quote.stored.id] + length > SHOWN_OF_ONE:
            return False
        self._shown[quote.stored.id] += length
        return True


def quote_block(shown: ShownQuote, *, numbered: bool = False, plain_link: bool = False) -> str:
    """The exact words, then a line with publisher, date, standing and link."""
    number = f"**{shown.n}** " if numbered else ""
    return f"{number}{with_ellipses(shown.quote)}\n-# {provenance(shown, plain_link=plain_link)}"


def provenance(shown: ShownQuote, *, plain_link: bool = False) -> str:
    """`GSMArena, 24 May 2022 · official · also in 3 outlets · read it`."""
    parts = [_source(shown.quote), shown.standing]
    if shown.also_in:
        parts.append(f"also in {shown.also_in} {'outlet' if shown.also_in == 1 else 'outlets'}")
    address = link_of(shown.quote)
    if address and plain_link:
        address = address.split("#", 1)[0]
    return " · ".join(filter(None, [*parts, link(_READ, address)]))


def _source(quote: Quote) -> str:
    """The line that names the source; a very long name is cut, the date behind it never."""
    name, _, date = source_line(quote).rpartition(", ")
    return f"{line(name, LONGEST_NAME, empty='unknown publisher')}, {line(date, LONGEST_NAME)}"


def with_ellipses(quote: Quote) -> str:
    """The quote in quotation marks; an ellipsis outside them where it begins or ends within a sentence."""
    text, span = quote.stored.article.text, quote.span
    first, last = sentence_at(text, span.start), sentence_at(text, max(span.start, span.end - 1))
    before = "… " if first and first.start < span.start else ""
    after = " …" if last and last.end > span.end else ""
    return f"{before}{quoted(quote.text)}{after}"


def article_line(article: Article, most: int) -> str:
    """An article offered as a link: title, publisher, date."""
    title = line(article.title, most, empty="untitled")
    publisher = line(article.publisher or "", LONGEST_NAME, empty="unknown publisher")
    date = article.published.spoken() if article.published else "undated"
    address = article.url or (article.sources[0].url if article.sources else None)
    return " · ".join(filter(None, [f"{title}, {publisher}, {date}", link(_READ, address)]))
