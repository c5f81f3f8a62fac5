"""Article records, alone, in a list or one a line."""

import json

import pytest

from index.article import Article
from index.dates import PartialDate
from index.reading import Refusal

RECORD = {
    "title": "Leica ends Huawei deal",
    "text": "  It ended.\n\n",
    "url": "https://example.com/a?id=1&fbclid=2#x",
    "publisher": "GSMArena",
    "published": "2022-05-24",
    "author": "A. Writer",
    "file": 7,
}


def test_a_record_becomes_an_article_and_its_text_is_kept_to_the_letter(article):
    found = article("a.json", json.dumps(RECORD))
    assert found == Article(
        title="Leica ends Huawei deal",
        text="  It ended.\n\n",
        url="https://example.com/a?id=1",
        publisher="GSMArena",
        published=PartialDate(2022, 5, 24),
        author="A. Writer",
    )


def test_letters_are_not_composed_or_stripped(article):
    text = "Cafe\u0301 \u00a0 ﬁne\u200b\u2028 end "
    assert article("a.json", json.dumps({"title": "T", "text": text})).text == text


def test_newlines_nul_and_lone_surrogates_are_normalised(article):
    found = article("a.json", '{"title": "T\\ud800", "text": "a\\r\\nb\\rc\\u0000d\\ud83d\\ude00\\ud800"}')
    assert (found.title, found.text) == ("T", "a\nb\ncd😀")


def test_a_list_holds_many_records(read):
    first, second = read("a.json", json.dumps([RECORD, {"title": "T"}]))
    assert isinstance(first, Article)
    assert str(second) == "a.json record 2: It has no text; a record needs both title and text."


def test_a_broken_line_refuses_itself_alone(read):
    good = json.dumps(RECORD)
    first, broken, last = read("notes.jsonl", f'{good}\n\n{{"title": "T", "text": }}\n{good}')
    assert isinstance(first, Article)
    assert isinstance(last, Article)
    assert str(broken) == (
        "notes.jsonl line 3: It is not valid JSON at character 24; correct it there and add it again."
    )


@pytest.mark.parametrize(
    "line",
    [b"\xff\xfe", b'"\xe9"', b"{", b"[]", b"null", b"7", b'{"a": \x00}', b"[" * 100_000, b"9" * 5000, b'{"text": "T"}'],
)
def test_no_line_takes_its_neighbours_with_it(read, line):
    good = json.dumps(RECORD).encode()
    found = read("a.jsonl", b"\n".join([good, line, good]))
    assert [type(item) for item in found] == [Article, Refusal, Article]
    assert str(found[1]).startswith("a.jsonl line 2: ")


def test_line_separators_inside_a_text_do_not_end_the_line(article):
    assert article("a.jsonl", json.dumps({"title": "T", "text": "a\u2028b\x85c"}, ensure_ascii=False)).text == (
        "a\u2028b\x85c"
    )


def test_a_byte_order_mark_is_no_part_of_the_first_record(read):
    data = b"\xef\xbb\xbf" + json.dumps(RECORD).encode()
    assert [type(item) for item in read("a.jsonl", data) + read("a.json", data)] == [Article, Article]


@pytest.mark.parametrize("key", ["title", "text", "url", "publisher", "published", "author"])
@pytest.mark.parametrize("value", [7, True, ["a"], {"a": "b"}])
def test_a_value_of_a_wrong_type_is_refused_by_its_key(refusal, key, value):
    assert f"Its {key} is not text" in refusal("a.json", json.dumps(RECORD | {key: value}))


@pytest.mark.parametrize("key", ["url", "publisher", "published", "author"])
@pytest.mark.parametrize("value", [None, "", "  "])
def test_null_or_blank_is_as_good_as_absent(article, key, value):
    assert getattr(article("a.json", json.dumps(RECORD | {key: value})), key) is None


@pytest.mark.parametrize("key", ["title", "text"])
@pytest.mark.parametrize("value", [None, "", " \n\t"])
def test_a_record_needs_title_and_text(refusal, key, value):
    assert f"It has no {key}" in refusal("a.json", json.dumps(RECORD | {key: value}))


def test_a_text_of_nothing_storable_is_no_text(refusal):
    assert "no text" in refusal("a.json", '{"title": "T", "text": "\\u0000"}')


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"published": "May 24, 2022"}, "“May 24, 2022”"),
        ({"published": "2022-13"}, "write YYYY-MM-DD"),
        ({"published": "2022-05-24T99:00:00Z"}, "write YYYY-MM-DD"),
        ({"published": "2031"}, "The date 2031 lies in the future"),
        ({"url": "example.com/a"}, "no address of a page"),
        ({"url": "ftp://example.com/a"}, "no address of a page"),
        ({"title": "x" * 501}, "Its title is longer than 500 characters"),
        ({"publisher": "x" * 201}, "Its publisher is longer than 200 characters"),
        ({"text": "x" * 10_001}, "Its text is longer than 10 KB"),
    ],
)
def test_a_record_that_cannot_be_kept_says_why(refusal, change, reason):
    assert reason in refusal("a.json", json.dumps(RECORD | change))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ('{"title": "T",\n "text" "x"}', "at line 2, character 9"),
        ("[]", "empty list"),
        ('"text"', "no article record"),
        ("[" * 100_000, "not JSON that can be read"),
        ("9" * 5000, "not JSON that can be read"),
    ],
)
def test_json_that_is_none_says_where(refusal, data, reason):
    assert reason in refusal("a.json", data)


def test_the_size_of_many_records_is_bounded_fifty_times_higher(read):
    line = json.dumps(RECORD) + "\n"
    assert len(read("a.jsonl", line * 500)) == 500
    (found,) = read("a.jsonl", line * 4000)
    assert "at most 500 KB are read" in str(found)


def test_a_title_of_several_lines_is_put_on_one(article):
    assert article("a.json", json.dumps(RECORD | {"title": " A\n  B\t"})).title == "A B"
