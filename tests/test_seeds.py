"""The starter articles: well formed, in our own words, and true to the facts that they are written from."""

import json
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from index.dates import PartialDate

REPOSITORY = Path(__file__).parents[1]
SHARED = Path(__file__).parents[2] / "shared"
FACTS = SHARED / "facts.jsonl"
CORPUS = SHARED / "corpus" / "articles.jsonl"

LONGEST_RUN = 8  # so many words in a row are somebody else's sentence
LONGEST_SENTENCE = 300  # characters; a Quote has room for it whole
MARKUP = re.compile(r"^\s*(?:[#>*+|-]|\d+[.)]\s|```)|\]\(|https?://|[*_`]{1,2}\w", re.MULTILINE)

# the pairs that the real article names which the project began with, and their nearest kin
NAMED_PAIRS = (
    "Leica–Huawei",
    "Leica–Xiaomi",
    "Leica–Honor",
    "Leica–Sharp",
    "Leica–Panasonic",
    "Hasselblad–OnePlus",
    "Hasselblad–Oppo",
    "Hasselblad–OnePlus/Oppo",
    "Hasselblad–DJI",
    "Hasselblad–Motorola",
    "Zeiss–Nokia",
    "Zeiss–Sony",
    "Zeiss–vivo",
)

needs_facts = pytest.mark.skipif(not FACTS.exists(), reason="the facts lie in ../shared, which is not here")
needs_corpus = pytest.mark.skipif(not CORPUS.exists(), reason="the corpus lies in ../shared, which is not here")


class Seed(NamedTuple):
    """One file of seeds/, taken apart."""

    name: str
    front: dict[str, Any]
    body: str


@cache
def seeds() -> tuple[Seed, ...]:
    return tuple(read_seed(path) for path in sorted((REPOSITORY / "seeds").glob("*.md")))


def read_seed(path: Path) -> Seed:
    _, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
    return Seed(path.name, yaml.safe_load(front), body)


def partial(written: object) -> PartialDate:
    """YAML reads a whole day as a date, anything shorter stays text here."""
    return PartialDate.of(written) if isinstance(written, date) else PartialDate.parse(str(written))


def sources(seed: Seed) -> Iterator[tuple[str, str, str]]:
    for source in seed.front["sources"]:
        yield source["publisher"], source["url"], str(source["published"])


def words(text: str) -> list[str]:
    return re.sub(r"[^\w\s]", "", text.lower()).split()


def runs(text: str) -> set[str]:
    """Every run of so many words that the text has."""
    all_words = words(text)
    return {" ".join(all_words[i : i + LONGEST_RUN]) for i in range(len(all_words) - LONGEST_RUN + 1)}


def records(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def borrowed(theirs: set[str]) -> dict[str, set[str]]:
    """The runs that a starter article shares with somebody else's texts, by file."""
    shared = {seed.name: runs(f"{seed.front['title']}\n{seed.body}") & theirs for seed in seeds()}
    return {name: found for name, found in shared.items() if found}


each_seed = pytest.mark.parametrize("seed", seeds(), ids=lambda seed: seed.name)


def test_there_are_enough_of_them_to_say_something_on_the_first_run() -> None:
    assert len(seeds()) >= 60


def test_no_two_have_the_same_title() -> None:
    titles = [seed.front["title"].casefold() for seed in seeds()]
    assert sorted(set(titles)) == sorted(titles)


@each_seed
def test_the_file_name_is_short_kebab_case(seed: Seed) -> None:
    assert re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*\.md", seed.name)


@each_seed
def test_the_front_matter_has_what_a_starter_article_needs(seed: Seed) -> None:
    assert list(seed.front) == ["title", "published", "publisher", "sources"]
    assert seed.front["publisher"] == "Rangefinder desk"
    assert seed.front["sources"]


@each_seed
def test_each_source_is_named_linked_and_dated(seed: Seed) -> None:
    for source in seed.front["sources"]:
        assert list(source) == ["publisher", "url", "published"]
        assert source["publisher"].strip()
        assert re.fullmatch(r"https?://\S+", source["url"])


@each_seed
def test_no_source_is_newer_than_the_article(seed: Seed) -> None:
    published = partial(seed.front["published"])
    for _, url, written in sources(seed):
        source = partial(written)
        spans_the_article = source.first <= published.first and published.last <= source.last
        assert source <= published or spans_the_article, url


@each_seed
def test_the_body_is_a_short_plain_text(seed: Seed) -> None:
    assert 30 <= len(seed.body.split()) <= 300
    assert MARKUP.search(seed.body) is None


@each_seed
def test_every_sentence_can_be_quoted_whole(seed: Seed) -> None:
    longest = max(re.split(r"(?<=[.?!])\s+", seed.body.strip()), key=len)
    assert len(longest) <= LONGEST_SENTENCE


@needs_facts
@each_seed
def test_each_source_is_one_that_the_facts_have(seed: Seed) -> None:
    known = {(fact["publisher"], fact["url"], fact["published"]) for fact in records(FACTS)}
    assert set(sources(seed)) <= known


@needs_facts
def test_no_sentence_is_taken_from_the_facts() -> None:
    assert borrowed(set().union(*(runs(fact["fact"]) for fact in records(FACTS)))) == {}


@needs_corpus
def test_no_sentence_is_taken_from_a_published_article() -> None:
    theirs = (runs(f"{article['title']}\n{article['text']}") for article in records(CORPUS))
    assert borrowed(set().union(*theirs)) == {}


@needs_facts
@pytest.mark.parametrize("pair", NAMED_PAIRS)
def test_a_named_pair_is_told_in_every_phase_and_standing(pair: str) -> None:
    used = {url for seed in seeds() for _, url, _ in sources(seed)}
    facts = [fact for fact in records(FACTS) if fact["partnership"] == pair]
    told = {(fact["phase"], fact["standing"]) for fact in facts if fact["url"] in used}
    assert told == {(fact["phase"], fact["standing"]) for fact in facts} != set()
