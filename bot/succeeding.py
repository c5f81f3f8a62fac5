"""An answer on a partnership that ended, and who came after."""

from collections.abc import Sequence
from datetime import date

from bot.answer import ShownQuote
from bot.judging import publisher_of
from bot.quoting import says
from bot.wording import on_date, say
from index.succession import Successor


def with_successor(sentence: str, found: Successor, quotes: Sequence[ShownQuote], today: date) -> str:
    """The sentence with one more statement, by the quote that has it; the bare sentence where none is shown."""
    quote = next((quote for quote in quotes if says(quote, found.statement)), None)
    if quote is None:
        return sentence
    said = quote.quote.stored.article.published
    words = {
        "before": sentence.removesuffix("."),
        "party": found.party,
        "partner": found.partner,
        "publisher": publisher_of(quote.quote),
        "when": f" {on_date(said)}" if said else "",
        "m": quote.n,
    }
    if found.since and found.since.last <= today:
        return say("successor", "since", since=found.since.spoken(), **words)
    return say("successor", "agreed" if found.statement.claim.phase == "agreed" else "running", **words)
