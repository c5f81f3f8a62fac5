"""What every engine must do. Another engine joins by one more entry in `ENGINES`."""

import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
import pytest_asyncio

from index.article import Claim, Passage, Span
from index.correction import Alias, Content, Hide, Merge, Redate
from index.dates import PartialDate
from index.errors import PlainError
from index.sentences import passages
from index.store import Change, Prepared, Store, Told, Versions
from index.store.local import LocalStore
from tests.building import article

OLD_LIBRARY = Path(__file__).parent / "libraries" / "before-corrections.sql"
CONTENTS: list[Content] = [
    Alias("hassy", "Hasselblad"),
    Merge("Leitz", "Leica"),
    Hide("0123456789ab", ("Huawei", "Leica"), "Leica works\nwith Huawei."),
    Redate("0123456789ab", PartialDate(2021, 5)),
]

ENGINES: dict[str, Callable[[Path], Awaitable[Store]]] = {
    "local": lambda path: LocalStore.open(path / "library.sqlite3")
}


@pytest_asyncio.fixture(params=ENGINES)
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Store]:
    opened = await ENGINES[request.param](tmp_path)
    yield opened
    await opened.close()


def prepared(text: str = "Leica works with Huawei. It has since 2015.", **more: str) -> Prepared:
    cut = passages(text)
    claim = Claim("Huawei", "Leica", Span(0, 24), "running", "reported")
    vectors = np.arange(4 * len(cut), dtype=np.float16).reshape(len(cut), 4)
    return Prepared(article(text, **more), cut, vectors, Told([claim], ["Huawei", "Leica"]))


async def test_what_is_put_in_comes_out(store: Store) -> None:
    one = prepared(published="2021-05", author="Ann", url="https://example.org/a")
    assert await store.commit(Change("shared", put=[one])) == 1
    rows = await store.rows("shared")
    (stored,) = rows.articles.values()
    assert (stored.article, stored.owner, stored.id) == (one.article, "shared", one.article.id_for("shared"))
    assert [claim for _, claim in rows.claims] == list(one.told.claims)
    assert list(rows.names.values()) == [["Huawei", "Leica"]]
    vectors = await store.vectors("shared", 1)
    assert vectors is not None
    assert np.array_equal(vectors, one.vectors)


async def test_a_changed_text_takes_the_old_ones_place(store: Store) -> None:
    await store.commit(Change("shared", put=[prepared(url="https://example.org/a")]))
    await store.commit(Change("shared", put=[prepared("Now it is over.", url="https://example.org/a")]))
    rows = await store.rows("shared")
    assert [stored.article.text for stored in rows.articles.values()] == ["Now it is over."]
    assert len(rows.passages) == len(rows.claims) == 1


async def test_what_is_removed_is_remembered_unless_it_is_forgotten(store: Store) -> None:
    one = prepared()
    article_id = one.article.id_for("shared")
    await store.commit(Change("shared", put=[one]))
    await store.commit(Change("shared", remove=[article_id]))
    assert (await store.known("shared"))[one.article.key].removed
    assert not (await store.rows("shared")).articles
    await store.commit(Change("shared", remove=[article_id], forget=True))
    assert not await store.known("shared")


async def test_owners_are_apart(store: Store) -> None:
    await store.commit(Change("1", put=[prepared(title="One's")]))
    await store.commit(Change("2", put=[prepared(title="Two's")]))
    assert [a.article.title for a in (await store.rows("1")).articles.values()] == ["One's"]
    assert await store.generations(["shared", "1", "2"]) == {"shared": 0, "1": 1, "2": 1}
    assert (await store.counts("2")).articles == 1
    assert not await store.known("shared")


async def test_a_change_cannot_reach_another_owners_article(store: Store) -> None:
    one = prepared()
    await store.commit(Change("1", put=[one]))
    await store.commit(Change("2", remove=[one.article.id_for("1")], forget=True))
    assert (await store.counts("1")).articles == 1
    assert not (await store.known("1"))[one.article.key].removed


async def test_the_newest_article_is_told_by_the_last_day_its_date_may_mean(store: Store) -> None:
    dates = ("2021-05-16", "2021", "2021-05")
    await store.commit(Change("1", put=[prepared(title=date, published=date) for date in dates]))
    assert (await store.counts("1")).newest == "2021"
    assert (await store.counts("2")).newest is None


async def test_vectors_stand_in_the_order_of_their_passages(store: Store) -> None:
    many = [prepared(f"Leica works with number {n}. It does.", title=f"Number {n}") for n in range(9)]
    numbered = [Prepared(p.article, p.passages, p.vectors + n, p.told) for n, p in enumerate(many)]
    await store.commit(Change("1", put=numbered[:5]))
    await store.commit(Change("1", put=numbered[5:]))
    rows, vectors = await store.rows("1"), await store.vectors("1", 2)
    expected = [int(rows.articles[revision].article.title.split()[1]) for revision, _ in rows.passages]
    assert vectors is not None
    assert vectors[:, 0].tolist() == expected


async def test_a_change_that_fails_leaves_nothing(store: Store) -> None:
    torn = prepared(title="torn")
    torn = Prepared(torn.article, torn.passages, torn.vectors[:0], torn.told)
    with pytest.raises(ValueError, match="shorter"):
        await store.commit(Change("shared", put=[prepared(), torn]))
    assert (await store.counts("shared")).articles == 0
    assert await store.generations(["shared"]) == {"shared": 0}


async def test_vectors_of_another_generation_are_not_handed_out(store: Store) -> None:
    await store.commit(Change("shared", put=[prepared()]))
    assert await store.vectors("shared", 7) is None


async def test_versions_are_remembered(store: Store) -> None:
    assert await store.versions() == Versions()
    await store.set_versions(Versions("model", "1", "abc"))
    assert await store.versions() == Versions("model", "1", "abc")


async def test_claims_are_replaced_for_all_and_every_generation_grows(store: Store) -> None:
    await store.commit(Change("1", put=[prepared()]))
    (revision,) = (await store.rows("1")).articles
    await store.replace_claims("next", {revision: Told([], ["Leica"])})
    rows = await store.rows("1")
    assert (rows.claims, rows.names[revision], rows.generation) == ([], ["Leica"], 2)
    assert (await store.versions()).claims == "next"


async def test_claims_are_not_replaced_where_articles_came_in_between(store: Store) -> None:
    await store.commit(Change("1", put=[prepared()]))
    with pytest.raises(PlainError, match="Try again"):
        await store.replace_claims("next", {})
    assert len((await store.rows("1")).claims) == 1


async def test_passages_are_replaced_for_all_with_what_they_were_made_with(store: Store) -> None:
    for owner in ("1", "2"):
        await store.commit(Change(owner, put=[prepared()]))
    revisions = [r for owner in ("1", "2") for r in (await store.rows(owner)).articles]
    passage = Passage(Span(0, 5), "Leica")
    made = {r: ([passage], np.ones((1, 7), np.float16)) for r in revisions}
    await store.replace_passages(Versions("m", "2", "c"), made)
    assert await store.versions() == Versions("m", "2", "c")
    for owner in ("1", "2"):
        rows = await store.rows(owner)
        assert (rows.generation, [span for _, span in rows.passages], len(rows.claims)) == (2, [passage.span], 1)
        assert np.array_equal(await store.vectors(owner, 2), np.ones((1, 7)))  # type: ignore[arg-type]


async def test_passages_are_not_replaced_where_articles_came_in_between(store: Store) -> None:
    await store.commit(Change("1", put=[prepared()]))
    with pytest.raises(PlainError, match="Try again"):
        await store.replace_passages(Versions("m", "2", "c"), {})
    assert await store.versions() == Versions()
    assert len((await store.rows("1")).passages) == 1


async def test_questions_are_counted_in_each_hour(store: Store) -> None:
    assert [await store.count_question("alice", 5, 2) for _ in range(3)] == [True, True, False]
    assert await store.count_question("bob", 5, 2)
    assert await store.count_question("alice", 6, 2)


async def test_the_order_of_adding_leaves_no_trace(store: Store) -> None:
    texts = ["Leica works with Xiaomi.", "Zeiss works with vivo.", "Ricoh works with realme."]
    for owner, order in (("1", texts), ("2", texts[::-1])):
        for text in order:
            await store.commit(Change(owner, put=[prepared(text, url=f"https://example.org/{text[:4]}")]))
    one, two = await store.rows("1"), await store.rows("2")
    assert sorted(a.article.text for a in one.articles.values()) == sorted(
        a.article.text for a in two.articles.values()
    )
    for rows in (one, two):
        ids = [rows.articles[revision].id for revision, _ in rows.passages]
        assert ids == sorted(ids)


async def test_corrections_come_out_as_they_went_in(store: Store) -> None:
    made = [await store.correct("7", content, "alice") for content in CONTENTS]
    assert [(c.owner, c.number, c.content, c.made_by) for c in made] == [
        ("7", n, content, "alice") for n, content in enumerate(CONTENTS, 1)
    ]
    assert all(correction.made_at for correction in made)
    assert (await store.corrected("7")).made == tuple(made)


async def test_a_correction_makes_a_generation_and_leaves_the_contents(store: Store) -> None:
    await store.commit(Change("7", put=[prepared()]))
    before = await store.corrected("7")
    assert (before.generation, before.contents, before.made) == (1, 1, ())
    (one, other) = [await store.correct("7", content, "alice") for content in CONTENTS[:2]]
    assert await store.undo("7", one.number) == one
    after = await store.corrected("7")
    assert (after.generation, after.contents, after.made) == (4, 1, (other,))
    await store.commit(Change("7", put=[prepared(title="Another")]))
    assert (await store.corrected("7")).contents == 2
    assert await store.generations(["7"]) == {"7": 5}


async def test_a_number_is_never_given_twice(store: Store) -> None:
    for n in range(1, 4):
        made = await store.correct("7", CONTENTS[0], "alice")
        assert made.number == n
        await store.undo("7", made.number)
    assert (await store.corrected("7")).made == ()


async def test_an_owner_has_one_correction_on_a_subject(store: Store) -> None:
    await store.correct("7", Alias("hassy", "Hasselblad"), "alice")
    for content in (Alias("Hassy", "Leica"), Merge("hassy", "Leica")):
        with pytest.raises(PlainError, match="Undo that"):
            await store.correct("7", content, "alice")
    assert (await store.corrected("7")).generation == 1
    assert (await store.correct("8", Alias("hassy", "Leica"), "bob")).number == 1


async def test_nobody_undoes_anothers_correction(store: Store) -> None:
    made = await store.correct("7", CONTENTS[0], "alice")
    assert await store.undo("8", made.number) is None
    assert await store.undo("7", made.number + 1) is None
    assert (await store.corrected("7")).made == (made,)
    assert await store.generations(["7", "8"]) == {"7": 1, "8": 0}


async def test_corrections_outlive_what_is_made_anew(store: Store) -> None:
    await store.commit(Change("7", put=[prepared()]))
    made = await store.correct("7", CONTENTS[0], "alice")
    (revision,) = (await store.rows("7")).articles
    await store.replace_claims("next", {revision: Told()})
    await store.replace_passages(Versions("m", "2", "c"), {revision: ([], np.zeros((0, 7), np.float16))})
    after = await store.corrected("7")
    assert (after.made, after.contents) == ((made,), 3)


async def test_the_newest_article_is_told_by_corrected_dates(store: Store) -> None:
    dates = ("2021-05-16", "2020-05-16")
    given = [prepared(title=date, published=date) for date in dates]
    await store.commit(Change("7", put=given))
    await store.correct("7", Redate(given[0].article.id_for("7"), PartialDate(2019)), "alice")
    await store.correct("7", Redate("gone", PartialDate(2025)), "alice")
    assert (await store.counts("7")).newest == "2020-05-16"


async def test_a_library_from_before_corrections_takes_them(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "library.sqlite3")) as old:
        old.executescript(OLD_LIBRARY.read_text(encoding="utf-8"))
    store = await LocalStore.open(tmp_path / "library.sqlite3")
    try:
        assert [a.article.title for a in (await store.rows("shared")).articles.values()] == ["Leica and Huawei"]
        assert (await store.corrected("shared")).contents == 1
        assert (await store.correct("shared", CONTENTS[0], "alice")).number == 1
        assert await store.generations(["shared", "42"]) == {"shared": 2, "42": 1}
    finally:
        await store.close()


async def test_a_library_of_another_version_is_left_alone(tmp_path: Path) -> None:
    store = await LocalStore.open(tmp_path / "library.sqlite3")
    async with store._writing.begin() as connection:
        await connection.exec_driver_sql("UPDATE meta SET value = '99' WHERE key = 'schema'")
    await store.close()
    with pytest.raises(PlainError, match="schema 99"):
        await LocalStore.open(tmp_path / "library.sqlite3")


async def test_what_is_no_library_is_said_to_be_none(tmp_path: Path) -> None:
    (tmp_path / "library.sqlite3").write_bytes(b"this is no database, and is longer than a header of one would be" * 20)
    with pytest.raises(PlainError, match="not a library"):
        await LocalStore.open(tmp_path / "library.sqlite3")
