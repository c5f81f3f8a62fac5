"""What a moderator hands over → readings, checked before anything is downloaded."""

import asyncio
from datetime import date
from pathlib import PurePath
from typing import TYPE_CHECKING

import discord

from index.article import Article
from index.errors import PlainError
from index.reading import Refusal, read_upload
from index.reading.formats import RECORDS_WEIGH

if TYPE_CHECKING:
    from bot.app import App

Readings = list[Article | Refusal]
_RECORDS = (".json", ".jsonl")


async def from_address(app: "App", address: str) -> Readings:
    """The page at an address."""
    return [await app.read_page(address)]


async def from_file(app: "App", file: discord.Attachment, today: date) -> Readings:
    """The articles in an uploaded file. Raises PlainError where it is too large, or cannot be fetched from Discord."""
    most = app.settings.bytes_per_article
    check_size(file.filename, file.size, most)
    try:
        data = await file.read()
    except discord.HTTPException:
        raise PlainError("Discord did not hand the file over. Upload it again.") from None
    return await asyncio.to_thread(lambda: list(read_upload(file.filename, data, today=today, most_bytes=most)))


def check_size(name: str, size: int, bytes_per_article: int) -> None:
    """Raises PlainError for a file that would be refused after its download anyway."""
    records = PurePath(name).suffix.lower() in _RECORDS
    most = bytes_per_article * (RECORDS_WEIGH if records else 1)
    if size > most:
        raise PlainError(f"The file has {size:,} bytes, and at most {most:,} are taken. Split it into smaller files.")
