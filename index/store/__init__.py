"""The store is the truth: all that is known stands in it, and what is searched is derived from it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from index.article import Article, Claim, Owner, Passage, Span, Stored
from index.correction import Content, Correction

HalfVectors = npt.NDArray[np.float16]


@dataclass(frozen=True, slots=True)
class Versions:
    """What the stored passages, vectors and claims were made with. Empty texts: nothing is stored yet."""

    model: str = ""
    passages: str = ""
    claims: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What the store remembers of an article, removed or not."""

    id: str
    content_hash: str
    text_hash: str
    removed: bool


@dataclass(frozen=True, slots=True)
class Told:
    """What the rules find in an article: its claims, and all organisations that it names."""

    claims: Sequence[Claim] = ()
    names: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Prepared:
    """An article with all that is derived from it, ready to be stored. `vectors` has one row a passage."""

    article: Article
    passages: Sequence[Passage]
    vectors: HalfVectors
    told: Told


@dataclass(frozen=True, slots=True)
class Change:
    """What one commit does to an owner's articles: all of it or nothing."""

    owner: Owner
    put: Sequence[Prepared] = ()
    remove: Sequence[str] = ()  # article ids
    added_by: str | None = None
    forget: bool = False  # removed articles leave no trace, so that they may come back by themselves


@dataclass(frozen=True, slots=True)
class SegmentRows:
    """All that an owner's segment is built from, in an order that does not depend on when things were added."""

    generation: int
    articles: Mapping[int, Stored]  # by revision
    passages: Sequence[tuple[int, Span]]  # revision, span
    claims: Sequence[tuple[int, Claim]]  # revision, claim
    names: Mapping[int, Sequence[str]]  # by revision


@dataclass(frozen=True, slots=True)
class Corrected:
    """An owner's corrections, by number. `contents` is the generation without those that only corrections made.

    As long as it stays the same, articles, passages, claims and vectors do.
    """

    generation: int
    contents: int
    made: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True)
class Counts:
    """How much an owner has."""

    articles: int = 0
    passages: int = 0
    claims: int = 0
    newest: str | None = None  # published
    generation: int = 0


class Store(Protocol):
    """Where the library lives. Every change is one transaction and raises the owner's generation by one."""

    async def versions(self) -> Versions: ...

    async def set_versions(self, versions: Versions) -> None: ...

    async def owners(self) -> list[Owner]: ...

    async def generations(self, owners: Sequence[Owner]) -> dict[Owner, int]: ...

    async def known(self, owner: Owner) -> dict[str, Known]:
        """By the article's key."""
        ...

    async def commit(self, change: Change) -> int:
        """Carry out a change. Returns the owner's new generation."""
        ...

    async def rows(self, owner: Owner) -> SegmentRows: ...

    async def vectors(self, owner: Owner, generation: int) -> HalfVectors | None:
        """One row a passage, in the order of `rows`; None where the owner's generation has moved on."""
        ...

    async def replace_claims(self, version: str, made: Mapping[int, Told]) -> None:
        """Put these, by revision, in the place of all claims and names, and record their version."""
        ...

    async def replace_passages(
        self, versions: Versions, made: Mapping[int, tuple[Sequence[Passage], HalfVectors]]
    ) -> None:
        """Put these passages, by revision, in the place of all passages, and record what they were made with."""
        ...

    async def corrected(self, owner: Owner) -> Corrected: ...

    async def correct(self, owner: Owner, content: Content, made_by: str) -> Correction:
        """Keep a correction. Raises PlainError where the owner has one of the same subject."""
        ...

    async def undo(self, owner: Owner, number: int) -> Correction | None:
        """Forget a correction; None where the owner has none of that number."""
        ...

    async def counts(self, owner: Owner) -> Counts:
        """How much the owner has; its newest article by corrected dates."""
        ...

    async def count_question(self, user: str, hour: int, most: int) -> bool:
        """Count a user's question in an hour of the clock; False, and not counted, where `most` is reached."""
        ...

    async def close(self) -> None: ...
