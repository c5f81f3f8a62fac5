"""Opens and closes all that is open, and does what the terminal and Discord ask for."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Self

from bot.answer import Answer, Rumour
from bot.answering import Answerer
from bot.partners import Listing, partners_in, timeline_in
from bot.rumours import rumours_in
from bot.settings import Settings
from index.article import SHARED, Article, Owner, Stored
from index.correcting import Corrector, Decide, Effect
from index.correction import Correction
from index.dates import PartialDate
from index.encoder import SentenceTransformerEncoder
from index.indexing import Added, Busy, Report, Starters, Writer
from index.library import Library, checked_owner
from index.reading import Fetcher, Hints, Refusal, read_page
from index.store import Counts
from seeds import starters


@dataclass(frozen=True, slots=True)
class Status:
    """What a library holds, for the owner who asks: the shared articles, and its own where it is a server."""

    shared: Counts
    own: Counts | None
    model: str
    engine: str


class App:
    """All that the bot does, wherever it is asked. `open` is the one place that opens anything."""

    def __init__(self, settings: Settings, library: Library, fetcher: Fetcher) -> None:
        self.settings = settings
        self.library = library
        self._fetcher = fetcher
        self._writer = Writer(library, most_articles=settings.articles_per_server)
        self._corrector = Corrector(library, self._writer, most=settings.corrections_per_server)

    @classmethod
    @asynccontextmanager
    async def open(cls, settings: Settings) -> AsyncIterator[Self]:
        """The open app. Raises PlainError where the library cannot be opened."""
        encoder = SentenceTransformerEncoder(settings.model)
        library = await Library.open(settings.data_dir, encoder)
        try:
            async with Fetcher(
                allow=settings.fetch_allow, timeout=settings.fetch_timeout, most_bytes=settings.bytes_per_article
            ) as fetcher:
                app = cls(settings, library, fetcher)
                with suppress(Busy):  # who changes the library now makes the claims anew before
                    await app._writer.remake_claims()
                yield app
        finally:
            await library.close()

    async def ask(
        self, text: str, *, owner: Owner = SHARED, as_of: PartialDate | None = None, after: str | None = None
    ) -> Answer:
        """Answer a question from what the owner sees. `after` is the question before, for a follow-up."""
        snapshot = await self.library.snapshot(owner)
        answerer = Answerer(self.settings.age_warning_months, snapshot.known)
        return await answerer.answer(
            snapshot, text, encode=self.library.vectors, today=today(), as_of=as_of, after=after
        )

    async def rumours(
        self,
        *,
        owner: Owner = SHARED,
        organisation: str | None = None,
        since: date | None = None,
        most: int = 20,
    ) -> list[Rumour]:
        """The newest claims of standing rumoured or phase sought, newest first, each story once."""
        return rumours_in(await self.library.snapshot(owner), organisation, since, most, today())

    async def partners(self, organisation: str, *, owner: Owner = SHARED, as_of: PartialDate | None = None) -> Listing:
        """Where each partnership of an organisation stands; see `partners_in`."""
        snapshot, months = await self.library.snapshot(owner), self.settings.age_warning_months
        return await asyncio.to_thread(
            partners_in, snapshot, organisation, as_of=as_of, today=today(), warn_after=months
        )

    async def timeline(self, organisation: str, other: str | None = None, *, owner: Owner = SHARED) -> Listing:
        """Every span of an organisation's partnerships, or of that of two; see `timeline_in`."""
        snapshot = await self.library.snapshot(owner)
        return await asyncio.to_thread(timeline_in, snapshot, organisation, other, today=today())

    async def add(
        self,
        readings: Iterable[Article | Refusal],
        *,
        owner: Owner = SHARED,
        added_by: str | None = None,
        report: Report | None = None,
    ) -> Added:
        """Take articles in; see `Writer.add`."""
        return await self._writer.add(readings, owner, added_by=added_by, report=report)

    async def read_page(self, url: str, hints: Hints | None = None) -> Article | Refusal:
        """Fetch a web page and read the article on it."""
        return await read_page(url, self._fetcher, today=today(), hints=hints or Hints())

    async def remove(self, wanted: Sequence[str], *, owner: Owner = SHARED) -> list[Stored]:
        """Take articles out, by id, address or title; see `Writer.remove`."""
        return await self._writer.remove(wanted, owner)

    async def correct(self, decide: Decide, *, owner: Owner = SHARED, made_by: str) -> Effect:
        """Make a correction that `bot.corrections` decides; see `Corrector.correct`."""
        return await self._corrector.correct(decide, owner, made_by=made_by)

    async def undo(self, number: int, *, owner: Owner = SHARED) -> Effect:
        """Take a correction back; see `Corrector.undo`."""
        return await self._corrector.undo(number, owner)

    async def corrections(self, owner: Owner = SHARED) -> tuple[Correction, ...]:
        """The owner's own corrections, by number."""
        return (await self.library.store.corrected(checked_owner(owner))).made

    async def reindex(self, *, everything: bool = False, report: Report | None = None) -> int:
        """Cut and embed articles again; see `Writer.reindex`."""
        return await self._writer.reindex(everything=everything, report=report)

    async def bring_starters(self, report: Report | None = None) -> Starters:
        """Bring the shared starter articles up to date; a reindex comes first where the model has changed.

        While another process changes the library, they stay as they are.
        """
        try:
            await self._writer.reindex(report=report)
            return await self._writer.bring_starters(starters(), report)
        except Busy:
            return Starters(0, 0, 0)  # the next start brings them

    async def status(self, owner: Owner = SHARED) -> Status:
        """What the library holds."""
        store, owner = self.library.store, checked_owner(owner)
        own = await store.counts(owner) if owner != SHARED else None
        return Status(await store.counts(SHARED), own, self.library.versions().model, "local")

    async def may_ask(self, user: str) -> bool:
        """Count a question of this user; False where the hour's quota is used up."""
        hour = int(datetime.now(UTC).timestamp() // 3600)
        return await self.library.store.count_question(user, hour, self.settings.questions_per_user_hour)


def today() -> date:
    """The day it is, in Coordinated Universal Time."""
    return datetime.now(UTC).date()
