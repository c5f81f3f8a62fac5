"""Stories of links: a browser opens the page at the quote, and the source is named as it is."""

from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.links import link_of, source_line, source_of
from index.article import Article, Quote, Source, Span, Stored, normalise
from index.dates import PartialDate
from tests.building import article

FRAGMENT = "#:~:text="
LONG = "Leica and Huawei, who had worked on cameras for phones since 2015, parted on 31 March 2022 for good."


def quote_of(written: Article, text: str | None = None) -> Quote:
    start = written.text.index(text) if text else 0
    return Quote(Stored("id", 1, "shared", written), Span(start, start + len(text or written.text)))


def linked(text: str, url: str = "https://example.org/story") -> str:
    link = link_of(quote_of(article(text, url=url)))
    assert link
    return link


def starter(text: str, *sources: Source) -> Quote:
    return quote_of(article(text, publisher="Rangefinder desk", sources=sources))  # type: ignore[arg-type]


def test_without_an_address_there_is_no_link() -> None:
    assert link_of(quote_of(article("Leica left."))) is None


def test_a_short_quote_stands_whole_in_the_link() -> None:
    assert linked("Leica left.") == f"https://example.org/story{FRAGMENT}Leica%20left."


def test_a_long_quote_is_named_by_its_first_and_last_words() -> None:
    start, end = linked(LONG).split(FRAGMENT)[1].split(",")
    assert LONG.startswith(unquote(start))
    assert LONG.endswith(unquote(end))
    assert unquote(end) == "31 March 2022 for good."


@pytest.mark.parametrize(
    ("text", "encoded"),
    [
        ("a well-known deal", "a%20well%2Dknown%20deal"),
        ("Xiaomi, Honor, Sharp", "Xiaomi%2C%20Honor%2C%20Sharp"),
        ("“It ends” – Leica", "%E2%80%9CIt%20ends%E2%80%9D%20%E2%80%93%20Leica"),
        ("R&D #1 = 50 %", "R%26D%20%231%20%3D%2050%20%25"),
        ("two\tand  three", "two%20and%20three"),
    ],
)
def test_what_has_a_meaning_in_a_fragment_is_encoded(text: str, encoded: str) -> None:
    assert linked(text).split(FRAGMENT)[1] == encoded


def test_a_quote_over_two_paragraphs_is_a_range_of_text() -> None:
    fragment = linked("The deal ends.\nSo says Leica.").split(FRAGMENT)[1]
    assert fragment == "The%20deal%20ends.,So%20says%20Leica."


def test_an_address_with_a_fragment_of_its_own_loses_it() -> None:
    assert linked("It ends.", "https://example.org/a#news") == f"https://example.org/a{FRAGMENT}It%20ends."


def test_an_address_that_would_grow_too_long_opens_the_page_at_its_top() -> None:
    url = "https://example.org/" + "a" * 470
    assert linked(LONG, url) == url
    assert len(linked("It ends.", url)) < 512


@given(st.text(min_size=1, max_size=300).map(normalise).filter(str.strip))
def test_no_link_is_longer_than_a_button_takes_or_holds_a_bare_delimiter(text: str) -> None:
    link = linked(text)
    assert len(link) < 512
    fragment = link.partition(FRAGMENT)[2]
    assert link == "https://example.org/story" or fragment.count(",") <= 1
    assert not set(fragment) & set(' \n"<>#&-')


def test_a_quote_names_publisher_and_date_at_its_own_precision() -> None:
    assert source_line(quote_of(article("It ends."))) == "The Gazette, 16 May 2021"
    assert source_line(quote_of(article("It ends.", published="2021-05"))) == "The Gazette, May 2021"
    assert source_line(quote_of(Article("A title", "It ends."))) == "unknown publisher, undated"


ENGADGET = Source("Engadget", "https://engadget.example/leica", PartialDate(2016, 2, 25))
VERGE = Source("The Verge", "https://verge.example/leica", None)


def test_a_starter_article_is_linked_to_its_source_and_says_that_it_is_ours() -> None:
    quote = starter("Huawei and Leica work together.", ENGADGET, VERGE)
    assert source_line(quote) == "Rangefinder summary; source: Engadget, 25 Feb 2016"
    assert link_of(quote) == ENGADGET.url


def test_the_source_that_a_starter_quote_names_is_the_one_given() -> None:
    quote = starter("Huawei and Leica work together, The Verge wrote.", ENGADGET, VERGE)
    assert source_of(quote) == VERGE
    assert source_line(quote) == "Rangefinder summary; source: The Verge, undated"


def test_another_article_has_no_source_but_itself() -> None:
    assert source_of(quote_of(article("Engadget wrote so."))) is None
