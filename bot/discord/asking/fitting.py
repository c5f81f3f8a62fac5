"""What an answer is cut down to until it fits a message: last quotes first, then the sentence, never inside a quote.

A statement whose quotes are all left out goes with them, and a quote's number is named only where the quote is shown.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.answer import Answer, ShownQuote
from bot.discord.limits import clipped
from bot.discord.quotes import Share
from index.sentences import sentences

_NUMBER = re.compile(r"\s?\[(\d+)\]")
LONGEST_SENTENCE = 1200  # characters of an answer's own words
_SHORT = 300  # where even that is too much beside one quote


@dataclass(frozen=True, slots=True)
class Fitted:
    """One attempt. With `plain_links` the links lack the fragment that opens them at the quote."""

    sentence: str
    quotes: tuple[ShownQuote, ...]
    plain_links: bool = True


def attempts(answer: Answer) -> Iterator[Fitted]:
    """The whole answer first, then ever less of it; the last is a short sentence with the first quote, or alone."""
    share = Share()
    quotes = tuple(one for one in answer.quotes if share.takes(one.quote))
    yield Fitted(_sentence(answer, quotes, LONGEST_SENTENCE), quotes, plain_links=False)
    for kept in range(len(quotes), 0, -1):
        yield Fitted(_sentence(answer, quotes[:kept], LONGEST_SENTENCE), quotes[:kept])
    yield Fitted(_sentence(answer, quotes[:1], _SHORT), quotes[:1])
    yield Fitted(_sentence(answer, (), _SHORT), ())


def _sentence(answer: Answer, quotes: Sequence[ShownQuote], longest: int) -> str:
    return _cut(supported(answer.sentence, {one.n for one in quotes}), longest)


def supported(sentence: str, shown: set[int]) -> str:
    """The answer without the statements that rest on no shown quote, and without the numbers of the others."""
    parts = [sentence[span.start : span.end] for span in sentences(sentence)]
    kept = [_renumbered(part, shown) for part in parts if _rests_on(part, shown)]
    return " ".join(kept)


def _rests_on(part: str, shown: set[int]) -> bool:
    named = {int(number) for number in _NUMBER.findall(part)}
    return not named or bool(named & shown)


def _renumbered(part: str, shown: set[int]) -> str:
    return _NUMBER.sub(lambda match: match.group() if int(match.group(1)) in shown else "", part)


def _cut(sentence: str, longest: int) -> str:
    """Whole sentences up to so long; where the first is longer already, a part of that."""
    ends = [span.end for span in sentences(sentence) if span.end <= longest]
    return sentence[: ends[-1]] if ends else clipped(sentence, longest)
