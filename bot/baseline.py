"""Plain retrieval: what answers are measured beside. It embeds, takes the nearest passages, and never abstains."""

from bot.answer import Answer, ShownQuote
from bot.evidence import Encode
from index.article import LONGEST_QUOTE, Quote, Span, normalise
from index.dates import PartialDate
from index.search import is_visible
from index.sentences import narrowed, sentences
from index.snapshot import Place, Snapshot

_PASSAGES = 3


async def plain_answer(
    snapshot: Snapshot, question: str, *, yes_no: bool, encode: Encode, as_of: PartialDate | None = None
) -> Answer:
    """The three passages nearest in meaning, the best first; a question with yes or no is always answered by yes."""
    question = normalise(question)
    vector = (await encode([question]))[0]
    near: list[tuple[float, Place]] = []
    for segment in snapshot.segments:
        visible = [at for at, place in enumerate(segment.places) if is_visible(place.stored, as_of)]
        positions = segment.nearest(vector, _PASSAGES, visible if as_of else None)
        scores = segment.cosines(vector, positions)
        near += [(score, segment.places[at]) for score, at in zip(scores, positions, strict=True)]
    near.sort(key=lambda hit: (-hit[0], hit[1].stored.id, hit[1].span.start))
    quotes = [
        ShownQuote(n, Quote(place.stored, await _best_of(place, question, encode)), None, "reported")
        for n, (_, place) in enumerate(near[:_PASSAGES], 1)
    ]
    return Answer(question, "yes_no" if yes_no else "what", (), "yes" if yes_no else None, "", quotes=tuple(quotes))


async def _best_of(place: Place, question: str, encode: Encode) -> Span:
    """The passage where it is short enough to be quoted, else its sentence that is nearest to the question."""
    if place.span.end - place.span.start <= LONGEST_QUOTE:
        return place.span
    text = place.stored.article.text
    found = [s for s in sentences(text) if place.span.start <= s.start < place.span.end]
    first, *vectors = await encode([question, *(text[s.start : s.end] for s in found)])
    best = max(zip(vectors, found, strict=True), key=lambda one: float(one[0] @ first))
    return narrowed(text, best[1])
