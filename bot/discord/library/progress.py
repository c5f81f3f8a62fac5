"""Long work that shows how far it is, in the message that answers the command."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import discord
import structlog

from bot.discord.library.render import interrupted_card, progress_card
from bot.discord.limits import EDIT_SECONDS
from bot.discord.reply import Reply
from index.indexing import Progress, Report

_log = structlog.get_logger()


@asynccontextmanager
async def shown_progress(reply: Reply, what: str, *, every: float = EDIT_SECONDS) -> AsyncIterator[Report]:
    """Gives the work a place to report to. The message is edited at most once in `every` seconds, here and after it.

    What is not reported within the first of these is never shown: most work is done by then.
    """
    board = _Board(reply, what, every)
    showing = asyncio.create_task(board.keep_showing())
    try:
        yield board.report
    except asyncio.CancelledError:
        await reply.show(interrupted_card(what))
        raise
    finally:
        showing.cancel()
        await asyncio.wait([showing])
        await board.rest()


class _Board:
    def __init__(self, reply: Reply, what: str, every: float) -> None:
        self._reply, self._what, self._every = reply, what, every
        self._latest: Progress | None = None
        self._edited_at: float | None = None

    def report(self, progress: Progress) -> None:
        self._latest = progress

    async def keep_showing(self) -> None:
        shown: Progress | None = None
        while True:
            await asyncio.sleep(self._every)
            if self._latest == shown and self._edited_at is not None:
                continue
            shown = self._latest
            self._edited_at = asyncio.get_running_loop().time()
            try:
                await self._reply.show(progress_card(self._what, shown))
            except discord.HTTPException as error:  # the work goes on; the report at the end is what counts
                _log.info("progress could not be shown", status=error.status, code=error.code)

    async def rest(self) -> None:
        """Wait until the next edit may come."""
        if self._edited_at is not None:
            await asyncio.sleep(self._edited_at + self._every - asyncio.get_running_loop().time())
