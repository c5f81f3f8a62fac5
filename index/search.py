"""A question's needs → ordered evidence. One function scores, whatever engine recalled, each passage by itself."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from index.article import Stored
from index.dates import PartialDate
from index.encoder import Vectors
from index.snapshot import Place, Segment, Snapshot
from index.wordindex import Scores, tokens

_RECALLED = 200  # passages by meaning, and as many by words, of each owner

# Shares of a passage's score. Chosen on the project's questions; see docs/quality.md.
_MEANING = 0.55
_WORDS = 0.45
_ORGANISATIONS = 0.30  # all asked organisations named in the passage or its title
_PUBLISHER = 0.15
_DATE = 0.10


@dataclass(frozen=True, slots=True)
class Need:
    """What evidence is looked for. Organisations, publisher and date weigh; only `as_of` cuts. `words` are those that
    count, without the small ones; all of the text, where there are none."""

    text: str
    vector: Vectors
    organisations: tuple[str, ...] = ()
    publisher: str | None = None
    about: PartialDate | None = None
    as_of: PartialDate | None = None
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """A passage and how well it fits, best about 1."""

    place: Place
    score: float


def search(snapshot: Snapshot, need: Need, most: int = 30) -> list[Found]:
    """The passages that fit best, best first; ties break by the article's id, which is a hash, and by place."""
    found = [hit for segment in snapshot.segments for hit in _of_segment(segment, need)]
    found.sort(key=lambda hit: (-round(hit.score, 6), hit.place.stored.id, hit.place.span.start))
    return found[:most]


def is_visible(stored: Stored, as_of: PartialDate | None) -> bool:
    """Whether an article was published on or before a date; an undated one never is."""
    if as_of is None:
        return True
    published = stored.article.published
    return published is not None and published.last <= as_of.last


def _of_segment(segment: Segment, need: Need) -> list[Found]:
    if not segment.places:
        return []
    words = segment.words.scores(need.text)
    visible = None
    if need.as_of:  # before anything is recalled: what came later must not take the places of what there was
        visible = [p for p, place in enumerate(segment.places) if is_visible(place.stored, need.as_of)]
        words = _only(words, visible)
    by_words = words.argsort(kind="stable")[::-1][:_RECALLED]
    by_meaning = segment.nearest(need.vector, _RECALLED, visible)
    positions = sorted({*by_meaning, *(int(p) for p in by_words if words[p] > 0)})
    cosines = segment.cosines(need.vector, positions)
    shares = segment.words.shares(need.words or tokens(need.text))
    return [
        Found(place, _MEANING * cosine + _WORDS * float(shares[position]) + _bonus(segment, place, need))
        for position, cosine in zip(positions, cosines, strict=True)
        for place in (segment.places[position],)
    ]


def _only(scores: Scores, positions: Sequence[int]) -> Scores:
    kept = np.zeros_like(scores)
    kept[positions] = scores[positions]
    return kept


def _bonus(segment: Segment, place: Place, need: Need) -> float:
    article = place.stored.article
    bonus = 0.0
    if need.organisations:
        named = [name for name in need.organisations if place.stored.id in segment.names.get(name, ())]
        bonus += _ORGANISATIONS * len(named) / len(need.organisations)
    if need.publisher and article.publisher and _same_publisher(need.publisher, article.publisher):
        bonus += _PUBLISHER
    if need.about and article.published and _overlap(need.about, article.published):
        bonus += _DATE
    return bonus


def _same_publisher(asked: str, publisher: str) -> bool:
    """`The Verge`, `theverge` and `theverge.com` are one."""
    one, other = (_squeezed(name) for name in (asked, publisher))
    return bool(one) and (one in other or other in one)


def _squeezed(name: str) -> str:
    return "".join(c for c in name.casefold().removesuffix(".com") if c.isalnum()).removeprefix("the")


def _overlap(one: PartialDate, other: PartialDate) -> bool:
    return one.first <= other.last and other.first <= one.last


def articles_of(found: Sequence[Found], most: int) -> tuple[Stored, ...]:
    """The articles of these passages, each once, best first."""
    return tuple(dict.fromkeys(hit.place.stored for hit in found))[:most]
