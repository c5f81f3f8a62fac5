"""The address of a page → Article."""

import asyncio
from dataclasses import replace
from datetime import date

from index.article import Article
from index.errors import PlainError
from index.reading.draft import Draft, finish
from index.reading.fetcher import Fetcher, Page
from index.reading.hints import NO_HINTS, Hints
from index.reading.html import draft_of_html
from index.reading.plain import read_plain
from index.reading.refusal import Refusal
from index.reading.words import plain_line

FEWEST_WORDS = 25  # below, it is a notice, a log-in or a cookie banner rather than an article


async def read_page(url: str, fetcher: Fetcher, *, today: date, hints: Hints = NO_HINTS) -> Article | Refusal:
    """The article at an address, or why it cannot be read."""
    where = plain_line(url.strip())
    try:
        page = await fetcher.fetch(url)
        draft = await asyncio.to_thread(_draft, where, page, today)
    except PlainError as error:
        return Refusal(where, str(error))
    return finish(draft, today=today, hints=hints, most_bytes=fetcher.most_bytes)


def _draft(where: str, page: Page, today: date) -> Draft:
    if page.content_type == "text/plain":
        draft = replace(read_plain(where, page.text), url=page.url)
    else:
        draft = draft_of_html(where, page.text, today=today, url=page.url)
    words = len(draft.text.split())
    if words < FEWEST_WORDS:
        raise PlainError(f"Only {words} words of an article can be found on it; give its text as a file instead.")
    return draft
