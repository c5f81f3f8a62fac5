"""One generation of all that is searched: immutable, so a question that holds one sees no change."""

from collections import ChainMap, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Self

import faiss
import numpy as np

from index.article import Claim, Owner, Passage, Quote, Span, Stored
from index.corrections import Corrections, overlap
from index.dates import PartialDate
from index.encoder import Vectors
from index.organisations import Directory, folded
from index.store import SegmentRows
from index.wordindex import WordIndex

_NOW_AND_THEN = 5  # a word that is written with a capital this many times as often is a name, the others are slips


@dataclass(frozen=True, slots=True)
class Statement:
    """A claim with the article that makes it."""

    stored: Stored
    claim: Claim

    @property
    def quote(self) -> Quote:
        """The sentence, as the article has it."""
        return Quote(self.stored, self.claim.span)

    @property
    def said(self) -> PartialDate | None:
        """When it was published."""
        return self.stored.article.published


@dataclass(frozen=True, slots=True)
class Place:
    """A passage, and where it stands."""

    stored: Stored
    span: Span

    @property
    def text(self) -> str:
        """The words of the passage."""
        return self.stored.article.text[self.span.start : self.span.end]


class Segment:
    """One owner's articles, ready to be searched. Never changed after it is built."""

    def __init__(self, owner: Owner, rows: SegmentRows, vectors: Any, words: WordIndex | None = None) -> None:
        """`vectors` is a FAISS index with one vector a passage, in the order of `rows.passages`; so are `words`."""
        self.owner = owner
        self.rows = rows
        self.generation = rows.generation
        self.articles: tuple[Stored, ...] = tuple(sorted(rows.articles.values(), key=lambda stored: stored.id))
        self.places = tuple(Place(rows.articles[revision], span) for revision, span in rows.passages)
        self.statements = tuple(Statement(rows.articles[revision], claim) for revision, claim in rows.claims)
        self.words = words or WordIndex(
            [Passage(place.span, place.text) for place in self.places],
            [place.stored.article.title for place in self.places],
        )
        self.names: Mapping[str, frozenset[str]] = _articles_by_name(rows)
        self._vectors = vectors

    def with_rows(self, rows: SegmentRows) -> "Segment":
        """The same passages and words, with corrected articles and claims."""
        return Segment(self.owner, rows, self._vectors, self.words)

    def at(self, generation: int) -> Self:
        """The same as a later generation, in which nothing has changed but corrections."""
        later = copy(self)
        later.generation = generation
        return later

    def nearest(self, vector: Vectors, most: int, among: Sequence[int] | None = None) -> list[int]:
        """Positions of the passages nearest in meaning, best first; of some of them only, where `among` is given."""
        most = min(most, len(self.places) if among is None else len(among))
        if not most:
            return []
        params = None if among is None else _only(among)
        _, positions = self._vectors.search(vector.reshape(1, -1), most, params=params)
        found: list[int] = positions[0].tolist()
        return found

    def cosines(self, vector: Vectors, positions: Sequence[int]) -> list[float]:
        """The cosine of each of these passages."""
        if not positions:
            return []
        rows = np.stack([self._vectors.reconstruct(int(position)) for position in positions])
        return [float(x) for x in rows @ vector.reshape(-1)]

    @cached_property
    def in_lower_case(self) -> dict[str, str]:
        """Every organisation that an article names, by its name in lower case, with and without its accents."""
        names = sorted(self.names)
        return {folded(name): name for name in names} | {name.casefold(): name for name in names}

    @cached_property
    def by_end_word(self) -> Mapping[str, tuple[str, ...]]:
        """All names of several words, by the first and by the last of them in lower case."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for name in sorted(self.names):
            first, *more = name.casefold().split()
            if more:
                found[first].append(name)
                found[more[-1]].append(name)
        return {word: tuple(names) for word, names in found.items()}

    @cached_property
    def by_pair(self) -> Mapping[frozenset[str], tuple[Statement, ...]]:
        """All statements on each pair."""
        found: defaultdict[frozenset[str], list[Statement]] = defaultdict(list)
        for statement in self.statements:
            found[statement.claim.pair].append(statement)
        return {pair: tuple(statements) for pair, statements in found.items()}


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What one question sees: the shared segment and its server's, each as the corrections have them."""

    segments: tuple[Segment, ...]
    corrections: Corrections = field(default_factory=Corrections)

    @property
    def known(self) -> Directory:
        """The organisations by which questions are understood, moderators' spellings among them."""
        return self.corrections.known

    def statements(self, *names: str) -> list[Statement]:
        """All statements about all of these organisations together: on a pair, or on everything one takes part in."""
        wanted = frozenset(names)
        if len(wanted) == 2:
            return [s for segment in self.segments for s in segment.by_pair.get(wanted, ())]
        return [s for s in self.all_statements() if wanted <= s.claim.pair]

    def all_statements(self) -> Iterator[Statement]:
        """Every statement."""
        for segment in self.segments:
            yield from segment.statements

    def hides(self, quote: Quote, asked: Sequence[str]) -> bool:
        """Whether moderators have hidden what a sentence says of the organisations asked about, and it says no more."""
        if not asked or not self.corrections.hides(quote.stored, quote.span, asked):
            return False
        told = (s for s in self.statements(*asked) if s.stored == quote.stored)
        return not any(overlap(s.claim.span, quote.span) for s in told)

    def names(self) -> Iterable[str]:
        """Every organisation that any article names."""
        return {name for segment in self.segments for name in segment.names}

    @property
    def in_lower_case(self) -> Mapping[str, str]:
        """Every organisation that any article names, by its name in lower case, with and without its accents."""
        return ChainMap(*(segment.in_lower_case for segment in reversed(self.segments)))

    @property
    def is_empty(self) -> bool:
        """Whether there is no article at all."""
        return not any(segment.articles for segment in self.segments)

    def is_named(self, name: str) -> bool:
        """Whether any article names this organisation."""
        return any(name in segment.names for segment in self.segments)

    def longer_names(self, word: str) -> list[str]:
        """Every organisation of which this word, in any case, is the first or the last of several."""
        found = (segment.by_end_word.get(word.casefold(), ()) for segment in self.segments)
        return sorted({name for names in found for name in names})

    def names_together(self, *names: str) -> bool:
        """Whether one article names all of these organisations, one at least."""
        return any(
            frozenset.intersection(*(segment.names.get(name, frozenset()) for name in names))
            for segment in self.segments
        )

    def is_everyday(self, word: str) -> bool:
        """Whether the articles write this word without a capital, more than now and then."""
        counts = [segment.words.spellings(word) for segment in self.segments]
        lower, capital = (sum(count[i] for count in counts) for i in (0, 1))
        return lower * _NOW_AND_THEN > capital

    def knows(self, word: str) -> bool:
        """Whether any article has this word."""
        return any(segment.words.knows(word) for segment in self.segments)

    @property
    def articles(self) -> list[Stored]:
        """All articles."""
        return [stored for segment in self.segments for stored in segment.articles]


def _only(positions: Sequence[int]) -> Any:
    chosen = faiss.IDSelectorBatch(np.asarray(positions, np.int64))
    return faiss.SearchParameters(sel=chosen)  # type: ignore[call-arg]  # its stub leaves it out


def flat_index(vectors: Vectors, dimension: int) -> Any:
    """An exact FAISS index by inner product, which for unit vectors is the cosine."""
    index = faiss.IndexFlatIP(dimension)
    if len(vectors):
        index.add(np.ascontiguousarray(vectors, np.float32))
    return index


def _articles_by_name(rows: SegmentRows) -> dict[str, frozenset[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for revision, names in rows.names.items():
        for name in names:
            found[name].add(rows.articles[revision].id)
    return {name: frozenset(ids) for name, ids in found.items()}
