"""What is recalled and in which order, from segments built by hand."""

import numpy as np

from index.article import Article, Owner, Stored
from index.dates import PartialDate
from index.search import Found, Need, articles_of, is_visible, search
from index.sentences import passages
from index.snapshot import Segment, Snapshot, flat_index
from index.store import SegmentRows
from tests.building import DIMENSION, HashingEncoder, article

ENCODER = HashingEncoder()


def segment(articles: list[Article], owner: Owner = "shared", names: dict[int, list[str]] | None = None) -> Segment:
    """The segment of these articles, their passages in the order that a store has them in."""
    stored = {n: Stored(one.id_for(owner), n, owner, one) for n, one in enumerate(articles)}
    places = [(n, passage) for n, s in stored.items() for passage in passages(s.article.text)]
    places.sort(key=lambda place: (stored[place[0]].id, place[1].span.start))
    vectors = ENCODER.encode([passage.text for _, passage in places])
    told = names or {n: [] for n in stored}
    rows = SegmentRows(1, stored, [(n, passage.span) for n, passage in places], [], told)
    return Segment(owner, rows, flat_index(vectors, DIMENSION))


def found(segments: list[Segment], text: str, most: int = 30, **weighs: object) -> list[Found]:
    vector = ENCODER.encode([text])[0]
    return search(Snapshot(tuple(segments)), Need(text, vector, **weighs), most)  # type: ignore[arg-type]


def test_an_empty_library_has_nothing() -> None:
    assert found([segment([])], "who works with Leica?") == []


def test_nearest_in_meaning_and_words_comes_first() -> None:
    articles = [article("It rained in Paris.", "Rain"), article("Leica works with Xiaomi on cameras.", "Phones")]
    assert found([segment(articles)], "Leica works with Xiaomi")[0].place.stored.article == articles[1]


def test_a_score_does_not_depend_on_what_else_there_is() -> None:
    one = article("Leica works with Xiaomi on cameras.", "Phones")
    many = [article(f"Cameras and phones of the year, number {n}.", f"List {n}") for n in range(30)]
    text = "Leica phones with Xiaomi"
    alone = found([segment([one])], text)[0]
    among = next(hit for hit in found([segment([*many, one])], text) if hit.place.stored.article == one)
    assert alone.score == among.score


def test_what_came_later_takes_no_places_from_what_there_was() -> None:
    old = article("It was a long time ago that Leica made lenses for Huawei.", "Old", published="2019")
    later = [article(f"Leica worked with Huawei, {n}.", f"Later {n}", published="2022") for n in range(450)]
    hits = found([segment([old, *later])], "Leica worked with Huawei", as_of=PartialDate(2020))
    assert [hit.place.stored.article for hit in hits] == [old]


def test_as_of_a_day_before_all_there_is_nothing() -> None:
    assert found([segment([article("Leica works with Huawei.")])], "Leica", as_of=PartialDate(1999)) == []


def test_a_month_is_visible_only_once_it_is_over() -> None:
    stored = Stored("1", 1, "shared", article("A text.", published="2021-05"))
    days = (PartialDate(2021, 5, 30), PartialDate(2021, 5, 31), PartialDate(2021, 5), PartialDate(2021))
    assert [is_visible(stored, day) for day in days] == [False, True, True, True]


def test_a_named_organisation_lifts_an_article() -> None:
    articles = [article("The two work on phone cameras.", f"Title {n}") for n in range(3)]
    hits = found([segment(articles, names={0: [], 1: ["Leica"], 2: []})], "phone cameras", organisations=("Leica",))
    assert hits[0].place.stored.article == articles[1]
    assert len(hits) == 3


def test_two_owners_segments_merge_by_score() -> None:
    shared = segment([article("Leica works with Xiaomi.", "Shared")])
    own = segment([article("Leica works with Xiaomi on cameras.", "Own"), article("Rain in Paris.", "Rain")], "42")
    hits = found([shared, own], "Leica works with Xiaomi on cameras")
    assert {hit.place.stored.owner for hit in hits[:2]} == {"shared", "42"}
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_equals_are_ordered_by_the_hash_of_their_articles() -> None:
    articles = [article("Leica works with Xiaomi.", f"Number {n}") for n in range(9)]
    ids = [hit.place.stored.id for hit in found([segment(articles)], "Leica Xiaomi")]
    assert ids == sorted(ids)
    assert ids == [hit.place.stored.id for hit in found([segment(articles[::-1])], "Leica Xiaomi")]


def test_only_so_many_are_found_and_each_article_is_named_once() -> None:
    long = article("Leica works with Xiaomi on cameras. " * 40, "Long")
    hits = found([segment([long, article("Leica works with Sharp.", "Short")])], "Leica", most=7)
    assert len(hits) == 7
    assert len(articles_of(hits, 5)) == len({hit.place.stored.id for hit in hits})


def test_the_nearest_of_some_are_only_of_those() -> None:
    one = segment([article(f"Leica works with partner number {n}.", f"T{n}") for n in range(20)])
    vector = ENCODER.encode(["Leica works with partner number 3."])[0]
    assert set(one.nearest(vector, 5, [4, 9])) == {4, 9}
    assert one.nearest(vector, 5, []) == []
    assert len(one.nearest(vector, 5)) == 5
    assert np.allclose(one.cosines(vector, []), [])
