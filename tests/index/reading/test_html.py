"""HTML pages: text, what they say of themselves, and their dates."""

import time
from contextlib import suppress
from datetime import date

import pytest

from index.dates import PartialDate
from index.errors import PlainError
from index.reading.html import draft_of_html
from index.reading.markup import decode_markup

TODAY = date(2024, 6, 1)
STORY = (
    "The long partnership between Leica and Huawei ended on 31 March 2022, the camera maker told us today. "
    "“The cooperation has ended,” a spokesperson said, adding that both companies had agreed on it.",
    "Xiaomi and Leica announced a long-term cooperation on 2022-05-23 &amp; the first phone will launch in July. "
    "It is the first of many phones, according to the two companies.",
)


def page(head: str = "", byline: str = "", footer: str = "", story: tuple[str, ...] = STORY) -> str:
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in story)
    return (
        f"<!DOCTYPE html><html><head><title>Leica ends Huawei deal</title>{head}</head><body>"
        f"<nav><a href='/'>Home</a></nav><article><h1>Leica ends Huawei deal</h1>{byline}{paragraphs}</article>"
        f"<footer>{footer}</footer></body></html>"
    )


def meta(name: str, content: str) -> str:
    return f'<meta property="{name}" content="{content}">'


def published(markup: str, url: str | None = None) -> str | None:
    return draft_of_html("a.html", markup, today=TODAY, url=url).published


def test_a_page_becomes_an_article(article):
    head = (
        meta("og:site_name", "GSMArena.com")
        + meta("article:published_time", "2022-05-24T10:00:00Z")
        + '<link rel="canonical" href="https://www.gsmarena.com/leica.php?utm_source=x">'
        + '<meta name="author" content="Peter Writer">'
    )
    found = article("a.html", page(head))
    assert found.title == "Leica ends Huawei deal"
    assert found.publisher == "GSMArena.com"
    assert found.author == "Peter Writer"
    assert found.url == "https://www.gsmarena.com/leica.php"
    assert found.published == PartialDate(2022, 5, 24)
    assert "“The cooperation has ended,” a spokesperson said" in found.text
    assert "cooperation on 2022-05-23 & the first phone" in found.text
    assert "Home" not in found.text


def test_htm_is_read_like_html(article):
    assert article("a.htm", page()).title == "Leica ends Huawei deal"


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        (page(), None),  # the dates in its prose are not its own
        (page(footer="Copyright 2019-01-01"), None),
        (page(byline="<img src='/2019/03/04/photo.jpg'>"), None),
        (page(meta("article:published_time", "2022-05-24T23:30:00Z")), "2022-05-24"),
        (page(meta("og:updated_time", "2023-01-01") + meta("article:published_time", "2022-05-24")), "2022-05-24"),
        (page(byline="<div class='byline'>By Peter, 24 May 2022</div>"), "2022-05-24"),
        (page(byline="<time datetime='2022-05-24T10:00'>Tuesday</time>"), "2022-05-24"),
        (page(byline="<span class='date'>24 May 2022</span>"), "2022-05-24"),
        (
            page("<script type='application/ld+json'>"
                 '{"@type": "NewsArticle", "datePublished": "2022-05-24", "dateModified": "2023-01-01"}</script>'),
            "2022-05-24",
        ),
    ],
)  # fmt: skip
def test_the_date_is_the_one_the_page_gives_for_itself(markup, expected):
    assert published(markup) == expected


def test_a_date_in_the_address_counts_where_the_page_gives_none():
    url = "https://a.example/2022/05/24/leica"
    assert published(page(), url) == "2022-05-24"
    assert published(page(meta("article:published_time", "2022-05-23")), url) == "2022-05-23"


def test_a_page_that_says_it_is_from_the_future_is_refused(refusal):
    assert "2031-01-01 lies in the future" in refusal("a.html", page(meta("article:published_time", "2031-01-01")))


def test_an_event_to_come_is_not_the_date_of_the_page(article):
    assert article("a.html", page(byline="<time datetime='2031-01-01'>Launch</time>")).published is None


@pytest.mark.parametrize(
    ("canonical", "kept"),
    [
        ("https://a.example/leica", "https://a.example/leica"),
        ("https://www.a.example/leica", "https://www.a.example/leica"),
        ("/leica", "https://a.example/leica"),
        ("https://a.example/", "https://a.example/story?id=1"),
        ("https://other.example/leica", "https://a.example/story?id=1"),
        ("javascript:alert(1)", "https://a.example/story?id=1"),
        ("/leica?source=press", "https://a.example/leica?source=press"),
        ("", "https://a.example/story?id=1"),
    ],
)
def test_a_page_may_not_pass_for_one_of_another_site(canonical, kept):
    markup = page(f'<link rel="canonical" href="{canonical}">')
    draft = draft_of_html("x", markup, today=TODAY, url="https://a.example/story?id=1")
    assert draft.url == kept


@pytest.mark.parametrize("markup", ["", " ", "no markup at all", "<html></html>", "<p></p>", "<!---->", "{}", "<"])
def test_a_page_without_an_article_is_refused(refusal, markup):
    assert refusal("a.html", markup or " ").startswith("a.html: ")


@pytest.mark.parametrize(
    ("data", "header", "text"),
    [
        ("größe".encode(), None, "größe"),
        ("größe".encode("utf-8-sig"), "latin-1", "größe"),
        ("größe".encode("latin-1"), "ISO-8859-1", "größe"),
        ("“x”".encode("cp1252"), "iso-8859-1", "“x”"),
        ("<meta charset=windows-1252>“x”".encode("cp1252"), None, "<meta charset=windows-1252>“x”"),
        ("<meta content='x; charset=gb2312'>徕卡".encode("gbk"), None, "<meta content='x; charset=gb2312'>徕卡"),
        ("<meta charset=latin-1>größe".encode(), "utf-8", "<meta charset=latin-1>größe"),
        ("ライカ".encode("shift_jis"), "Shift_JIS", "ライカ"),
    ],
)  # fmt: skip
def test_a_page_is_read_in_the_encoding_that_it_declares(data, header, text):
    assert decode_markup(data, header) == text


@pytest.mark.parametrize(
    ("data", "header"),
    [
        (b"\xff\xfe<\x00", None),
        ("größe".encode("latin-1"), None),
        ("größe".encode("latin-1"), "utf-8"),
        (b"x", "unicode_escape"),
        (b"x", "base64"),
        (b"x", "utf-7"),
        (b"x", "no-such"),
        (b"x", "a\0b"),
        (b"\x81", "windows-1252"),
        (b"\x00\x01\x02\x03", None),
    ],
)
def test_a_page_in_another_encoding_is_refused(data, header):
    with pytest.raises(PlainError, match=r"UTF-8|binary"):
        decode_markup(data, header)


@pytest.mark.parametrize(
    "markup",
    [
        "<div>" * 20_000,
        "<p>" * 20_000 + "x",
        "<table>" * 5_000 + "x",
        "<a href='" * 10_000,
        "&amp;" * 20_000,
        page("<script type='application/ld+json'>" + '{"a":' * 10_000 + "</script>"),
        page(byline="2022-" * 5_000),
        "<html><body><article>" + "<p>x" * 400_000,
    ],
    ids=range(8),
)
def test_odd_markup_neither_raises_nor_hangs(read, markup):
    start = time.perf_counter()
    read("a.html", markup[:10_000])
    with suppress(PlainError):
        draft_of_html("a.html", markup, today=TODAY)
    assert time.perf_counter() - start < 3
