"""The one writer: add, replace, remove, reindex. What is not committed never happened."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from threading import Event
from typing import TypeVar

import numpy as np
from filelock import FileLock, Timeout

from index.article import SHARED, Article, Owner, Passage, Stored
from index.claims.judged import told_by
from index.corrections import Corrections
from index.errors import PlainError
from index.library import Library, checked_owner
from index.reading.refusal import Refusal
from index.sentences import passages
from index.store import Change, HalfVectors, Known, Prepared, Told, Versions
from index.store.rows import text_hash

_BATCH = 16  # articles a transaction: what a crash can cost
_EMBEDDED = 32  # passages at a time: a question's turn comes in between
_PATIENCE = 10.0  # seconds to wait for another writer
_PAUSE = 0.05  # seconds between two tries


@dataclass(frozen=True, slots=True)
class Progress:
    """How far long work is."""

    done: int
    total: int


T = TypeVar("T")
Report = Callable[[Progress], None]


@dataclass(slots=True)
class Added:
    """What became of the articles that were handed over. `refusals` are those that could not be taken."""

    new: list[str] = field(default_factory=list)  # article ids
    changed: list[str] = field(default_factory=list)
    unchanged: int = 0
    refusals: list[Refusal] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Starters:
    """What bringing the starter articles up to date changed."""

    new: int
    changed: int
    withdrawn: int


class Stopped(Exception):
    """Nobody waits for this work any longer."""


class Busy(PlainError):
    """Another process is changing the library."""


class Writer:
    """Changes a library. Only one process does at a time; questions go on meanwhile."""

    def __init__(self, library: Library, *, most_articles: int | None = None, patience: float = _PATIENCE) -> None:
        """`most_articles` bounds what one server may keep; the shared articles are not bounded."""
        self._library = library
        self._most_articles = most_articles
        self._patience = patience
        self._turn = asyncio.Lock()

    async def add(
        self,
        articles: Iterable[Article | Refusal],
        owner: Owner = SHARED,
        *,
        added_by: str | None = None,
        report: Report | None = None,
    ) -> Added:
        """Take articles in. The same address or text again changes nothing; a changed text replaces the old one.

        Raises PlainError where another process keeps writing, or the library must be reindexed first.
        """
        given = await asyncio.to_thread(list, articles)
        result = Added(refusals=[one for one in given if isinstance(one, Refusal)])
        async with self.alone(checked_owner(owner)):
            known = await self._library.store.known(owner)
            fresh = self._fresh([one for one in given if isinstance(one, Article)], owner, known, result)
            await self._put(fresh, owner, added_by, report)
        return result

    async def remove(self, wanted: Sequence[str], owner: Owner = SHARED) -> list[Stored]:
        """Take articles out, each named by its id, address or whole title. Returns them.

        Raises PlainError where one is not there, or a title is not enough to tell; then none is removed.
        """
        async with self.alone(checked_owner(owner)):
            rows = await self._library.store.rows(owner)
            chosen = [the_one(rows.articles.values(), name) for name in wanted]
            ids = sorted({stored.id for stored in chosen})
            if ids:
                await self._library.store.commit(Change(owner, remove=ids))
                await self._library.publish(owner)
            corrections = Corrections((await self._library.store.corrected(owner)).made)
        return [corrections.dated(stored) for stored in dict.fromkeys(chosen)]

    async def bring_starters(self, starters: Sequence[Article], report: Report | None = None) -> Starters:
        """Make the shared starter articles these: new ones in, changed ones replaced, withdrawn ones out.

        One that a moderator removed stays out.
        """
        async with self.alone(SHARED):
            known = await self._library.store.known(SHARED)
            kept = {article.key for article in starters}
            gone = [k.id for key, k in known.items() if key.startswith("seed:") and key not in kept and not k.removed]
            known = {key: k for key, k in known.items() if k.id not in gone}  # one may come again under another name
            result = Added()
            wanted = [a for a in starters if not (a.key in known and known[a.key].removed)]
            fresh = self._fresh(wanted, SHARED, known, result)
            if gone:
                await self._library.store.commit(Change(SHARED, remove=gone, forget=True))
            await self._put(fresh, SHARED, None, report, changed=bool(gone))
        return Starters(len(result.new), len(result.changed), len(gone))

    async def remake_claims(self) -> bool:
        """Make claims anew from the stored texts where the rules have changed. Returns whether they had."""
        stored = await self._library.store.versions()
        if stored == Versions() or stored.claims == self._library.versions().claims:
            return False
        async with self.alone(check=False):
            await self._remake_claims()
        return True

    async def reindex(self, *, everything: bool = False, report: Report | None = None) -> int:
        """Cut and embed all articles again where the model or the passages' version changed, or where asked to.

        The old passages answer until the new ones are committed, all at once. Returns the number of articles made anew.
        """
        await self.remake_claims()
        ours, stored = self._library.versions(), await self._library.store.versions()
        if stored == Versions():
            return 0  # nothing has been stored yet
        if not everything and (ours.model, ours.passages) == (stored.model, stored.passages):
            return 0
        async with self.alone(check=False):
            owners = await self._library.store.owners()
            rows = [await self._library.store.rows(owner) for owner in owners]
            articles = [(rev, a.article) for found in rows for rev, a in found.articles.items()]
            made: dict[int, tuple[list[Passage], HalfVectors]] = {}
            for done, (revision, article) in enumerate(articles):
                made[revision] = await self._working(partial(self._cut, article))
                _tell(report, done + 1, len(articles))
            await self._library.store.replace_passages(Versions(ours.model, ours.passages, stored.claims), made)
            for owner in owners:
                await self._library.publish(owner)
        return len(articles)

    async def _remake_claims(self) -> None:
        made: dict[int, Told] = {}
        for owner in await self._library.store.owners():
            rows = await self._library.store.rows(owner)
            made |= await asyncio.to_thread(
                lambda articles: {rev: told_by(a.article) for rev, a in articles.items()}, rows.articles
            )
        await self._library.store.replace_claims(self._library.versions().claims, made)

    def _fresh(
        self, articles: Sequence[Article], owner: Owner, known: dict[str, Known], result: Added
    ) -> list[Article]:
        """The articles that change something, each noted in `result`."""
        held = {key: k for key, k in known.items() if not k.removed}
        texts = {k.text_hash: key for key, k in held.items()}
        room = self._room(owner, known)
        fresh: dict[str, Article] = {}
        for article in articles:
            old = held.get(article.key)
            if _is_known(article, old, texts):
                result.unchanged += 1
                continue
            if old is None:
                if room is not None and room <= 0:
                    reason = f"this server keeps {self._most_articles} articles already. Remove some first."
                    result.refusals.append(Refusal(article.title, reason))
                    continue
                room = None if room is None else room - 1
                result.new.append(article.id_for(owner))
            elif article.key not in fresh:
                result.changed.append(article.id_for(owner))
            if old and texts.get(old.text_hash) == article.key:
                del texts[old.text_hash]
            now = Known(article.id_for(owner), article.content_hash, text_hash(article), removed=False)
            fresh[article.key], held[article.key], texts[now.text_hash] = article, now, article.key
        return list(fresh.values())

    def _room(self, owner: Owner, known: dict[str, Known]) -> int | None:
        if owner == SHARED or self._most_articles is None:
            return None
        return self._most_articles - sum(not k.removed for k in known.values())

    async def _put(
        self,
        articles: Sequence[Article],
        owner: Owner,
        added_by: str | None,
        report: Report | None,
        *,
        changed: bool = False,
    ) -> None:
        """Store articles, some at a time: whatever is committed stays, whenever the process ends."""
        for start in range(0, len(articles), _BATCH):
            batch = articles[start : start + _BATCH]
            prepared = await self._working(partial(self._all_prepared, batch))
            await self._library.store.commit(Change(owner, put=prepared, added_by=added_by))
            _tell(report, start + len(batch), len(articles))
        if articles or changed:
            await self._library.publish(owner)

    async def _working(self, work: Callable[[Event], T]) -> T:
        """Work in a thread that stops soon after nobody waits for it any longer: a thread cannot be cancelled."""
        stop = Event()
        try:
            return await asyncio.to_thread(work, stop)
        except asyncio.CancelledError:
            stop.set()
            raise

    def _all_prepared(self, articles: Sequence[Article], stop: Event) -> list[Prepared]:
        return [self._prepare(article, stop) for article in articles]

    def _prepare(self, article: Article, stop: Event) -> Prepared:
        cut, vectors = self._cut(article, stop)
        return Prepared(article, cut, vectors, told_by(article))

    def _cut(self, article: Article, stop: Event) -> tuple[list[Passage], HalfVectors]:
        cut = passages(article.text)
        texts = [passage.text for passage in cut]
        parts = []
        for first in range(0, max(1, len(texts)), _EMBEDDED):
            if stop.is_set():
                raise Stopped
            parts.append(self._library.encoder.encode(texts[first : first + _EMBEDDED]))
        return cut, np.concatenate(parts).astype(np.float16)

    @asynccontextmanager
    async def alone(self, owner: Owner | None = None, *, check: bool = True) -> AsyncIterator[None]:
        """Hold the writer's lock, in this process and among processes."""
        lock = FileLock(self._library.folder.lock, thread_local=False)
        async with self._turn:
            await self._acquire(lock)
            try:
                if check:
                    await self._check_versions()
                if owner is None:
                    yield
                else:
                    with self._library.writing(owner):
                        yield
            finally:
                lock.release()

    async def _acquire(self, lock: FileLock) -> None:
        """Take the lock by asking again and again: a thread that waits for it would take it for one who has left."""
        clock = asyncio.get_running_loop().time
        deadline = clock() + self._patience
        while True:
            try:
                lock.acquire(timeout=0)
                return
            except Timeout:
                if clock() >= deadline:
                    raise Busy("Another process is changing this library. Try again when it is done.") from None
            await asyncio.sleep(_PAUSE)

    async def _check_versions(self) -> None:
        """Record what an empty library is made with; refuse to mix vectors in another one."""
        ours, stored = self._library.versions(), await self._library.store.versions()
        if stored == Versions():
            await self._library.store.set_versions(ours)
        elif (stored.model, stored.passages) != (ours.model, ours.passages):
            raise PlainError(
                f"The library was indexed with {stored.model}, the settings name {ours.model}. "
                "Whoever runs it must do `rangefinder reindex` first, or set RANGEFINDER_MODEL back."
            )
        elif stored.claims != ours.claims:  # another version of the program has made them anew meanwhile
            await self._remake_claims()


def _is_known(article: Article, old: Known | None, texts: dict[str, str]) -> bool:
    """The same address with the same content, or the same text under another address."""
    if old is not None:
        return old.content_hash == article.content_hash
    return text_hash(article) in texts


def the_one(articles: Iterable[Stored], wanted: str) -> Stored:
    """The article of this id, address or whole title. Raises PlainError where there is none, or more than one."""
    wanted = wanted.strip()
    found = [a for a in articles if wanted in (a.id, a.article.url, a.article.title)]
    if not found:
        raise PlainError(f"There is no article {wanted!r}. Give its id, its address or its whole title.")
    if len(found) > 1:
        ids = ", ".join(sorted(a.id for a in found))
        raise PlainError(f"{len(found)} articles are called {wanted!r}. Give the id of one: {ids}.")
    return found[0]


def _tell(report: Report | None, done: int, total: int) -> None:
    if report:
        report(Progress(done, total))
