"""Whatever comes, something readable comes of it."""

import json
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.article import Article, normalise
from index.dates import PartialDate
from index.errors import PlainError
from index.reading import ENDINGS, Hints, Refusal, read_upload
from index.reading.published import parse_published

TODAY = date(2024, 6, 1)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["title", "text", "url", "published", "x"]), inner),
)
MARKDOWN = st.text(alphabet="-#: \n\r\tab'\"[]{}&*!|>?%@0127é\ud800\x00")


def check(name: str, data: bytes) -> None:
    for found in read_upload(name, data, today=TODAY, hints=Hints(), most_bytes=5000):
        if isinstance(found, Article):
            assert found.text.strip()
            assert found.title.strip()
            assert normalise(found.text) == found.text
            assert "\n" not in found.title
        else:
            assert isinstance(found, Refusal)
            assert str(found).isprintable()


@pytest.mark.parametrize("ending", [ending for ending in ENDINGS if not ending.startswith(".htm")])
@given(data=st.binary())
def test_no_bytes_raise(ending, data):
    check("a" + ending, data)


@given(data=st.binary() | st.text().map(lambda text: text.encode("utf-8", "replace")))
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_bytes_of_a_page_raise(data):
    check("a.html", b"<html><body><article><p>" + data + b"</p></article>")


@given(JSON)
def test_no_json_raises(value):
    check("a.json", json.dumps(value).encode())
    check("a.jsonl", json.dumps(value).encode())


@given(MARKDOWN)
def test_no_front_matter_raises(text):
    check("a.md", b"---\n" + text.encode("utf-8", "replace") + b"\n---\nText.")


@given(st.text(st.characters()))
def test_normalising_twice_is_normalising_once(text):
    assert normalise(normalise(text)) == normalise(text)


@given(st.text(st.characters()), st.text(st.characters(), min_size=1))
def test_a_records_text_is_only_normalised(text, title):
    record = json.dumps({"title": title, "text": text}).encode()
    (found,) = read_upload("a.json", record, today=TODAY, most_bytes=100_000)
    if isinstance(found, Article):
        assert found.text == normalise(text)
    else:
        assert not normalise(text).strip() or not normalise(title).strip() or len(title) > 500


@given(st.text() | st.from_regex(r"\d{4}-\d{2}-\d{2}[T ]?[\d:.Z+-]*", fullmatch=True))
def test_a_date_is_read_or_refused(text):
    try:
        found = parse_published(text)
    except PlainError:
        return
    assert isinstance(found, PartialDate)
    assert text.strip().startswith(str(found)) or not text.isascii()
