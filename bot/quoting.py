"""Which quotes are shown, and how many outlets carry each."""

from collections.abc import Sequence

import structlog

from bot.answer import ShownQuote
from index.article import LONGEST_QUOTE, Phase, Quote, Standing
from index.copies import same_sentence, same_story
from index.sentences import sentence_at
from index.snapshot import Statement

SHOWN_OF_ONE = 800  # characters of one article that an answer may show

_log = structlog.get_logger()

Draft = tuple[Quote, Phase | None, Standing]


def shown(drafts: Sequence[Draft], most: int) -> tuple[ShownQuote, ...]:
    """The first so many quotes, numbered. Copies of one story count once; each adds to the `also_in` of the first.

    A quote that is not in its article is dropped and logged, never shown.
    """
    chosen: list[Draft] = []
    outlets: list[set[str]] = []
    shown_of: dict[str, int] = {}
    for draft in drafts:
        quote = draft[0]
        if not is_exact(quote):
            _log.error("quote_dropped", article=quote.stored.id, start=quote.span.start, end=quote.span.end)
            continue
        copied = next((i for i, other in enumerate(chosen) if _is_copy(quote, other[0])), None)
        if copied is not None:
            outlets[copied].add(_outlet(quote))
            continue
        length = shown_of.get(quote.stored.id, 0) + len(quote.text)
        overlapping = any(_overlap(quote, other[0]) for other in chosen)
        if len(chosen) < most and length <= SHOWN_OF_ONE and not overlapping:
            chosen.append(draft)
            outlets.append({_outlet(quote)})
            shown_of[quote.stored.id] = length
    return tuple(
        ShownQuote(n, quote, phase, standing, len(carriers) - 1)
        for n, ((quote, phase, standing), carriers) in enumerate(zip(chosen, outlets, strict=True), 1)
    )


def is_exact(quote: Quote) -> bool:
    """Whether a quote is a stretch of its article, and no longer than one may be."""
    start, end = quote.span.start, quote.span.end
    return 0 <= start < end <= len(quote.stored.article.text) and end - start <= LONGEST_QUOTE


def says(shown_quote: ShownQuote, statement: Statement) -> bool:
    """Whether a quote has a statement's words: it is the same one, or a copy of it in another outlet."""
    quote, wanted = shown_quote.quote, statement.quote
    if quote.stored == wanted.stored:
        return quote.span.start <= wanted.span.start and wanted.span.end <= quote.span.end
    return same_sentence(quote.text, wanted.text) and same_story(quote.stored.article, wanted.stored.article)


def _outlet(quote: Quote) -> str:
    """Who carries a quote; an article without a publisher is an outlet of its own."""
    return quote.stored.article.publisher or quote.stored.id


def _is_copy(quote: Quote, other: Quote) -> bool:
    return (
        quote.stored.id != other.stored.id
        and quote.stored.owner == other.stored.owner
        and same_sentence(quote.text, other.text)
        and same_story(quote.stored.article, other.stored.article)
    )


def _overlap(quote: Quote, other: Quote) -> bool:
    return quote.stored == other.stored and quote.span.start < other.span.end and other.span.start < quote.span.end


def ellipses(quote: Quote) -> tuple[str, str]:
    """What stands before and after the quotation marks: `… ` and ` …` where the quote is cut out of a sentence."""
    text = quote.stored.article.text
    home = sentence_at(text, quote.span.start)
    last = sentence_at(text, quote.span.end - 1)
    return (
        "" if home is None or home.start == quote.span.start else "… ",
        "" if last is None or last.end == quote.span.end else " …",
    )
