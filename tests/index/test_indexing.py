"""Stories of one library: what goes in, what is seen meanwhile, what is left after a fault."""

import asyncio
import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from filelock import FileLock

from bot.answer import Answer
from bot.answering import Answerer
from index.article import SHARED, Article
from index.dates import PartialDate
from index.errors import PlainError
from index.indexing import Busy, Writer
from index.library import Library
from index.reading import Refusal
from index.search import Found, Need, search
from index.snapshot import Snapshot
from index.store import Told
from tests.building import HashingEncoder, article

TODAY = date(2026, 11, 24)
RUNNING = article("Leica works together with Huawei on phone cameras.", "Leica and Huawei", url="https://example.org/1")
ENDED = article(
    "Huawei's cooperation with Leica ended on 31 March 2022, Huawei said.",
    "Huawei and Leica part",
    published="2022-05-24",
    url="https://example.org/2",
)


@pytest.fixture
def writer(library: Library) -> Writer:
    return Writer(library, most_articles=3, patience=0.1)


async def ask(library: Library, question: str, owner: str = SHARED, snapshot: Snapshot | None = None) -> Answer:
    seen = snapshot or await library.snapshot(owner)
    return await Answerer(12).answer(seen, question, encode=library.vectors, today=TODAY)


async def found(library: Library, text: str, owner: str = SHARED, as_of: PartialDate | None = None) -> list[Found]:
    vector = (await library.vectors([text]))[0]
    return search(await library.snapshot(owner), Need(text, vector, as_of=as_of))


async def test_the_same_again_changes_nothing(library: Library, writer: Writer) -> None:
    await writer.add([RUNNING, ENDED])
    again = await writer.add([RUNNING, article(ENDED.text, "The same text elsewhere", url="https://example.org/3")])
    assert (again.new, again.changed, again.unchanged) == ([], [], 2)
    assert (await library.store.counts(SHARED)).generation == 1


async def test_a_changed_text_replaces_the_old_one_in_the_search(library: Library, writer: Writer) -> None:
    await writer.add([RUNNING])
    changed = article("Leica works together with Xiaomi.", url=RUNNING.url or "")
    assert (await writer.add([changed])).changed == [changed.id_for(SHARED)]
    assert [hit.place.text for hit in await found(library, "Leica")] == [changed.text]


async def test_an_end_overtakes_and_its_removal_turns_it_back(library: Library, writer: Writer) -> None:
    await writer.add([RUNNING])
    assert (await ask(library, "is Leica still with Huawei?")).verdict == "yes"
    await writer.add([ENDED])
    assert (await ask(library, "is Leica still with Huawei?")).verdict == "no"
    await writer.remove(["https://example.org/2"])
    assert (await ask(library, "is Leica still with Huawei?")).verdict == "yes"


async def test_a_removed_article_can_be_added_again(library: Library, writer: Writer) -> None:
    await writer.add([RUNNING])
    await writer.remove([RUNNING.title])
    assert (await writer.add([RUNNING])).new == [RUNNING.id_for(SHARED)]


async def test_what_is_not_there_cannot_be_removed_and_then_nothing_is(library: Library, writer: Writer) -> None:
    await writer.add([RUNNING])
    with pytest.raises(PlainError, match="no article 'another'"):
        await writer.remove([RUNNING.title, "another"])
    assert (await library.store.counts(SHARED)).articles == 1


async def test_a_title_that_two_have_is_not_enough(writer: Writer) -> None:
    await writer.add([article("Leica is here.", published="2020"), article("Zeiss is there.", published="2021")])
    with pytest.raises(PlainError, match="Give the id of one"):
        await writer.remove(["A title"])


async def test_a_refusal_does_not_keep_the_rest_out(writer: Writer) -> None:
    added = await writer.add([Refusal("notes.txt", "it is empty."), RUNNING])
    assert (len(added.new), len(added.refusals)) == (1, 1)


async def test_a_server_keeps_only_so_many_articles(writer: Writer) -> None:
    many = [article(f"Leica works with partner number {n}.", f"Number {n}") for n in range(5)]
    added = await writer.add(many, "42")
    assert (len(added.new), len(added.refusals)) == (3, 2)
    assert "keeps 3 articles already" in added.refusals[0].reason
    assert len((await writer.add(many, SHARED)).new) == 5


def starter(name: str, text: str) -> Article:
    return article(text, f"Starter {name}", origin=f"seed:{name}")


async def test_starters_are_brought_up_to_date_by_content(library: Library, writer: Writer) -> None:
    one, two = starter("one", "Leica works with Xiaomi."), starter("two", "Zeiss works with vivo.")
    assert (await writer.bring_starters([one, two])).new == 2
    assert (await writer.bring_starters([one, two])).new == 0
    changed = await writer.bring_starters([starter("one", "Leica no longer works with Xiaomi.")])
    assert (changed.new, changed.changed, changed.withdrawn) == (0, 1, 1)
    assert (await library.store.counts(SHARED)).articles == 1
    assert (await writer.bring_starters([one, two])).new == 1  # a withdrawn one may come back


async def test_a_starter_that_a_moderator_removed_stays_out(library: Library, writer: Writer) -> None:
    one = starter("one", "Leica works with Xiaomi.")
    await writer.bring_starters([one])
    await writer.remove([one.title])
    assert (await writer.bring_starters([one])).new == 0
    assert (await library.store.counts(SHARED)).articles == 0


async def test_two_servers_do_not_see_each_others_articles(library: Library, writer: Writer) -> None:
    await writer.add([RUNNING], "1")
    await writer.add([ENDED], "2")
    assert (await ask(library, "is Leica with Huawei?", "1")).verdict == "yes"
    assert (await ask(library, "is Leica with Huawei?", "2")).verdict == "no"
    assert (await ask(library, "is Leica with Huawei?")).verdict == "no_source"
    assert not await found(library, "Leica", SHARED)
    assert not set((await library.snapshot("3")).names())


async def test_what_is_no_owner_is_refused(library: Library) -> None:
    with pytest.raises(PlainError, match="not a server's id"):
        await library.snapshot("../../etc")


async def test_a_snapshot_answers_as_before_a_change(library: Library, writer: Writer) -> None:
    await writer.add([RUNNING])
    before = await library.snapshot()
    await writer.add([ENDED])
    assert (await ask(library, "is Leica with Huawei?", snapshot=before)).verdict == "yes"


async def test_another_process_s_change_is_seen_at_the_next_question(
    tmp_path: Path, library: Library, writer: Writer
) -> None:
    await writer.add([RUNNING])
    assert (await ask(library, "is Leica still with Huawei?")).verdict == "yes"
    other = await Library.open(tmp_path, HashingEncoder())
    await Writer(other).add([ENDED])
    await other.close()
    assert (await ask(library, "is Leica still with Huawei?")).verdict == "no"


async def test_a_second_writer_is_told_to_wait(tmp_path: Path, writer: Writer) -> None:
    with FileLock(tmp_path / "writer.lock"), pytest.raises(Busy, match="Try again"):
        await writer.add([RUNNING])


async def test_another_model_asks_nothing_until_it_is_reindexed(
    tmp_path: Path, library: Library, writer: Writer
) -> None:
    await writer.add([RUNNING])
    other = await Library.open(tmp_path, HashingEncoder("another@2"))
    with pytest.raises(PlainError, match="reindex"):
        await other.snapshot()
    with pytest.raises(PlainError, match="reindex"):
        await Writer(other).add([ENDED])
    assert await Writer(other).reindex() == 1
    assert len((await other.snapshot()).articles) == 1
    with pytest.raises(PlainError, match="reindex"):
        await library.snapshot()
    await other.close()


async def test_reindexing_what_is_up_to_date_does_nothing(library: Library, writer: Writer) -> None:
    assert await writer.reindex() == 0
    await writer.add([RUNNING])
    assert await writer.reindex() == 0
    assert await writer.reindex(everything=True) == 1


async def test_other_rules_make_claims_anew_without_embedding(
    tmp_path: Path, library: Library, writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    await writer.add([RUNNING])
    monkeypatch.setattr("index.library.claims_version", lambda: "other rules")
    monkeypatch.setattr("index.indexing.told_by", lambda _: Told([], ["Leica"]))
    encoder = HashingEncoder()
    other = await Library.open(tmp_path, encoder)
    assert await Writer(other).remake_claims()
    assert not await Writer(other).remake_claims()
    assert not list((await other.snapshot()).all_statements())
    assert encoder.encoded == 0
    await other.close()


def index_files(folder: Path) -> Iterator[Path]:
    return (folder / "index").glob("*.faiss")


async def test_index_files_are_kept_for_the_newest_generation_only(tmp_path: Path, writer: Writer) -> None:
    await writer.add([RUNNING])
    await writer.add([ENDED])
    assert [path.name.split("-")[1] for path in index_files(tmp_path)] == ["2"]


@pytest.mark.parametrize("damage", [b"", b"no index at all", None])
async def test_a_lost_or_damaged_index_is_built_again_without_embedding(
    tmp_path: Path, writer: Writer, damage: bytes | None
) -> None:
    await writer.add([RUNNING, ENDED])
    (path,) = index_files(tmp_path)
    path.unlink() if damage is None else path.write_bytes(damage)
    encoder = HashingEncoder()
    library = await Library.open(tmp_path, encoder)
    assert len((await library.snapshot()).segments[0].places) == 2
    assert encoder.encoded == 0
    await library.close()


async def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(PlainError, match="RANGEFINDER_DATA_DIR"):
        await Library.open(tmp_path / "file", HashingEncoder())


async def test_as_of_leaves_out_what_is_later_or_undated(library: Library, writer: Writer) -> None:
    undated = article("Leica works with Sharp.", "Undated", published=None)
    await writer.add([RUNNING, ENDED, undated])
    seen = await found(library, "Leica", as_of=PartialDate(2021, 12))
    assert [hit.place.stored.article for hit in seen] == [RUNNING]


async def test_publisher_and_date_weigh_but_do_not_cut(library: Library) -> None:
    one = article("Leica works with Xiaomi on cameras.", "One", publisher="The Verge", published="2022-05")
    other = article("Leica works with Xiaomi on cameras now.", "Two", publisher="Engadget", published="2023-05")
    await Writer(library).add([one, other])
    vector = (await library.vectors(["Leica Xiaomi"]))[0]
    for publisher, year, first in (("theverge.com", None, one), ("engadget", None, other), (None, 2022, one)):
        need = Need("Leica Xiaomi", vector, publisher=publisher, about=PartialDate(year) if year else None)
        hits = search(await library.snapshot(), need)
        assert len(hits) == 2
        assert hits[0].place.stored.article == first


async def test_the_order_of_adding_changes_no_answer(tmp_path: Path) -> None:
    makers = ["Leica", "Zeiss", "Hasselblad", "Ricoh", "Kodak"]
    texts = [f"{maker} works with {phone} on cameras." for maker in makers for phone in ("Xiaomi", "vivo", "Sharp")]
    articles = [article(text, text, published=f"20{n + 10}") for n, text in enumerate(texts)]
    seen = []
    for turn in range(2):
        random.Random(turn).shuffle(articles)
        library = await Library.open(tmp_path / str(turn), HashingEncoder())
        for one in articles:
            await Writer(library).add([one])
        hits = await found(library, "who works with Xiaomi on cameras?")
        answer = await ask(library, "who works with Xiaomi on cameras?")
        seen.append(([(h.place.text, h.score) for h in hits], answer.sentence, [q.quote.text for q in answer.quotes]))
        await library.close()
    assert seen[0] == seen[1]


async def test_questions_are_answered_while_articles_come_in(library: Library, writer: Writer) -> None:
    await writer.add([RUNNING])
    many = [article(f"Ricoh works with realme on camera {n}.", f"Number {n}") for n in range(100)]
    adding = asyncio.create_task(writer.add(many))
    answers = []
    while not adding.done():
        answers.append((await ask(library, "is Leica with Huawei?")).verdict)
        await asyncio.sleep(0)
    assert len((await adding).new) == 100
    assert set(answers) == {"yes"}
    assert (await ask(library, "is Ricoh with realme?")).verdict == "yes"
