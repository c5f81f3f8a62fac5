"""Stories of corrections: what they change, for whom, and what they outlive."""

import asyncio
import threading
from collections.abc import Callable, Sequence
from itertools import permutations
from pathlib import Path

import pytest

from index.article import SHARED, Article, Owner, Source
from index.correcting import Corrector, Effect
from index.correction import Alias, Content, Correction, Hide, Merge, Redate
from index.dates import PartialDate
from index.errors import PlainError
from index.indexing import Writer
from index.library import Library
from index.snapshot import Snapshot
from index.store import Told
from tests.building import HashingEncoder, article

pytestmark = pytest.mark.usefixtures("rules_alone")

LEICA = article(
    "Leica works together with Huawei. Leica and Xiaomi announced a partnership.", "Leica", url="https://e.org/1"
)
LUMORA = article(
    "Bright Vale works together with Huawei on lenses. Sharp works together with Lumora.",
    "Lumora",
    url="https://e.org/2",
)
BOX = article("The orange box works together with OnePlus on cameras.", "A box", url="https://e.org/3")


@pytest.fixture
def writer(library: Library) -> Writer:
    return Writer(library)


@pytest.fixture
def corrector(library: Library, writer: Writer) -> Corrector:
    return Corrector(library, writer, most=3)


def said(content: Content) -> Callable[[Snapshot, Sequence[Correction]], Content]:
    return lambda *_: content


async def correct(corrector: Corrector, content: Content, owner: Owner = SHARED) -> Effect:
    return await corrector.correct(said(content), owner, made_by="alice")


async def pairs(library: Library, owner: Owner = SHARED) -> list[str]:
    """What every claim is on."""
    statements = (await library.snapshot(owner)).all_statements()
    return sorted(f"{s.claim.a}–{s.claim.b}" for s in statements)


async def dates(library: Library, owner: Owner = SHARED) -> list[str]:
    return sorted(str(stored.article.published) for stored in (await library.snapshot(owner)).articles)


def hidden(one: Article, owner: Owner = SHARED, pair: tuple[str, str] = ("Huawei", "Leica")) -> Hide:
    return Hide(one.id_for(owner), pair, one.text.split(". ")[0] + ".")


# What each kind does


async def test_an_alias_stands_for_its_organisation_in_articles(
    library: Library, writer: Writer, corrector: Corrector
) -> None:
    await writer.add([BOX])
    assert await pairs(library) == []
    effect = await correct(corrector, Alias("orange box", "Hasselblad"))
    assert await pairs(library) == ["Hasselblad–OnePlus"]
    assert (effect.new, effect.claims, effect.articles) == (True, 1, 1)
    snapshot = await library.snapshot()
    assert snapshot.is_named("Hasselblad")
    assert snapshot.known.named("Orange Box") == "Hasselblad"
    assert "orange box" in snapshot.known.spellings_of("Hasselblad")


async def test_an_alias_with_a_capital_leaves_the_everyday_word_alone(
    library: Library, writer: Writer, corrector: Corrector
) -> None:
    await writer.add(
        [article("An apex works together with OnePlus."), article("Apex works together with vivo.", "Two")]
    )
    await correct(corrector, Alias("Apex", "Hasselblad"))
    assert await pairs(library) == ["Hasselblad–vivo"]
    assert (await library.snapshot()).known.listed("is apex with vivo?", strict=False)[0].name == "Hasselblad"


async def test_an_alias_goes_before_the_list(library: Library, writer: Writer, corrector: Corrector) -> None:
    await writer.add([LEICA])
    await correct(corrector, Alias("Xiaomi", "Sharp"))
    assert await pairs(library) == ["Huawei–Leica", "Leica–Sharp"]


async def test_an_alias_may_stand_for_an_organisation_in_no_list(
    library: Library, writer: Writer, corrector: Corrector
) -> None:
    await writer.add([LUMORA, BOX])
    await correct(corrector, Alias("orange box", "Lumora"))
    assert await pairs(library) == ["Bright Vale–Huawei", "Lumora–OnePlus", "Lumora–Sharp"]


async def test_a_merged_organisation_counts_as_the_other(
    library: Library, writer: Writer, corrector: Corrector
) -> None:
    await writer.add([LUMORA])
    effect = await correct(corrector, Merge("Bright Vale", "Lumora"))
    assert await pairs(library) == ["Huawei–Lumora", "Lumora–Sharp"]
    assert effect.claims == 1
    snapshot = await library.snapshot()
    assert not snapshot.is_named("Bright Vale")
    assert snapshot.known.named("bright vale") == "Lumora"


async def test_a_listed_organisation_brings_its_aliases_along(
    library: Library, writer: Writer, corrector: Corrector
) -> None:
    await writer.add([article("Hassy works together with OnePlus.")])
    await correct(corrector, Merge("Hasselblad", "Leica"))
    assert await pairs(library) == ["Leica–OnePlus"]
    known = (await library.snapshot()).known
    assert {known.named(name) for name in ("hassy", "Hasselblad", "Leica", "Leitz")} == {"Leica"}


async def test_two_that_count_as_one_are_no_pair(library: Library, writer: Writer, corrector: Corrector) -> None:
    await writer.add([LEICA])
    await correct(corrector, Merge("Xiaomi", "Leica"))
    assert await pairs(library) == ["Huawei–Leica"]


async def test_merges_are_followed_to_their_end(library: Library, writer: Writer, corrector: Corrector) -> None:
    await writer.add([LUMORA])
    await correct(corrector, Merge("Lumora", "Leica"))
    await correct(corrector, Merge("Bright Vale", "Lumora"))
    assert await pairs(library) == ["Huawei–Leica", "Leica–Sharp"]


async def test_a_hidden_sentence_makes_no_claim_on_its_pair(
    library: Library, writer: Writer, corrector: Corrector
) -> None:
    await writer.add([LEICA])
    effect = await correct(corrector, hidden(LEICA))
    assert await pairs(library) == ["Leica–Xiaomi"]
    assert (effect.claims, effect.articles) == (1, 1)
    assert [a.article.text for a in (await library.snapshot()).articles] == [LEICA.text]


async def test_a_corrected_date_is_the_articles_date_everywhere(
    library: Library, writer: Writer, corrector: Corrector
) -> None:
    one = article("Leica ended its partnership with Huawei on 31 March.", published="2021-05-16")
    await writer.add([one])
    (before,) = (await library.snapshot()).all_statements()
    await correct(corrector, Redate(one.id_for(SHARED), PartialDate(2023, 5, 16)))
    snapshot = await library.snapshot()
    (after,) = snapshot.all_statements()
    assert str(after.said) == str(snapshot.articles[0].article.published) == "2023-05-16"
    assert snapshot.segments[0].places[0].stored == after.stored
    assert str(before.claim.holds_until) == "2021-03-31"
    assert str(after.claim.holds_until) == "2023-03-31", "what a sentence dates by its article is read anew"
    assert (await library.store.counts(SHARED)).newest == "2023-05-16"
    assert [str(a.article.published) for a in await writer.remove([one.title])] == ["2023-05-16"]


async def test_a_starters_source_is_dated_anew_with_it(library: Library, writer: Writer, corrector: Corrector) -> None:
    date, other = PartialDate(2016, 2, 25), PartialDate(2016, 3, 1)
    sources = (Source("Engadget", "https://e.example", date), Source("Wired", "https://w.example", other))
    starter = Article("Starter", LEICA.text, "Rangefinder", published=date, sources=sources, origin="seed:one.md")
    await writer.bring_starters([starter])
    await correct(corrector, Redate(starter.id_for(SHARED), PartialDate(2017)))
    (stored,) = (await library.snapshot()).articles
    assert [str(source.published) for source in stored.article.sources] == ["2017", "2016-03-01"]


# Undoing, repeating, contradicting


@pytest.mark.parametrize(
    "content",
    [
        Alias("orange box", "Hasselblad"),
        Merge("Bright Vale", "Lumora"),
        hidden(LEICA),
        Redate(LEICA.id_for(SHARED), PartialDate(2023)),
    ],
)
async def test_what_is_undone_is_as_it_was(
    content: Content, library: Library, writer: Writer, corrector: Corrector
) -> None:
    await writer.add([LEICA, LUMORA, BOX])
    before = (await pairs(library), await dates(library))
    effect = await correct(corrector, content)
    assert (await pairs(library), await dates(library)) != before
    undone = await corrector.undo(effect.correction.number)
    assert (undone.correction, undone.claims) == (effect.correction, effect.claims)
    assert (await pairs(library), await dates(library)) == before
    assert not list((library.folder.root / "readings").glob("*")), "nothing is kept that nobody reads"


async def test_the_same_correction_twice_is_one(library: Library, corrector: Corrector) -> None:
    first = await correct(corrector, Alias("hassy", "Hasselblad"))
    again = await correct(corrector, Alias("Hassy", "Hasselblad"))
    assert (again.new, again.correction) == (False, first.correction)
    assert await library.store.generations([SHARED]) == {SHARED: 1}


async def test_of_one_subject_an_owner_says_one_thing(library: Library, corrector: Corrector) -> None:
    await correct(corrector, Merge("Lumora", "Leica"))
    for content in (Merge("lumora", "Zeiss"), Alias("Lumora", "Leica")):
        with pytest.raises(PlainError, match="Correction 1 says otherwise"):
            await correct(corrector, content)
    assert len((await library.store.corrected(SHARED)).made) == 1


async def test_a_server_has_so_many_corrections_and_no_more(corrector: Corrector) -> None:
    for name in ("one", "two", "three"):
        await correct(corrector, Alias(name, "Leica"), "7")
        await correct(corrector, Alias(name, "Leica"))
    with pytest.raises(PlainError, match="3 corrections already"):
        await correct(corrector, Alias("four", "Leica"), "7")
    await corrector.undo(1, "7")
    await correct(corrector, Alias("four", "Leica"), "7")
    await correct(corrector, Alias("four", "Leica"))


async def test_what_cannot_be_decided_changes_nothing(library: Library, corrector: Corrector) -> None:
    def refuse(*_: object) -> Content:
        raise PlainError("No.")

    with pytest.raises(PlainError, match=r"No\."):
        await corrector.correct(refuse, made_by="alice")
    with pytest.raises(PlainError, match="no correction 1"):
        await corrector.undo(1)
    assert await library.store.generations([SHARED]) == {SHARED: 0}


async def test_the_order_of_corrections_leaves_no_trace(library: Library, writer: Writer, corrector: Corrector) -> None:
    await writer.add([LUMORA, BOX])
    contents = [
        Alias("orange box", "Lumora"),
        Merge("Bright Vale", "Lumora"),
        hidden(LUMORA, pair=("Huawei", "Bright Vale")),
        Redate(LUMORA.id_for(SHARED), PartialDate(2019)),
    ]
    seen = set()
    for order in permutations(contents):
        made = [(await correct(corrector, content)).correction.number for content in order]
        seen.add((*await pairs(library), *await dates(library)))
        for number in made:
            await corrector.undo(number)
    assert seen == {("Lumora–OnePlus", "Lumora–Sharp", "2019", "2021-05-16")}


# Owners


async def test_a_servers_corrections_reach_nobody_else(library: Library, writer: Writer, corrector: Corrector) -> None:
    await writer.add([LEICA, BOX])
    await writer.add([LEICA], "8")
    both = (await pairs(library), await pairs(library, "8"))
    await correct(corrector, Alias("orange box", "Hasselblad"), "7")
    await correct(corrector, hidden(LEICA), "7")
    await correct(corrector, Redate(LEICA.id_for(SHARED), PartialDate(2019)), "7")
    assert await pairs(library, "7") == ["Hasselblad–OnePlus", "Leica–Xiaomi"]
    assert await dates(library, "7") == ["2019", "2021-05-16"]
    assert (await pairs(library), await pairs(library, "8")) == both
    assert "2019" not in [*await dates(library), *await dates(library, "8")]
    assert (await library.snapshot("8")).known.named("orange box") is None
    with pytest.raises(PlainError, match="no correction 1"):
        await corrector.undo(1, "8")


async def test_a_server_sees_by_the_shared_corrections_and_then_by_its_own(
    library: Library, writer: Writer, corrector: Corrector
) -> None:
    await writer.add([LEICA])
    await writer.add([LUMORA], "7")
    await correct(corrector, Merge("Bright Vale", "Lumora"))
    await correct(corrector, Redate(LEICA.id_for(SHARED), PartialDate(2019)))
    assert await pairs(library, "7") == ["Huawei–Leica", "Huawei–Lumora", "Leica–Xiaomi", "Lumora–Sharp"]
    await correct(corrector, Merge("Lumora", "Leica"), "7")
    await correct(corrector, Redate(LEICA.id_for(SHARED), PartialDate(2020)), "7")
    assert await pairs(library, "7") == ["Huawei–Leica", "Huawei–Leica", "Leica–Sharp", "Leica–Xiaomi"]
    assert (await dates(library), await dates(library, "7")) == (["2019"], ["2020", "2021-05-16"])


async def test_shared_corrections_are_made_once_for_all(library: Library, writer: Writer, corrector: Corrector) -> None:
    await writer.add([LEICA])
    await correct(corrector, hidden(LEICA))
    segments = {id((await library.snapshot(owner)).segments[0]) for owner in (SHARED, "7", "8")}
    assert len(segments) == 1


# What corrections outlive


async def test_corrections_outlive_new_rules_and_a_reindex(
    library: Library, writer: Writer, corrector: Corrector, monkeypatch: pytest.MonkeyPatch
) -> None:
    await writer.add([LEICA, BOX])
    await correct(corrector, hidden(LEICA))
    await correct(corrector, Alias("orange box", "Hasselblad"))
    corrected = await pairs(library)
    monkeypatch.setattr("index.library.claims_version", lambda: "newer rules")
    assert await writer.remake_claims()
    assert await writer.reindex(everything=True) == 2
    assert await pairs(library) == corrected == ["Hasselblad–OnePlus", "Leica–Xiaomi"]


async def test_corrections_outlive_a_restart(tmp_path: Path, library: Library, writer: Writer) -> None:
    await writer.add([LEICA])
    await correct(Corrector(library, writer), hidden(LEICA))
    reopened = await Library.open(tmp_path, HashingEncoder())
    assert await pairs(reopened) == ["Leica–Xiaomi"]
    await reopened.close()


async def test_a_hidden_sentence_stays_hidden_wherever_it_stands(
    library: Library, writer: Writer, corrector: Corrector
) -> None:
    await writer.add([LEICA])
    await correct(corrector, hidden(LEICA))
    moved = article("It is May. Leica  works together\nwith Huawei.", "Leica", url=LEICA.url or "")
    await writer.add([moved])
    assert await pairs(library) == []
    await writer.add([article("Leica works together closely with Huawei.", "Leica", url=LEICA.url or "")])
    assert await pairs(library) == ["Huawei–Leica"], "another sentence has been hidden by nobody"


async def test_a_correction_waits_for_an_article_that_was_taken_out(
    library: Library, writer: Writer, corrector: Corrector
) -> None:
    await writer.add([LEICA])
    await correct(corrector, hidden(LEICA))
    await correct(corrector, Redate(LEICA.id_for(SHARED), PartialDate(2019)))
    await writer.remove([LEICA.title])
    assert await pairs(library) == []
    await writer.add([LEICA])
    assert (await pairs(library), await dates(library)) == (["Leica–Xiaomi"], ["2019"])


async def test_what_comes_later_is_corrected_too(library: Library, writer: Writer, corrector: Corrector) -> None:
    await correct(corrector, Alias("orange box", "Hasselblad"))
    await writer.add([BOX])
    await writer.add([article(BOX.text.replace("OnePlus", "vivo"))], "7")
    assert await pairs(library, "7") == ["Hasselblad–OnePlus", "Hasselblad–vivo"]


# Questions meanwhile


async def test_another_process_notices_and_reads_nothing_again(
    tmp_path: Path, library: Library, writer: Writer, corrector: Corrector, monkeypatch: pytest.MonkeyPatch
) -> None:
    await writer.add([BOX])
    await writer.add([BOX], "7")
    other = await Library.open(tmp_path, HashingEncoder())
    assert await pairs(other, "7") == []
    await correct(corrector, Alias("orange box", "Hasselblad"))
    monkeypatch.setattr("index.readings.told_by", lambda *_: pytest.fail("it was read before it was published"))
    monkeypatch.setattr(other.store, "rows", lambda *_: pytest.fail("nothing but corrections has changed"))
    assert await pairs(other) == ["Hasselblad–OnePlus"]
    assert await pairs(other, "7") == ["Hasselblad–OnePlus"] * 2
    await other.close()


async def test_questions_are_answered_while_a_correction_is_made(
    library: Library, writer: Writer, corrector: Corrector, monkeypatch: pytest.MonkeyPatch
) -> None:
    await writer.add([BOX])
    await library.snapshot()
    reading, go_on = threading.Event(), threading.Event()

    def slowly(*_: object) -> Told:
        reading.set()
        assert go_on.wait(20)
        return Told([], ["Hasselblad"])

    monkeypatch.setattr("index.readings.told_by", slowly)
    work = asyncio.create_task(correct(corrector, Alias("orange box", "Hasselblad")))
    await asyncio.to_thread(reading.wait, 20)
    assert not (await library.snapshot()).is_named("Hasselblad")
    go_on.set()
    await work
    assert (await library.snapshot()).is_named("Hasselblad")


async def test_a_snapshot_sees_no_correction_that_came_later(
    library: Library, writer: Writer, corrector: Corrector
) -> None:
    await writer.add([LEICA])
    before = await library.snapshot()
    await correct(corrector, hidden(LEICA))
    assert len(list(before.all_statements())) == 2


@pytest.mark.parametrize("damage", ["", "[]", '{"key": 7}', '{"key": {"claims": [{}], "names": []}}'])
async def test_a_lost_or_damaged_reading_is_made_again(
    damage: str, tmp_path: Path, library: Library, writer: Writer, corrector: Corrector
) -> None:
    await writer.add([BOX])
    await correct(corrector, Alias("orange box", "Hasselblad"))
    (path,) = (tmp_path / "readings").iterdir()
    path.write_text(damage, encoding="utf-8")
    reopened = await Library.open(tmp_path, HashingEncoder())
    assert await pairs(reopened) == ["Hasselblad–OnePlus"]
    assert "Hasselblad" in path.read_text(encoding="utf-8")
    await reopened.close()
