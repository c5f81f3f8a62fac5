"""Corrections in the store's tables, within a transaction of its."""

from collections.abc import Collection

from sqlalchemy import delete, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from index.article import Owner
from index.correction import Content, Correction, Redate
from index.errors import PlainError
from index.store import rows
from index.store.schema import corrected, correction


async def of(connection: AsyncConnection, owner: Owner) -> tuple[Correction, ...]:
    """An owner's corrections, by number."""
    query = select(correction).where(correction.c.owner == owner).order_by(correction.c.number)
    return tuple(rows.correction(row) for row in (await connection.execute(query)).mappings())


async def changes(connection: AsyncConnection, owner: Owner) -> int:
    """How many of an owner's generations came of corrections alone."""
    query = select(corrected.c.changes).where(corrected.c.owner == owner)
    return (await connection.execute(query)).scalar_one_or_none() or 0


async def put(connection: AsyncConnection, owner: Owner, content: Content, made_by: str, made_at: str) -> Correction:
    """Keep a correction under the owner's next number. Raises PlainError where one has its subject."""
    number = await _counted(connection, owner, made=1)
    row = rows.correction_row(owner, number, content, made_by, made_at)
    try:
        await connection.execute(insert(correction), [row])
    except IntegrityError:
        raise PlainError("A correction says something of this already. Undo that one first.") from None
    return rows.correction(row)


async def take_out(connection: AsyncConnection, owner: Owner, number: int) -> Correction | None:
    """Delete a correction; None where there is none of that number."""
    chosen = (correction.c.owner == owner) & (correction.c.number == number)
    row = (await connection.execute(select(correction).where(chosen))).mappings().first()
    if row is None:
        return None
    await connection.execute(delete(correction).where(chosen))
    await _counted(connection, owner, made=0)
    return rows.correction(row)


async def dates(connection: AsyncConnection, owner: Owner, articles: Collection[str]) -> dict[str, str]:
    """The corrected dates of some articles, by id."""
    query = select(correction.c.article_id, correction.c.published)
    query = query.where(correction.c.owner == owner, correction.c.kind == Redate.kind)
    found = {row.article_id: row.published for row in await connection.execute(query)}
    return {article_id: date for article_id, date in found.items() if article_id in articles}


async def _counted(connection: AsyncConnection, owner: Owner, *, made: int) -> int:
    """Count a change, and the correction where one is made. Returns the number of the newest correction."""
    one = upsert(corrected).values(owner=owner, last=made, changes=1)
    more = {"last": corrected.c.last + made, "changes": corrected.c.changes + 1}
    await connection.execute(one.on_conflict_do_update(index_elements=["owner"], set_=more))
    number: int = (await connection.execute(select(corrected.c.last).where(corrected.c.owner == owner))).scalar_one()
    return number
