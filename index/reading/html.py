"""`.html` → Draft, by trafilatura (text, title, publisher, author, address) and htmldate (date)."""

import re
from copy import deepcopy
from datetime import date, timedelta
from functools import partial
from typing import Any, TypeAlias
from urllib.parse import urljoin, urlsplit

from index.errors import PlainError
from index.reading.addresses import canonical
from index.reading.draft import LONGEST_NAME, LONGEST_TITLE, Draft
from index.reading.markup import decode_markup

HtmlElement: TypeAlias = Any  # lxml.html.HtmlElement, published without types

# Dates that are not the article's own: those of other articles, of old pictures, and those its own prose speaks of.
_DATES_OF_OTHERS = (
    "//body//*[self::footer or self::aside or self::nav or self::img or self::figure or self::blockquote]"
)
_PROSE = "//body//*[self::p or self::li or self::td]"
_ENDS_A_SENTENCE = re.compile(r"[.!?…][\"'”’)\]]*\Z")
_LONGEST_BYLINE = 150  # characters
_MOST_ELEMENTS = 20_000  # a news page has 2,000 to 6,000; reading 20,000 takes a second or two, and time grows faster
_ANY_DATE = "2999-12-31"


def read_html(where: str, data: bytes, *, today: date) -> Draft:
    """The draft of an HTML file. Raises PlainError where no text is found in it."""
    return draft_of_html(where, decode_markup(data), today=today)


def draft_of_html(where: str, markup: str, *, today: date, url: str | None = None) -> Draft:
    """The article on a page; `url` is the address it came from. Raises PlainError where none is found.

    An address that the page gives for itself counts only on the same site, so that no page passes for another's.
    """
    try:
        found = _extract(where, markup, today, url)
    except PlainError:
        raise
    except Exception:  # libraries of that size fail on a stranger's markup in ways that nobody can list
        found = None
    if found is None:
        raise PlainError("No article can be found in it; give its text as a .txt or .md file instead.")
    return found


def _extract(where: str, markup: str, today: date, url: str | None) -> Draft | None:
    from trafilatura import bare_extraction, extract_metadata, load_html

    tree = load_html(markup)
    if tree is None:
        return None
    if sum(1 for _ in tree.iter()) > _MOST_ELEMENTS:
        raise PlainError("The page is built of too many pieces; give its text as a .txt or .md file instead.")
    said = extract_metadata(deepcopy(tree), url, {"original_date": True, "extensive_search": False})
    published, link = _published(tree, today, url), _canonical_link(tree)
    found: Any = bare_extraction(tree, url=url, include_comments=False)
    if found is None or not found.text:
        return None
    return Draft(
        where,
        found.text,
        title=_fitting(said.title, LONGEST_TITLE),
        publisher=_fitting(said.sitename, LONGEST_NAME),
        url=_own_address(link, url),
        published=published,
        author=_fitting(said.author, LONGEST_NAME),
    )


def _published(tree: HtmlElement, today: date, url: str | None) -> str | None:
    """The day it was published, as `YYYY-MM-DD`; one in the future only where the page states it in its head."""
    from htmldate import find_date

    page = deepcopy(tree)
    for element in page.xpath(_DATES_OF_OTHERS) + [p for p in page.xpath(_PROSE) if _is_prose(p)]:
        element.drop_tree()
    find = partial(find_date, original_date=True, extensive_search=False, deferred_url_extractor=True, url=url)
    tomorrow = today + timedelta(days=1)
    if found := find(deepcopy(page), max_date=tomorrow.isoformat()):
        return str(found)
    for body in page.xpath("//body"):
        body.clear()
    found = find(page, max_date=_ANY_DATE)
    return str(found) if found else None


def _is_prose(element: HtmlElement) -> bool:
    text = " ".join(element.text_content().split())
    return len(text) > _LONGEST_BYLINE or bool(_ENDS_A_SENTENCE.search(text))


def _canonical_link(tree: HtmlElement) -> str:
    """As the page writes it. trafilatura's own reading drops parameters that some pages do not open without."""
    links = tree.xpath("//link[@rel='canonical']/@href") + tree.xpath("//meta[@property='og:url']/@content")
    return str(links[0]) if links else ""


def _own_address(said: str, url: str | None) -> str | None:
    """The page's canonical address where it may be believed, else the one it came from."""
    try:
        address = canonical(urljoin(url or "", said))
    except (PlainError, ValueError):
        return url
    if url is None or (_site(address) == _site(url) and (urlsplit(address).path.strip("/") or _is_front_page(url))):
        return address
    return url


def _site(url: str) -> str:
    return urlsplit(url).netloc.lower().removeprefix("www.")


def _is_front_page(url: str) -> bool:
    return not urlsplit(url).path.strip("/")


def _fitting(text: str | None, most: int) -> str | None:
    """What a page says of itself, unless it is too long to be meant: then as if it had not said it."""
    return text if text and len(text) <= most else None
