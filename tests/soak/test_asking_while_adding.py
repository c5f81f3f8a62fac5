"""Many questions while a library is filled, changed, emptied and reindexed: each sees one whole generation."""

import asyncio
import random
from pathlib import Path

import numpy as np
import pytest

from index.article import SHARED, Article
from index.indexing import Writer
from index.library import Library
from index.search import Need, search
from index.sentences import passages
from index.snapshot import Snapshot
from index.timeline import status_of
from tests.building import DIMENSION, HashingEncoder, article

MAKERS = ("Leica", "Zeiss", "Hasselblad", "Ricoh", "Kodak")
PHONES = ("Xiaomi", "vivo", "Oppo", "realme", "Sharp")
SAID = ("work together on cameras", "have agreed to make a phone", "ended their partnership", "may soon join forces")


def generated(number: int, revision: int = 0) -> Article:
    """The article of a number. Each revision of it has another text at the same address."""
    maker, phone, said = MAKERS[number % 5], PHONES[number // 5 % 5], SAID[(number + revision) % 4]
    text = f"{maker} and {phone} {said}. This is report {number} of {maker}, read for the {revision}th time. "
    return article(
        text * (1 + number % 4),
        f"{maker} and {phone}, {number}",
        published=f"20{10 + number % 14}-{1 + number % 12:02}",
        url=f"https://example.org/{number}",
    )


def check(snapshot: Snapshot, encoder: HashingEncoder) -> None:
    """One whole generation: each passage has its own vector, each claim its article, and all can be searched."""
    for segment in snapshot.segments:
        expected = [(a.id, p.span) for a in segment.articles for p in passages(a.article.text)]
        assert [(place.stored.id, place.span) for place in segment.places] == expected
        assert len(segment.nearest(np.ones(DIMENSION, np.float32), 10**6)) == len(expected)
        for position in range(0, len(expected), 1 + len(expected) // 5):
            (its_own,) = encoder.encode([segment.places[position].text])
            assert segment.cosines(its_own, [position]) == pytest.approx([1], abs=1e-2)
        assert {s.stored for s in segment.statements} <= set(segment.articles)
    status_of(snapshot.statements("Leica", "Xiaomi"))
    vector = encoder.encode(["is Leica still with Xiaomi?"])[0]
    assert bool(search(snapshot, Need("is Leica still with Xiaomi?", vector))) == bool(snapshot.articles)


async def asked(library: Library, encoder: HashingEncoder, owner: str, over: asyncio.Event) -> int:
    """Ask until it is over, each question of the snapshot that was held before as well."""
    number, before = 0, await library.snapshot(owner)
    while not over.is_set():
        snapshot = await library.snapshot(owner)
        generations = [s.generation for s in snapshot.segments]
        assert all(old.generation <= new for old, new in zip(before.segments, generations, strict=True))
        await asyncio.to_thread(check, snapshot, encoder)
        await asyncio.to_thread(check, before, encoder)
        number, before = number + 1, snapshot
    return number


async def changed(
    writer: Writer, owners: tuple[str, ...], turns: int, chance: random.Random
) -> dict[str, dict[int, int]]:
    """Add, change, remove and reindex at random. Returns the revisions that each owner has in the end."""
    held: dict[str, dict[int, int]] = {owner: {} for owner in owners}
    for _ in range(turns):
        owner = chance.choice(owners)
        mine = held[owner]
        match chance.randrange(8):
            case 0 if mine:
                gone = chance.sample(sorted(mine), min(len(mine), 5))
                await writer.remove([f"https://example.org/{number}" for number in gone], owner)
                for number in gone:
                    del mine[number]
            case 1:
                await writer.reindex(everything=True)
            case _:
                numbers = chance.sample(range(400), chance.randrange(1, 40))
                fresh = {number: mine.get(number, -1) + 1 for number in numbers}
                await writer.add([generated(number, revision) for number, revision in fresh.items()], owner)
                mine |= fresh
    return held


async def check_asking(tmp_path: Path, turns: int) -> None:
    encoder, owners = HashingEncoder(), (SHARED, "1", "2")
    library, other = await Library.open(tmp_path, encoder), await Library.open(tmp_path, encoder)
    over = asyncio.Event()
    asking = [asyncio.create_task(asked(one, encoder, o, over)) for one in (library, other) for o in owners]
    try:
        held = await changed(Writer(library), owners, turns, random.Random(turns))
    finally:
        over.set()
    assert all(number > 0 for number in await asyncio.gather(*asking))
    for owner, mine in held.items():
        expected = {generated(number, revision) for number, revision in mine.items()}
        for one in (library, other):
            assert {a.article for a in (await one.snapshot(owner)).segments[-1].articles} == expected
    await library.close()
    await other.close()


async def test_questions_see_whole_generations_while_a_library_changes(tmp_path: Path) -> None:
    await check_asking(tmp_path, 8)


@pytest.mark.soak
async def test_questions_see_whole_generations_for_a_long_time(tmp_path: Path) -> None:
    await check_asking(tmp_path, 120)
