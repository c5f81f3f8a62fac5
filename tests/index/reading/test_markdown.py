"""Front matter and headings."""

import pytest

from index.dates import PartialDate
from index.errors import PlainError
from index.reading.markdown import read_markdown

WITH_FRONT_MATTER = """---
title: "Leica Seeks Partners: Xiaomi & Honor"
publisher: Android Headlines
published: 2021-05-16
url: https://example.com/leica?utm_source=x
author: A. Writer
sources:
  - publisher: GSMArena
    url: https://gsmarena.com/leica#top
    published: 2021-05
  - {publisher: Weibo, url: "https://weibo.com/1"}
---
Leica is seeking partners.

  It said so.  """


def test_what_follows_the_front_matter_is_the_text_exactly(article):
    found = article("leica.md", WITH_FRONT_MATTER)
    assert found.text == "Leica is seeking partners.\n\n  It said so.  "
    assert found.title == "Leica Seeks Partners: Xiaomi & Honor"
    assert found.publisher == "Android Headlines"
    assert found.published == PartialDate(2021, 5, 16)
    assert found.url == "https://example.com/leica"
    assert found.author == "A. Writer"


def test_sources_are_read_from_the_front_matter(article):
    first, second = article("leica.md", WITH_FRONT_MATTER).sources
    assert (first.publisher, first.url, first.published) == (
        "GSMArena",
        "https://gsmarena.com/leica",
        PartialDate(2021, 5),
    )
    assert (second.url, second.published) == ("https://weibo.com/1", None)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2022", PartialDate(2022)),
        ("2022-05", PartialDate(2022, 5)),
        ("2022-05-24", PartialDate(2022, 5, 24)),
        ('"2022-05-24"', PartialDate(2022, 5, 24)),
        ("2022-05-24T10:00:00Z", PartialDate(2022, 5, 24)),
        ("2022-05-24 23:30:00", PartialDate(2022, 5, 24)),
        ("", None),
        ("null", None),
        ("~", None),
    ],
)
def test_dates_are_taken_as_they_are_written(article, written, meant):
    assert article("a.md", f"---\ntitle: T\npublished: {written}\n---\nText.").published == meant


def test_date_is_another_name_for_published(article):
    assert article("a.md", "---\nTitle: T\nDate: 2022-05-24\n---\nText.").published == PartialDate(2022, 5, 24)


@pytest.mark.parametrize("title", ["1984", "Yes", "3.10", "2022-05-24", "Null hypothesis"])
def test_a_title_that_looks_like_another_type_stays_as_written(article, title):
    assert article("a.md", f"---\ntitle: {title}\n---\nText.").title == title


def test_newlines_of_windows_are_understood(article):
    found = article("a.md", "---\r\ntitle: T\r\n---\r\nOne.\r\nTwo.\r\n")
    assert (found.title, found.text) == ("T", "One.\nTwo.\n")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Intro.\n\n# Leica and Huawei #\n\nText.", "Leica and Huawei"),
        ("\n\nLeica and Huawei\n\nText.", "Leica and Huawei"),
        ("---\n\nA rule above, and no front matter.", "---"),
        ("---\njust words\n---\nText.", "---"),
    ],
)
def test_without_front_matter_the_whole_is_text_and_a_heading_or_the_first_line_its_title(article, text, title):
    found = article("a.md", text)
    assert (found.title, found.text) == (title, text)


def test_front_matter_without_a_title_leaves_it_to_the_heading(article):
    assert article("a.md", "---\npublisher: P\n---\n# Heading\nText.").title == "Heading"


@pytest.mark.parametrize(
    ("front_matter", "reason"),
    [
        ("title: Leica: the story", "cannot be read (line 2)"),
        ("title: [a, b]", "Its title is not text"),
        ("title: T\npublisher: {a: b}", "Its publisher is not text"),
        ("title: T\nsources: GSMArena", "Its sources is not a list"),
        ("title: T\nsources: [{publisher: GSMArena}]", "needs a publisher and a url"),
        ("title: T\nsources: [{publisher: G, url: ftp://x}]", "no address of a page"),
        ("title: T\npublished: 24 May 2022", "write YYYY-MM-DD"),
        ("title: T\npublished: 2022-02-30", "write YYYY-MM-DD"),
        ("title: T\npublished: 2024-06-03", "lies in the future"),
        ("title: T\nurl: javascript:alert(1)", "no address of a page"),
        ("title: !!python/object/apply:os.system [ls]", "cannot be read"),
        ("title: !!bool maybe", "cannot be read"),
        ("a: &a [x]\nb: *a", "alias"),
        ("title: " + "[" * 5000, "cannot be read"),
    ],
)
def test_front_matter_that_cannot_be_used_is_refused_with_its_reason(refusal, front_matter, reason):
    line = refusal("a.md", f"---\n{front_matter}\n---\nText.")
    assert line.startswith("a.md: ")
    assert reason in line


def test_front_matter_is_bounded_because_yaml_is_slow():
    with pytest.raises(PlainError, match="longer than 20000 characters"):
        read_markdown("a.md", "---\n" + "a: b\n" * 5000 + "---\nText.")


def test_front_matter_alone_is_no_article(refusal):
    assert "no text" in refusal("a.md", "---\ntitle: T\n---\n \n")


def test_a_date_of_tomorrow_is_today_somewhere(article):
    assert article("a.md", "---\ntitle: T\npublished: 2024-06-02\n---\nText.").published == PartialDate(2024, 6, 2)
