"""From what somebody asks to an answer, within all bounds: the same for every way of asking."""

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.answer import Answer
from bot.discord.errors import Told
from bot.discord.limits import ANSWER_SECONDS, LONGEST_QUESTION
from index.article import Owner
from index.dates import PartialDate
from index.errors import PlainError

if TYPE_CHECKING:
    from bot.app import App


class Asker:
    """Counts, bounds and asks."""

    def __init__(self, app: "App", *, patience: float = ANSWER_SECONDS) -> None:
        """`patience` in seconds bounds how long an answer may take."""
        self._app = app
        self._patience = patience

    async def answer(self, question: str, *, user: int, owner: Owner, as_of: PartialDate | None = None) -> Answer:
        """Raises PlainError where the question is too long, the hour's quota used up, or the time over."""
        if len(question) > LONGEST_QUESTION:
            raise PlainError(f"That is too long: a question may have {LONGEST_QUESTION} characters.")
        try:
            async with asyncio.timeout(self._patience):
                await self._count(user)
                return await self._app.ask(question, owner=owner, as_of=as_of)
        except TimeoutError:
            raise PlainError("Sorry, the answer took too long. Try again, or ask something shorter.") from None

    async def _count(self, user: int) -> None:
        if not await self._app.may_ask(str(user)):
            most = self._app.settings.questions_per_user_hour
            when = next_hour(datetime.now(UTC))
            raise Told(f"You have asked {most} questions in this hour, and that is the most. Try again <t:{when}:R>.")


def next_hour(now: datetime) -> int:
    """When the next full hour begins, in seconds since 1970: quotas count full hours."""
    return (int(now.timestamp()) // 3600 + 1) * 3600


def as_of_date(text: str | None) -> PartialDate | None:
    """The date that somebody typed. Raises PlainError for anything else."""
    if text is None or not text.strip():
        return None
    try:
        return PartialDate.parse(text)
    except ValueError:
        raise PlainError(f"{text[:40]!r} is not a date. Write it like 2021, 2021-05 or 2021-05-16.") from None
