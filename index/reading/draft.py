"""What a reader found, and the one place where it becomes an Article."""

from dataclasses import dataclass
from datetime import date

from index.article import Article, Source, normalise
from index.dates import PartialDate
from index.errors import PlainError
from index.reading.addresses import canonical
from index.reading.hints import Hints
from index.reading.published import parse_published, refuse_future
from index.reading.refusal import Refusal
from index.reading.words import size

LONGEST_TITLE = 500  # characters
LONGEST_NAME = 200  # characters of a publisher or an author


@dataclass(frozen=True, slots=True)
class Draft:
    """An article as it came: nothing in it is checked yet. `where` names it in a Refusal."""

    where: str
    text: str
    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    published: str | None = None
    author: str | None = None
    sources: tuple[Source, ...] = ()


def finish(draft: Draft, *, today: date, hints: Hints, most_bytes: int) -> Article | Refusal:
    """The Article, where hints override what the draft says; or what is wrong with it."""
    try:
        return _article(draft, today, hints, most_bytes)
    except PlainError as error:
        return Refusal(draft.where, str(error))


def _article(draft: Draft, today: date, hints: Hints, most_bytes: int) -> Article:
    title = _one_line(hints.title or draft.title)
    if not title:
        raise PlainError("It has no title; write one into it, or give one beside it.")
    text = normalise(draft.text)
    if not text.strip():
        raise PlainError("It has no text; there is nothing in it to quote.")
    if len(text.encode()) > most_bytes:
        raise PlainError(f"Its text is longer than {size(most_bytes)}; split it into several articles.")
    published = hints.published or _date(draft.published)
    if published:
        refuse_future(published, today)
    return Article(
        title=_short(title, LONGEST_TITLE, "title"),
        text=text,
        publisher=_name(hints.publisher or draft.publisher, "publisher"),
        url=_address(hints.url or draft.url),
        published=published,
        author=_name(draft.author, "author"),
        sources=draft.sources,
    )


def _date(written: str | None) -> PartialDate | None:
    return parse_published(written) if written and written.strip() else None


def _address(written: str | None) -> str | None:
    return canonical(written) if written and written.strip() else None


def _one_line(text: str | None) -> str:
    lines = normalise(text or "").replace("\t", " ").splitlines()
    return " ".join(stripped for line in lines if (stripped := line.strip()))


def _name(text: str | None, what: str) -> str | None:
    return _short(_one_line(text), LONGEST_NAME, what) or None


def _short(text: str, most: int, what: str) -> str:
    if len(text) > most:
        raise PlainError(f"Its {what} is longer than {most} characters; shorten it.")
    return text
