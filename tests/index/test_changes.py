"""Stories of articles that come twice, move, take one another's place or are renamed."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from index.article import SHARED, Article
from index.encoder import Vectors
from index.errors import PlainError
from index.indexing import Progress, Writer
from index.library import Library
from index.sentences import passages
from index.store import Told
from tests.building import HashingEncoder, article

HERE, THERE = "https://example.org/here", "https://example.org/there"
LEICA, ZEISS = "Leica works together with Xiaomi on phone cameras.", "Zeiss works together with vivo on lenses."


@pytest.fixture
def writer(library: Library) -> Writer:
    return Writer(library, most_articles=3)


async def texts(library: Library, owner: str = SHARED) -> dict[str | None, str]:
    """All texts of an owner, by their address."""
    rows = await library.store.rows(owner)
    return {stored.article.url: stored.article.text for stored in rows.articles.values()}


@pytest.mark.parametrize("at_once", [True, False])
async def test_of_two_texts_at_one_address_the_later_stays(library: Library, writer: Writer, at_once: bool) -> None:
    both = [article(LEICA, url=HERE), article(ZEISS, url=HERE)]
    for given in [both] if at_once else [[one] for one in both]:
        await writer.add(given)
    assert await texts(library) == {HERE: ZEISS}


@pytest.mark.parametrize("at_once", [True, False])
async def test_a_text_that_moves_to_another_address_is_kept(library: Library, writer: Writer, at_once: bool) -> None:
    await writer.add([article(LEICA, url=HERE)])
    moved = [article(ZEISS, url=HERE), article(LEICA, url=THERE)]
    for given in [moved] if at_once else [[one] for one in moved]:
        await writer.add(given)
    assert await texts(library) == {HERE: ZEISS, THERE: LEICA}


async def test_white_space_alone_makes_no_other_text(library: Library, writer: Writer) -> None:
    await writer.add([article(LEICA, url=HERE)])
    again = await writer.add([article(LEICA.replace(" ", "\n"), url=THERE)])
    assert (again.unchanged, list(await texts(library))) == (1, [HERE])


async def test_a_corrected_title_alone_replaces_the_article(library: Library, writer: Writer) -> None:
    await writer.add([article(LEICA, "Lieca", url=HERE)])
    assert len((await writer.add([article(LEICA, "Leica", url=HERE)])).changed) == 1
    assert [a.article.title for a in (await library.snapshot()).articles] == ["Leica"]


async def test_the_text_of_a_removed_article_may_come_from_elsewhere(library: Library, writer: Writer) -> None:
    await writer.add([article(LEICA, url=HERE)])
    await writer.remove([HERE])
    assert len((await writer.add([article(LEICA, url=THERE)])).new) == 1
    assert await texts(library) == {THERE: LEICA}


async def test_one_text_may_be_shared_and_a_servers_own(library: Library, writer: Writer) -> None:
    for owner in (SHARED, "1", "2"):
        assert len((await writer.add([article(LEICA, url=HERE)], owner)).new) == 1
    await writer.remove([HERE], "1")
    assert [len(await texts(library, owner)) for owner in (SHARED, "1", "2")] == [1, 0, 1]


async def test_a_full_server_may_still_change_an_article_and_use_room_that_was_freed(writer: Writer) -> None:
    many = [article(f"{LEICA} {n}", f"Number {n}") for n in range(4)]
    await writer.add(many[:3], "42")
    changed = article(f"{ZEISS} Now.", many[0].title)
    added = await writer.add([many[3], changed], "42")
    assert (len(added.changed), len(added.refusals)) == (1, 1)
    await writer.remove([many[1].title], "42")
    assert len((await writer.add([many[3]], "42")).new) == 1


async def test_a_server_cannot_remove_anothers_or_a_shared_article(library: Library, writer: Writer) -> None:
    (article_id,) = (await writer.add([article(LEICA, url=HERE)])).new
    for name in (article_id, HERE, "A title"):
        with pytest.raises(PlainError, match="There is no article"):
            await writer.remove([name], "42")
    assert await texts(library) == {HERE: LEICA}


async def test_two_servers_know_neither_names_nor_words_of_one_another(library: Library, writer: Writer) -> None:
    await writer.add([article(LEICA)], "1")
    await writer.add([article(ZEISS)], "2")
    one, other = await library.snapshot("1"), await library.snapshot("2")
    assert set(one.names()).isdisjoint(other.names())
    assert (one.is_named("Leica"), other.is_named("Leica")) == (True, False)
    assert (one.knows("xiaomi"), other.knows("xiaomi")) == (True, False)
    assert one.statements("Leica", "Xiaomi")
    assert not other.statements("Leica", "Xiaomi")
    assert not other.statements("Leica")


def starter(name: str, text: str) -> Article:
    return article(text, f"Starter {name}", origin=f"seed:{name}.md")


async def test_a_starter_whose_file_is_renamed_is_there_all_the_time(library: Library, writer: Writer) -> None:
    await writer.bring_starters([starter("old", LEICA)])
    brought = await writer.bring_starters([starter("new", LEICA)])
    assert (brought.new, brought.withdrawn) == (1, 1)
    assert [a.article.origin for a in (await library.snapshot()).articles] == ["seed:new.md"]


async def test_withdrawing_starters_leaves_other_articles_alone(library: Library, writer: Writer) -> None:
    await writer.add([article(ZEISS, url=HERE)])
    await writer.bring_starters([starter("one", LEICA)])
    await writer.bring_starters([])
    assert await texts(library) == {HERE: ZEISS}


async def test_long_work_says_how_far_it_is(writer: Writer) -> None:
    said: list[Progress] = []
    await writer.add([article(f"{LEICA} {n}", f"Number {n}") for n in range(40)], report=said.append)
    assert said == [Progress(16, 40), Progress(32, 40), Progress(40, 40)]


class Counting(HashingEncoder):
    """Notes how many texts come at a time."""

    def __init__(self) -> None:
        super().__init__()
        self.given: list[int] = []

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.given.append(len(texts))
        return super().encode(texts)


async def test_a_long_article_leaves_questions_their_turn_at_the_model(tmp_path: Path) -> None:
    library = await Library.open(tmp_path, encoder := Counting())
    long = article(" ".join(f"Sentence number {n} is about Leica and Xiaomi." for n in range(500)))
    await Writer(library).add([long])
    assert sum(encoder.given) == len(passages(long.text)) > 100
    assert max(encoder.given) <= 32
    assert len((await library.snapshot()).segments[0].places) == sum(encoder.given)
    await library.close()


async def test_rules_of_another_version_never_mix(
    tmp_path: Path, library: Library, writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A program that went on running while a newer one made the claims anew."""
    await writer.add([article(LEICA)])
    with monkeypatch.context() as newer:
        newer.setattr("index.library.claims_version", lambda: "newer rules")
        newer.setattr("index.indexing.told_by", lambda _: Told([], ["Newer"]))
        other = await Library.open(tmp_path, HashingEncoder())
        assert await Writer(other).remake_claims()
        await other.close()
    await writer.add([article(ZEISS, "Another")])
    assert (await library.store.versions()).claims == library.versions().claims
    assert not (await library.snapshot()).is_named("Newer")
    assert (await library.snapshot()).statements("Leica", "Xiaomi")
