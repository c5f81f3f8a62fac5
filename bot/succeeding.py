"""An answer on a partnership that ended, and who came after."""

from collections.abc import Sequence
from datetime import date

from bot.answer import ShownQuote
from bot.judging import sources_of
from bot.quoting import says
from bot.wording import say
from index.succession import Successor


def with_successor(sentence: str, found: Successor, quotes: Sequence[ShownQuote], today: date) -> str:
    """The sentence with one more statement, by the quote that has it; the bare sentence where none is shown."""
    quote = next((quote for quote in quotes if says(quote, found.statement)), None)
    if quote is None:
        return sentence
    words = {"before": sentence.removesuffix("."), "party": found.party, "partner": found.partner}
    words |= sources_of([quote])
    if found.since and found.since.last <= today:
        return say("successor", "since", since=found.since.spoken(), m=quote.n, **words)
    name = "agreed" if found.statement.claim.phase == "agreed" else "running"
    return say("successor", name, m=quote.n, **words)
