"""Two questions in one text: taken apart, and their answers put together."""

import re
from dataclasses import replace

from bot.answer import Answer, ShownQuote
from bot.quoting import SHOWN_OF_ONE
from index.article import Span

_OF_EACH = 2  # quotes
_ASKS = (
    r"(?:who|whom|whose|when|why|what|which|where|how (?:much|many|long|come|often)|since when|until when|"
    r"(?:is|are|was|were|did|does|do|has|have|will|can|could|would)(?: it| they| he| she| that| this| there)?)"
)
_JOINT = re.compile(
    rf"(?:\?\s+(?:(?:and|also|plus|or|so|but)\s+)?|,?\s+(?:and|also|plus)\s+(?:also\s+)?)(?={_ASKS}\b)", re.IGNORECASE
)
_OPENS = re.compile(rf"^(?:so |and |but |ok |hey )?{_ASKS}\b", re.IGNORECASE)
_SHORTEST = 3  # words: less is no question of its own


def questions_in(text: str) -> tuple[str, ...]:
    """The one question of a text, or the two that it asks one after the other."""
    for joint in _JOINT.finditer(text):
        first, second = text[: joint.start()], text[joint.end() :]
        if _OPENS.search(first) and min(len(first.split()), len(second.split())) >= _SHORTEST:
            return first.rstrip(" ?") + "?", second
    return (text,)


def both(text: str, first: Answer, second: Answer) -> Answer:
    """One answer with the statements and the first quotes of two; of the first, if neither has a source."""
    if first.abstains and second.abstains:
        return replace(first, question=text)
    kept = _of_either(first.quotes[:_OF_EACH], second.quotes[:_OF_EACH])
    numbers = {(q.quote.stored.id, q.quote.span): n for n, q in enumerate(kept, 1)}
    parts = [_renumbered(answer, numbers) for answer in (first, second)]
    leading = second if first.abstains else first
    dates = [answer.holds_for for answer in (first, second) if answer.holds_for]
    return replace(
        leading,
        question=text,
        organisations=tuple(dict.fromkeys((*first.organisations, *second.organisations))),
        sentence=" ".join(parts),
        holds_for=max(dates, default=None),
        warning=first.warning or second.warning,
        quotes=tuple(replace(quote, n=n) for n, quote in enumerate(kept, 1)),
        nearest=(),
    )


def _of_either(first: tuple[ShownQuote, ...], second: tuple[ShownQuote, ...]) -> list[ShownQuote]:
    """The quotes of both, each once, and of one article no more than an answer may show."""
    kept: list[ShownQuote] = []
    for quote in (*first, *second):
        same = any(quote.quote == other.quote for other in kept)
        shown = sum(len(k.quote.text) for k in kept if k.quote.stored == quote.quote.stored)
        if not same and shown + len(quote.quote.text) <= SHOWN_OF_ONE:
            kept.append(quote)
    return kept


def _renumbered(answer: Answer, numbers: dict[tuple[str, Span], int]) -> str:
    """The sentence with the numbers that its quotes have now; a statement whose quote is gone goes with it."""
    now = {quote.n: numbers.get((quote.quote.stored.id, quote.quote.span)) for quote in answer.quotes}
    named = {int(n) for n in re.findall(r"\[(\d+)\]", answer.sentence)}
    if any(now.get(n) is None for n in named):
        return ""
    return re.sub(r"\[(\d+)\]", lambda match: f"[{now[int(match.group(1))]}]", answer.sentence)
