"""The open library: the store, the encoder, and the segments that questions search."""

import asyncio
import os
import re
import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self, TypeAlias

import faiss
import numpy as np

from index.article import SHARED, Owner, digest
from index.claims.judged import claims_version
from index.correction import Correction
from index.corrections import Corrections
from index.encoder import Encoder, Vectors
from index.errors import PlainError
from index.readings import Readings
from index.sentences import PASSAGE_VERSION
from index.snapshot import Segment, Snapshot, flat_index
from index.store import SegmentRows, Store, Told, Versions
from index.store.local import LocalStore

_OWNER = re.compile(r"shared|[0-9]{1,20}")


@dataclass(frozen=True, slots=True)
class Folder:
    """Where things lie in the data directory."""

    root: Path

    @property
    def database(self) -> Path:
        """The store."""
        return self.root / "library.sqlite3"

    @property
    def lock(self) -> Path:
        """Held by the one process that writes."""
        return self.root / "writer.lock"

    def index(self, owner: Owner, generation: int, content: str) -> Path:
        """The FAISS index of one generation of an owner's segment; `content` is a hash of what is in it.

        A database that was put back from a backup counts its generations again: the hash tells them apart.
        """
        return self.root / "index" / f"{owner}-{generation}-{content}.faiss"

    @property
    def readings(self) -> Path:
        """What articles say under corrections."""
        return self.root / "readings"

    def others(self, owner: Owner, current: Path) -> list[Path]:
        """Index files of the owner's other generations, and what a killed process left half written."""
        return [path for path in (self.root / "index").glob(f"{owner}-*") if path != current]


@dataclass(frozen=True, slots=True)
class _Part:
    """What is loaded of an owner: its segment as the articles have it, and its own corrections."""

    generation: int
    contents: int  # the generation, corrections left out
    segment: Segment
    made: tuple[Correction, ...]


ViewName: TypeAlias = tuple[Owner, Owner]  # whose articles, and by whose corrections


@dataclass(frozen=True, slots=True)
class _View:
    """A segment as corrections have it, and what it was made of."""

    raw: Segment
    corrections: Corrections
    segment: Segment


class Library:
    """Opens, follows and closes what a data directory holds. Questions take a `Snapshot` and keep it to their end."""

    def __init__(self, folder: Folder, store: Store, encoder: Encoder) -> None:
        self.folder = folder
        self.store = store
        self.encoder = encoder
        self._parts: dict[Owner, _Part] = {}
        self._loading: defaultdict[Owner, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._corrections: dict[Owner, Corrections] = {}  # by whose corrections, the shared ones included
        self._views: dict[ViewName, _View] = {}
        self._viewing: defaultdict[ViewName, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._readings = Readings(folder.readings)
        self._writing: set[Owner] = set()

    @classmethod
    async def open(cls, directory: Path, encoder: Encoder) -> Self:
        """Open or make the library in a folder. Raises PlainError where that cannot be done."""
        folder = Folder(directory)
        try:
            (directory / "index").mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise PlainError(
                f"The folder {directory} cannot be made or written to. Set RANGEFINDER_DATA_DIR to another one."
            ) from error
        return cls(folder, await LocalStore.open(folder.database), encoder)

    async def close(self) -> None:
        """Close the store."""
        await self.store.close()

    def versions(self) -> Versions:
        """What this program makes passages, vectors and claims with."""
        return Versions(self.encoder.version, PASSAGE_VERSION, claims_version())

    async def snapshot(self, owner: Owner = SHARED) -> Snapshot:
        """What an owner sees now: the shared articles and its own. Raises PlainError where a reindex must come first.

        Another process's change is noticed here; while this one writes, the generation before it answers.
        """
        owners = tuple(dict.fromkeys((SHARED, checked_owner(owner))))
        generations = await self.store.generations(owners)
        if any(generations.values()):
            self._check_vectors(await self.store.versions())
        return await self._seen(owner, {o: await self._part(o, generations[o]) for o in owners})

    async def publish(self, owner: Owner) -> None:
        """Load the owner's newest generation and put it in the place of the one before, by one assignment."""
        async with self._loading[owner]:
            part = await self._load(owner)
            await self.foresee(owner, part.made, part.segment.rows)
            self._parts[owner] = part

    async def foresee(
        self, owner: Owner, made: Sequence[Correction], rows: SegmentRows | None = None, *, by_all: bool = False
    ) -> None:
        """Read what an owner's corrections have articles say, before it is published: no question waits for it then.

        `rows` are the owner's own articles, where nothing but those has changed. `by_all`: what every other owner's
        articles say, too, where the corrections are shared.
        """
        everybody = await self.store.owners() if by_all and owner == SHARED else ()
        for seer in dict.fromkeys((owner, *everybody)):
            shared, own = [made if o == owner else (await self.store.corrected(o)).made for o in (SHARED, seer)]
            corrections = Corrections(shared if seer == SHARED else (*shared, *own))
            for whose in (owner,) if rows else dict.fromkeys((SHARED, seer) if own else (seer,)):
                given = rows or await self.store.rows(whose)
                await self._read((whose, seer if own else SHARED), given, corrections)

    async def vectors(self, texts: Sequence[str]) -> Vectors:
        """The vectors of some texts, one row each."""
        return await asyncio.to_thread(self.encoder.encode, texts)

    def writing(self, owner: Owner) -> "_Writing":
        """A `with` block in which questions are answered from the generation before."""
        return _Writing(self._writing, owner)

    def _check_vectors(self, stored: Versions) -> None:
        ours = self.versions()
        if (stored.model, stored.passages) != (ours.model, ours.passages):
            raise PlainError(
                f"The library was indexed with {stored.model} and this program would ask it with {ours.model}. "
                "Whoever runs it must do `rangefinder reindex` first, or set RANGEFINDER_MODEL back."
                if stored.model != ours.model
                else "The library was indexed by another version of Rangefinder. "
                "Whoever runs it must do `rangefinder reindex` first."
            )

    async def _part(self, owner: Owner, generation: int) -> _Part:
        current = self._parts.get(owner)
        if current and (current.generation == generation or owner in self._writing):
            return current
        async with self._loading[owner]:
            current = self._parts.get(owner)
            if current is None or current.generation != generation:
                self._parts[owner] = current = await self._load(owner)
            return current

    async def _load(self, owner: Owner) -> _Part:
        current = self._parts.get(owner)
        while True:
            held = await self.store.corrected(owner)
            if current and current.contents == held.contents:
                return _Part(held.generation, held.contents, current.segment.at(held.generation), held.made)
            rows = await self.store.rows(owner)
            if rows.generation != held.generation:
                continue  # changed between the two reads
            if rows.passages:
                self._check_vectors(await self.store.versions())  # a reindex may have been done since the question came
            path = self._index_file(owner, held.contents, rows)
            vectors = await asyncio.to_thread(self._from_file, path, rows)
            if vectors is None:
                stored = await self.store.vectors(owner, rows.generation)
                if stored is None:
                    continue  # likewise
                vectors = flat_index(stored.astype(np.float32), stored.shape[1] or 1)
                await asyncio.to_thread(self._to_file, path, owner, vectors)
            segment = await asyncio.to_thread(Segment, owner, rows, vectors)
            return _Part(held.generation, held.contents, segment, held.made)

    async def _seen(self, owner: Owner, parts: Mapping[Owner, _Part]) -> Snapshot:
        """The parts with their corrections. What only shared corrections change is made once for all owners."""
        made = tuple(correction for part in parts.values() for correction in part.made)
        if not made:
            return Snapshot(tuple(part.segment for part in parts.values()))
        by = owner if parts[owner].made else SHARED
        corrections = self._corrections.get(by)
        if corrections is None or corrections.made != made:
            self._corrections[by] = corrections = Corrections(made)
        segments = [await self._view((whose, by), part, corrections) for whose, part in parts.items()]
        return Snapshot(tuple(segments), corrections)

    async def _view(self, name: ViewName, part: _Part, corrections: Corrections) -> Segment:
        async with self._viewing[name]:
            view = self._views.get(name)
            if view is None or (view.raw, view.corrections) != (part.segment, corrections):
                told = await self._read(name, part.segment.rows, corrections)
                segment = await asyncio.to_thread(_corrected, part.segment, corrections, told)
                self._views[name] = view = _View(part.segment, corrections, segment)
            return view.segment

    async def _read(self, name: ViewName, rows: SegmentRows, corrections: Corrections) -> dict[int, Told]:
        version = self.versions().claims
        return await asyncio.to_thread(self._readings.told, "-".join(name), rows.articles, corrections, version)

    def _from_file(self, path: Path, rows: SegmentRows) -> Any:
        """The index as an earlier start left it; None where it is missing or damaged, for it can be built again."""
        if not path.is_file():
            return None
        try:
            index = faiss.read_index(str(path))
        except RuntimeError:
            return None
        return index if index.ntotal == len(rows.passages) else None

    def _index_file(self, owner: Owner, contents: int, rows: SegmentRows) -> Path:
        hashes = sorted(stored.article.content_hash for stored in rows.articles.values())
        content = digest(self.encoder.version, PASSAGE_VERSION, *hashes)[:12]
        return self.folder.index(owner, contents, content)

    def _to_file(self, path: Path, owner: Owner, index: Any) -> None:
        """Write the index beside its place and switch by one rename; a full or read-only disk costs only time."""
        if not index.ntotal:
            return  # a file for every server that only asks would be many
        beside = path.with_suffix(f".{uuid.uuid4().hex}.tmp")
        with suppress(OSError, RuntimeError):
            faiss.write_index(index, str(beside))
            os.replace(beside, path)  # noqa: PTH105  # the one call that is atomic by its contract
            for old in self.folder.others(owner, path):
                old.unlink(missing_ok=True)
        with suppress(OSError):
            beside.unlink(missing_ok=True)


class _Writing:
    def __init__(self, owners: set[Owner], owner: Owner) -> None:
        self._owners, self._owner = owners, owner

    def __enter__(self) -> None:
        self._owners.add(self._owner)

    def __exit__(self, *_: object) -> None:
        self._owners.discard(self._owner)


def _corrected(segment: Segment, corrections: Corrections, told: Mapping[int, Told]) -> Segment:
    return segment.with_rows(corrections.corrected(segment.rows, told)).at(segment.generation)


def checked_owner(owner: str) -> Owner:
    """The owner, if it is one. Raises PlainError for anything but `shared` or a server's id."""
    if not _OWNER.fullmatch(owner):
        raise PlainError(f"{owner!r} is not a server's id. Give the number that Discord shows for it.")
    return owner
