"""The local engine's store: one SQLite file."""

import asyncio
import json
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

from sqlalchemy import URL, Connection, Table, delete, event, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.exc import DatabaseError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from index.article import Owner, Passage, Span
from index.correction import Content, Correction
from index.dates import PartialDate
from index.errors import PlainError
from index.store import (
    Change,
    Corrected,
    Counts,
    HalfVectors,
    Known,
    Prepared,
    SegmentRows,
    Told,
    Versions,
    corrections,
    rows,
    schema,
)
from index.store.schema import article, claim, meta, passage, quota, revision, segment

_PATIENCE = 30  # seconds to wait for another process's commit


class LocalStore:
    """The library in one SQLite file, in WAL mode: readers never wait for the writer."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._writing = engine.execution_options(writing=True)

    @classmethod
    async def open(cls, path: Path) -> Self:
        """Open or make the file. Raises PlainError where it cannot be used, or was written by a newer version."""
        address = URL.create("sqlite+aiosqlite", database=str(path))  # not a string: a path may hold a `?`
        engine = create_async_engine(address, connect_args={"timeout": _PATIENCE})
        event.listen(engine.sync_engine, "connect", _set_up)
        event.listen(engine.sync_engine, "begin", _begin)
        store = cls(engine)
        try:
            await asyncio.to_thread(_try, path)
            await store._make_tables()
        except (sqlite3.Error, DatabaseError) as error:
            await engine.dispose()
            raise PlainError(
                f"The library {path} cannot be opened: it is not a library, or cannot be written to. "
                "Check the folder's permissions, or set RANGEFINDER_DATA_DIR to another folder."
            ) from error
        except PlainError:
            await engine.dispose()
            raise
        return store

    async def close(self) -> None:
        """Close all connections."""
        await self._engine.dispose()

    async def versions(self) -> Versions:
        """What the stored things were made with."""
        async with self._engine.connect() as connection:
            found = {row.key: row.value for row in await connection.execute(select(meta))}
        return Versions(found.get("model", ""), found.get("passages", ""), found.get("claims", ""))

    async def set_versions(self, versions: Versions) -> None:
        """Record what the stored things are made with."""
        async with self._writing.begin() as connection:
            await _record(connection, versions)

    async def owners(self) -> list[Owner]:
        """Everybody who has, or had, an article."""
        async with self._engine.connect() as connection:
            return list((await connection.execute(select(segment.c.owner).order_by(segment.c.owner))).scalars())

    async def generations(self, owners: Sequence[Owner]) -> dict[Owner, int]:
        """The generation of each owner; 0 for one who never had an article."""
        query = select(segment.c.owner, segment.c.generation).where(segment.c.owner.in_(owners))
        async with self._engine.connect() as connection:
            found = {row.owner: row.generation for row in await connection.execute(query)}
        return {owner: found.get(owner, 0) for owner in owners}

    async def known(self, owner: Owner) -> dict[str, Known]:
        """All articles that the owner has or removed, by their key."""
        query = (
            select(article.c.id, article.c.key, article.c.removed_at, revision.c.content_hash, revision.c.text_hash)
            .join(revision, isouter=True)
            .where(article.c.owner == owner)
        )
        async with self._engine.connect() as connection:
            return {
                row.key: Known(row.id, row.content_hash or "", row.text_hash or "", row.removed_at is not None)
                for row in await connection.execute(query)
            }

    async def commit(self, change: Change) -> int:
        """Put and remove articles in one transaction. Returns the owner's new generation."""
        async with self._writing.begin() as connection:
            for article_id in await _owned(connection, change.owner, change.remove):
                await _take_out(connection, article_id)
                if change.forget:
                    await connection.execute(delete(article).where(article.c.id == article_id))
                else:
                    await connection.execute(
                        update(article).where(article.c.id == article_id).values(removed_at=_now())
                    )
            for prepared in change.put:
                await _put(connection, change.owner, prepared, change.added_by)
            return await _next_generation(connection, change.owner)

    async def rows(self, owner: Owner) -> SegmentRows:
        """Everything that the owner's segment is built from."""
        async with self._engine.connect() as connection:
            generation = await _generation(connection, owner)
            texts = select(revision, article.c.owner, article.c.key).join(article).where(article.c.owner == owner)
            texts_found = list((await connection.execute(texts)).mappings())
            articles = {row["id"]: rows.stored(row) for row in texts_found}
            names = {row["id"]: json.loads(row["names"]) for row in texts_found}
            spans = _in_order(select(passage.c.revision_id, passage.c.start, passage.c.end), owner)
            passages = [(row.revision_id, Span(row.start, row.end)) for row in await connection.execute(spans)]
            of_owner = (
                select(claim, revision.c.article_id)
                .join(revision, claim.c.revision_id == revision.c.id)
                .where(claim.c.owner == owner)
                .order_by(revision.c.article_id, claim.c.start, claim.c.end, claim.c.a, claim.c.b, claim.c.phase)
            )
            found = (await connection.execute(of_owner)).mappings()
            claims = [(row["revision_id"], rows.claim(row)) for row in found]
        return SegmentRows(generation, articles, passages, claims, names)

    async def vectors(self, owner: Owner, generation: int) -> HalfVectors | None:
        """The passages' vectors in the order of `rows`."""
        async with self._engine.connect() as connection:
            if await _generation(connection, owner) != generation:
                return None
            blobs = await connection.execute(_in_order(select(passage.c.vector), owner))
            return rows.as_vectors(list(blobs.scalars()))

    async def replace_claims(self, version: str, made: Mapping[int, Told]) -> None:
        """Put these in the place of all claims and names, for every owner at once."""
        async with self._writing.begin() as connection:
            owners = await _owners_of(connection, list(made))
            await connection.execute(delete(claim))
            fresh = [rows.claim_row(c, rev, owners[rev]) for rev, told in made.items() for c in told.claims]
            if fresh:
                await connection.execute(insert(claim), fresh)
            for rev, told in made.items():
                named = update(revision).where(revision.c.id == rev).values(names=json.dumps(list(told.names)))
                await connection.execute(named)
            await _record_one(connection, "claims", version)
            await _raise_all(connection)

    async def replace_passages(
        self, versions: Versions, made: Mapping[int, tuple[Sequence[Passage], HalfVectors]]
    ) -> None:
        """Put these passages in the place of all passages, for every owner at once."""
        async with self._writing.begin() as connection:
            owners = await _owners_of(connection, list(made))
            await connection.execute(delete(passage))
            for rev, (passages, vectors) in made.items():
                if passages:
                    await connection.execute(insert(passage), rows.passage_rows(passages, vectors, rev, owners[rev]))
            await _record(connection, versions)
            await _raise_all(connection)

    async def corrected(self, owner: Owner) -> Corrected:
        """The owner's corrections in force, and the generations that they belong to."""
        async with self._engine.connect() as connection:
            generation = await _generation(connection, owner)
            alone = await corrections.changes(connection, owner)
            return Corrected(generation, generation - alone, await corrections.of(connection, owner))

    async def correct(self, owner: Owner, content: Content, made_by: str) -> Correction:
        """Keep a correction under the owner's next number."""
        async with self._writing.begin() as connection:
            made = await corrections.put(connection, owner, content, made_by, _now())
            await _next_generation(connection, owner)
        return made

    async def undo(self, owner: Owner, number: int) -> Correction | None:
        """Forget a correction."""
        async with self._writing.begin() as connection:
            undone = await corrections.take_out(connection, owner, number)
            if undone:
                await _next_generation(connection, owner)
        return undone

    async def counts(self, owner: Owner) -> Counts:
        """How much the owner has, removed articles left out."""
        async with self._engine.connect() as connection:
            texts = select(revision.c.article_id, revision.c.published).join(article).where(article.c.owner == owner)
            published = {row.article_id: row.published for row in await connection.execute(texts)}
            published |= await corrections.dates(connection, owner, published)
            newest = max((PartialDate.parse(date) for date in published.values() if date), default=None)
            passages, claims = [await _count(connection, table, owner) for table in (passage, claim)]
            generation = await _generation(connection, owner)
            return Counts(len(published), passages, claims, str(newest) if newest else None, generation)

    async def count_question(self, user: str, hour: int, most: int) -> bool:
        """Count a question unless the user has asked `most` in this hour; older hours are forgotten."""
        async with self._writing.begin() as connection:
            await connection.execute(delete(quota).where(quota.c.hour < hour))
            one = upsert(quota).values(user=user, hour=hour, questions=1)
            one = one.on_conflict_do_update(
                index_elements=["user", "hour"],
                set_={"questions": quota.c.questions + 1},
                where=quota.c.questions < most,
            )
            return (await connection.execute(one)).rowcount > 0

    async def _make_tables(self) -> None:
        async with self._writing.begin() as connection:
            await connection.run_sync(schema.metadata.create_all)
            await connection.execute(
                upsert(meta).values(key="schema", value=str(schema.SCHEMA_VERSION)).on_conflict_do_nothing()
            )
            found = (await connection.execute(select(meta.c.value).where(meta.c.key == "schema"))).scalar_one()
            if found != str(schema.SCHEMA_VERSION):  # within the transaction: its tables are left as they were
                raise PlainError(
                    f"Another version of Rangefinder wrote this library (schema {found}, not {schema.SCHEMA_VERSION}). "
                    "Take that version, or set RANGEFINDER_DATA_DIR to another folder."
                )


def _try(path: Path) -> None:
    """Raises sqlite3.Error where the file is no database: an engine that finds out leaves a thread behind."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA schema_version")


def _set_up(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # transactions are begun below, not by the driver's own rules
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def _begin(connection: Connection) -> None:
    """A writer takes its lock at once, so it waits rather than fails; a reader sees one state from start to end."""
    writing = connection.get_execution_options().get("writing")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _in_order(query: Any, owner: Owner) -> Any:
    """Passages by the hash in their article's id, then by place: the order of adding leaves no trace."""
    joined = query.join(revision, passage.c.revision_id == revision.c.id).where(passage.c.owner == owner)
    return joined.order_by(revision.c.article_id, passage.c.start, passage.c.end)


async def _put(connection: AsyncConnection, owner: Owner, prepared: Prepared, added_by: str | None) -> None:
    article_id = prepared.article.id_for(owner)
    number = await _take_out(connection, article_id) + 1
    fresh = {"owner": owner, "key": prepared.article.key, "added_at": _now(), "added_by": added_by, "removed_at": None}
    statement = upsert(article).values(id=article_id, **fresh)
    await connection.execute(statement.on_conflict_do_update(index_elements=["id"], set_=fresh))
    row = rows.revision_row(prepared.article, article_id, number, prepared.told.names)
    result = await connection.execute(insert(revision).values(row))
    revision_id: int = result.inserted_primary_key[0]  # type: ignore[index]  # an insert of one row has a key
    if prepared.passages:
        fresh_rows = rows.passage_rows(prepared.passages, prepared.vectors, revision_id, owner)
        await connection.execute(insert(passage), fresh_rows)
    if prepared.told.claims:
        await connection.execute(insert(claim), [rows.claim_row(c, revision_id, owner) for c in prepared.told.claims])


async def _owned(connection: AsyncConnection, owner: Owner, ids: Sequence[str]) -> list[str]:
    """Those of these articles that are the owner's."""
    query = select(article.c.id).where(article.c.owner == owner, article.c.id.in_(ids))
    return list((await connection.execute(query)).scalars())


async def _take_out(connection: AsyncConnection, article_id: str) -> int:
    """Delete an article's revision and all that hangs on it. Returns its number, 0 where there was none."""
    query = select(revision.c.id, revision.c.number).where(revision.c.article_id == article_id)
    found = (await connection.execute(query)).first()
    if found is None:
        return 0
    for table in (passage, claim):
        await connection.execute(delete(table).where(table.c.revision_id == found.id))
    await connection.execute(delete(revision).where(revision.c.id == found.id))
    number: int = found.number
    return number


async def _owners_of(connection: AsyncConnection, revisions: Sequence[int]) -> dict[int, Owner]:
    """Whose each revision is. Raises PlainError where these are not all the revisions there are."""
    query = select(revision.c.id, article.c.owner).join(article)
    found = {row.id: row.owner for row in await connection.execute(query)}
    if set(found) != set(revisions):
        raise PlainError("The library changed while it was being made anew. Try again.")
    return found


async def _count(connection: AsyncConnection, table: Table, owner: Owner) -> int:
    query = select(func.count()).select_from(table).where(table.c.owner == owner)
    return (await connection.execute(query)).scalar_one()


async def _generation(connection: AsyncConnection, owner: Owner) -> int:
    query = select(segment.c.generation).where(segment.c.owner == owner)
    return (await connection.execute(query)).scalar_one_or_none() or 0


async def _next_generation(connection: AsyncConnection, owner: Owner) -> int:
    statement = upsert(segment).values(owner=owner, generation=1)
    statement = statement.on_conflict_do_update(index_elements=["owner"], set_={"generation": segment.c.generation + 1})
    await connection.execute(statement)
    return await _generation(connection, owner)


async def _raise_all(connection: AsyncConnection) -> None:
    await connection.execute(update(segment).values(generation=segment.c.generation + 1))


async def _record(connection: AsyncConnection, versions: Versions) -> None:
    for key, value in (("model", versions.model), ("passages", versions.passages), ("claims", versions.claims)):
        await _record_one(connection, key, value)


async def _record_one(connection: AsyncConnection, key: str, value: str) -> None:
    statement = upsert(meta).values(key=key, value=value)
    await connection.execute(statement.on_conflict_do_update(index_elements=["key"], set_={"value": value}))


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
