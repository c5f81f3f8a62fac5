"""Makes and undoes corrections. Articles and claims stay as they are: a correction changes what is seen of them."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from index.article import SHARED, Claim, Owner
from index.correction import Alias, Content, Correction
from index.dates import PartialDate
from index.errors import PlainError
from index.indexing import Writer
from index.library import Library, checked_owner
from index.snapshot import Snapshot

# What a moderator means, by what the owner sees and has corrected. Raises PlainError where that cannot be told.
Decide = Callable[[Snapshot, Sequence[Correction]], Content]


@dataclass(frozen=True, slots=True)
class Effect:
    """A correction, made or undone, and how much it changed for its owner. `new` is false where it was there before."""

    correction: Correction
    new: bool = True
    claims: int = 0  # that are made, are made no more or say something else
    articles: int = 0  # that make those


class Corrector:
    """Changes an owner's corrections, by the one writer's leave."""

    def __init__(self, library: Library, writer: Writer, *, most: int | None = None) -> None:
        """`most` bounds how many one server may have; the shared ones are not bounded."""
        self._library = library
        self._writer = writer
        self._most = most

    async def correct(self, decide: Decide, owner: Owner = SHARED, *, made_by: str) -> Effect:
        """Make a correction; the same again is none. Raises PlainError where the owner has one that says otherwise."""
        async with self._writer.alone():
            before = await self._library.snapshot(checked_owner(owner))
            held = (await self._library.store.corrected(owner)).made
            content = await asyncio.to_thread(decide, before, held)
            same = next((c for c in held if c.content.subject == content.subject), None)
            if same and same.content.says == content.says:
                return Effect(same, new=False)
            if same:
                raise PlainError(f"Correction {same.number} says otherwise. Undo that one first.")
            if owner != SHARED and self._most is not None and len(held) >= self._most:
                raise PlainError(f"This server has {self._most} corrections already. Undo some first.")
            with self._library.writing(owner):
                await self._foresee(owner, (*held, Correction(owner, 0, content, made_by, "")), content)
                made = await self._library.store.correct(owner, content, made_by)
                await self._library.publish(owner)
            return _effect(made, before, await self._library.snapshot(owner))

    async def undo(self, number: int, owner: Owner = SHARED) -> Effect:
        """Take a correction back. Raises PlainError where the owner has none of that number."""
        async with self._writer.alone():
            before = await self._library.snapshot(checked_owner(owner))
            held = (await self._library.store.corrected(owner)).made
            undone = next((correction for correction in held if correction.number == number), None)
            if undone is None:
                raise PlainError(f"There is no correction {number}. The list of corrections has their numbers.")
            with self._library.writing(owner):
                await self._foresee(owner, [c for c in held if c is not undone], undone.content)
                await self._library.store.undo(owner, number)
                await self._library.publish(owner)
            return _effect(undone, before, await self._library.snapshot(owner))

    async def _foresee(self, owner: Owner, made: Sequence[Correction], changed: Content) -> None:
        await self._library.foresee(owner, made, by_all=isinstance(changed, Alias))


def _effect(correction: Correction, before: Snapshot, after: Snapshot) -> Effect:
    one, other = _told(before), _told(after)
    articles = {article for article, *_ in one ^ other}
    return Effect(correction, claims=max(len(one - other), len(other - one)), articles=len(articles))


def _told(snapshot: Snapshot) -> set[tuple[str, PartialDate | None, Claim]]:
    return {(s.stored.id, s.said, s.claim) for s in snapshot.all_statements()}
