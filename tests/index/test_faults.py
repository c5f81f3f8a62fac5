"""What can go wrong around a library: odd folders, lost files, two at once, a stop in the middle."""

import asyncio
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from sqlite3 import connect

import numpy as np
import pytest
from filelock import FileLock

from index.article import SHARED, Owner
from index.errors import PlainError
from index.indexing import Busy, Writer
from index.library import Library
from index.search import Need, search
from index.sentences import passages
from index.snapshot import Snapshot
from index.store import SegmentRows
from index.store.local import LocalStore
from tests.building import HashingEncoder, article

RUNNING = article("Leica works together with Huawei on phone cameras.", "Leica and Huawei")
OTHER = article("Zeiss works together with vivo on lenses.", "Zeiss and vivo")


def index_files(folder: Path) -> list[Path]:
    return sorted((folder / "index").iterdir())


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def titles(snapshot: Snapshot) -> set[str]:
    return {stored.article.title for stored in snapshot.articles}


def is_whole(snapshot: Snapshot) -> bool:
    """Whether every article has all its passages, each with a vector, and nothing else has any."""
    expected = sum(len(passages(stored.article.text)) for stored in snapshot.articles)
    places = [place for segment in snapshot.segments for place in segment.places]
    vector = np.ones(64, np.float32)
    found = [p for segment in snapshot.segments for p in segment.nearest(vector, 10_000)]
    return len(places) == len(found) == expected


# Folders


@pytest.mark.parametrize("name", ["a?b=c", "50%25", "a#b", "with space", "größe 小米", "a&mode=memory", ":memory:"])
async def test_a_folder_may_have_any_name(tmp_path: Path, name: str) -> None:
    for _ in range(2):
        library = await Library.open(tmp_path / name / "data", HashingEncoder())
        await Writer(library).add([RUNNING])
        assert titles(await library.snapshot()) == {RUNNING.title}
        await library.close()
    assert names_in(tmp_path) == [name]
    assert (tmp_path / name / "data" / "library.sqlite3").is_file()


async def test_a_database_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    (tmp_path / "library.sqlite3").mkdir()
    with pytest.raises(PlainError, match="RANGEFINDER_DATA_DIR"):
        await Library.open(tmp_path, HashingEncoder())


async def test_a_newer_library_is_refused_and_left_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite3"
    with closing(connect(path)) as newer:
        newer.executescript(
            "CREATE TABLE meta (key VARCHAR PRIMARY KEY, value TEXT NOT NULL); INSERT INTO meta VALUES ('schema', '2')"
        )
    with pytest.raises(PlainError, match="schema 2, not 1"):
        await LocalStore.open(path)
    with closing(connect(path)) as newer:
        assert newer.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall() == [("meta",)]


async def test_many_may_open_a_new_library_at_once(tmp_path: Path) -> None:
    opened = await asyncio.gather(*(Library.open(tmp_path, HashingEncoder()) for _ in range(8)))
    await Writer(opened[0]).add([RUNNING])
    assert [titles(await one.snapshot()) for one in opened] == [{RUNNING.title}] * 8
    for one in opened:
        await one.close()


# Index files


async def test_who_only_asks_leaves_no_file(tmp_path: Path, library: Library) -> None:
    for server in range(5):
        await library.snapshot(str(server))
    assert index_files(tmp_path) == []


async def test_what_a_killed_process_left_half_written_goes_with_the_next_change(
    tmp_path: Path, library: Library
) -> None:
    left = tmp_path / "index" / "shared-1-0123456789ab.0123456789abcdef.tmp"
    left.write_bytes(b"half")
    mine = tmp_path / "index" / "42-1-0123456789ab.faiss"
    mine.write_bytes(b"another owner's")
    await Writer(library).add([RUNNING])
    assert not left.exists()
    assert mine.exists()
    assert len(index_files(tmp_path)) == 2


async def test_an_index_that_was_cut_short_is_built_again(tmp_path: Path, library: Library) -> None:
    await Writer(library).add([RUNNING, OTHER])
    (path,) = index_files(tmp_path)
    whole = path.read_bytes()
    for length in (1, 20, 45, len(whole) // 2, len(whole) - 1):
        path.write_bytes(whole[:length])
        again = await Library.open(tmp_path, HashingEncoder())
        assert is_whole(await again.snapshot())
        assert path.read_bytes() == whole
        await again.close()


async def test_without_a_folder_for_index_files_all_goes_on(tmp_path: Path, library: Library) -> None:
    (tmp_path / "index").rmdir()
    (tmp_path / "index").write_text("in the way")
    await Writer(library).add([RUNNING])
    assert is_whole(await library.snapshot())


async def test_an_index_of_a_database_put_back_from_a_backup_is_not_taken(tmp_path: Path) -> None:
    """Both have generation 1, and as many passages."""
    for one in (RUNNING, OTHER):
        for name in ("library.sqlite3", "library.sqlite3-wal", "library.sqlite3-shm"):
            (tmp_path / name).unlink(missing_ok=True)
        library = await Library.open(tmp_path, encoder := HashingEncoder())
        await Writer(library).add([one])
        await library.close()
        library = await Library.open(tmp_path, encoder)
        hit = search(await library.snapshot(), Need(one.text, encoder.encode([one.text])[0]))[0]
        assert hit.place.text == one.text
        assert hit.score > 0.99
        await library.close()


# Two at once


async def test_a_second_writer_waits_for_its_turn(tmp_path: Path, library: Library) -> None:
    other = await Library.open(tmp_path, HashingEncoder())
    many = [article(f"Leica works with partner number {n}.", f"Number {n}") for n in range(40)]
    await asyncio.gather(Writer(library).add(many[:20]), Writer(other).add(many[20:]))
    assert len((await library.snapshot()).articles) == len((await other.snapshot()).articles) == 40
    await other.close()


async def test_one_who_stops_waiting_keeps_nobody_out(tmp_path: Path, library: Library) -> None:
    lock = FileLock(tmp_path / "writer.lock")
    lock.acquire()
    waiting = asyncio.create_task(Writer(library, patience=30).add([RUNNING]))
    done, _ = await asyncio.wait([waiting], timeout=0.2)
    assert not done
    waiting.cancel()
    await asyncio.wait([waiting])
    lock.release()
    await asyncio.sleep(0.2)  # longer than anybody who still waited would pause between two tries
    await Writer(library, patience=1).add([OTHER])
    assert titles(await library.snapshot()) == {OTHER.title}


async def test_one_who_is_busy_says_so_and_can_try_again(tmp_path: Path, library: Library) -> None:
    writer = Writer(library, patience=0)
    with FileLock(tmp_path / "writer.lock"):
        with pytest.raises(Busy):
            await writer.add([RUNNING])
        with pytest.raises(Busy):
            await writer.remove(["A title"])
        assert (await library.snapshot()).articles == []
    assert len((await writer.add([RUNNING])).new) == 1


async def test_a_stop_in_the_middle_of_adding_leaves_whole_batches(library: Library) -> None:
    many = [article(f"Leica works with partner number {n}.", f"Number {n}") for n in range(100)]
    adding = asyncio.create_task(Writer(library).add(many, report=lambda progress: adding.cancel()))
    with pytest.raises(asyncio.CancelledError):
        await adding
    assert len((await library.snapshot()).articles) in (16, 32)
    assert is_whole(await library.snapshot())
    assert len((await Writer(library).add(many)).new) in (68, 84)


async def test_a_model_that_fails_in_the_middle_leaves_whole_batches(tmp_path: Path) -> None:
    class Failing(HashingEncoder):
        def encode(self, texts: Sequence[str]) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
            if any("number 30" in text for text in texts):
                raise MemoryError
            return super().encode(texts)

    many = [article(f"Leica works with partner number {n}.", f"Number {n}") for n in range(40)]
    library = await Library.open(tmp_path, Failing())
    with pytest.raises(MemoryError):
        await Writer(library).add(many)
    assert len((await library.snapshot()).articles) == 16
    assert is_whole(await library.snapshot())
    await library.close()


async def test_another_process_asks_whole_libraries_only(tmp_path: Path, library: Library) -> None:
    other = await Library.open(tmp_path, HashingEncoder())
    many = [article(f"Leica works with partner {n}. " * (n % 9 + 1), f"Number {n}") for n in range(80)]
    adding = asyncio.create_task(Writer(library).add(many))
    seen = []
    while not adding.done():
        snapshot = await other.snapshot()
        assert is_whole(snapshot)
        seen.append(len(snapshot.articles))
        await asyncio.sleep(0)
    assert seen == sorted(seen)
    assert set(seen) <= {0, 16, 32, 48, 64, 80}
    assert len((await other.snapshot()).articles) == 80
    await other.close()


async def test_a_reindex_between_question_and_library_mixes_no_vectors(
    tmp_path: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The versions are read, then another process reindexes, then the rows are read."""
    await Writer(library).add([RUNNING])
    late = await Library.open(tmp_path, HashingEncoder())
    newer = await Library.open(tmp_path, HashingEncoder("another@2"))
    read = late.store.rows

    async def rows(owner: Owner) -> SegmentRows:
        await Writer(newer).reindex()
        return await read(owner)

    monkeypatch.setattr(late.store, "rows", rows)
    with pytest.raises(PlainError, match="reindex"):
        await late.snapshot()
    await late.close()
    await newer.close()


async def test_a_change_between_rows_and_vectors_is_noticed(
    tmp_path: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    await Writer(library).add([RUNNING])
    for path in index_files(tmp_path):
        path.unlink()
    late = await Library.open(tmp_path, HashingEncoder())
    read, changes = late.store.rows, [[OTHER]]

    async def rows(owner: Owner) -> SegmentRows:
        found = await read(owner)
        if owner == SHARED and changes:
            await Writer(library).add(changes.pop())
            for path in index_files(tmp_path):
                path.unlink()
        return found

    monkeypatch.setattr(late.store, "rows", rows)
    snapshot = await late.snapshot()
    assert is_whole(snapshot)
    assert titles(snapshot) == {RUNNING.title, OTHER.title}
    await late.close()


@pytest.mark.parametrize("owner", ["", "Shared", "-1", "1.5", "../1", "１２３", "1" * 21, "1\n", "42-7"])
async def test_only_shared_and_servers_ids_are_owners(library: Library, owner: str) -> None:
    with pytest.raises(PlainError, match="not a server's id"):
        await library.snapshot(owner)
    with pytest.raises(PlainError, match="not a server's id"):
        await Writer(library).add([RUNNING], owner)
    assert await library.store.owners() == []
