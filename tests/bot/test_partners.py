"""Stories of partners and timelines: what is stated, the quote of each statement, and what is said of unknown names."""

import io

import pytest
from rich.console import Console, RenderableType

from bot.app import App
from bot.partners import Listing, ShownPartnership, stated
from bot.terminal.partnerships import partners_view, timeline_view
from bot.terminal.show import partnership_json
from index.article import Article, Source
from index.dates import PartialDate
from index.errors import PlainError
from tests.building import article

AGREED = article("Leica and Huawei announced a partnership.", "Agreed", published="2016-02-25")
ENDED = article("Leica said that its partnership with Huawei ended on 31 March 2022.", "Over", published="2022-05-24")
RENEWED = article("Leica and Huawei have announced a new partnership.", "Again", published="2024-02-01")
XIAOMI = article("Xiaomi and Leica announced a partnership.", "Xiaomi", published="2026-05-23")
HONOR = article("A tipster says that Leica may work with Honor.", "Honor?", published="2026-08-01")


async def partners(app: App, name: str = "Leica", as_of: str | None = None) -> list[ShownPartnership]:
    found = await app.partners(name, as_of=PartialDate.parse(as_of) if as_of else None)
    return list(found.partnerships)


def told(found: list[ShownPartnership]) -> list[tuple[str, str]]:
    return [(" and ".join(one.organisations), stated(one)) for one in found]


async def test_each_partnership_is_told_with_dates_and_the_numbers_of_its_quotes(app: App) -> None:
    await app.add([AGREED, ENDED, XIAOMI, HONOR])
    found = await partners(app)
    assert told(found) == [
        ("Leica and Xiaomi", "agreed, reported on 23 May 2026 [1]"),
        ("Honor and Leica", "rumoured [1]"),
        ("Huawei and Leica", "ended on 31 March 2022 [1], agreement reported on 25 February 2016 [2]"),
    ]
    assert [quote.quote.text for quote in found[2].quotes] == [ENDED.text, AGREED.text]


async def test_as_of_a_date_what_came_later_is_not_known(app: App) -> None:
    await app.add([AGREED, ENDED, XIAOMI, HONOR])
    assert told(await partners(app, as_of="2021")) == [("Huawei and Leica", "agreed, reported on 25 February 2016 [1]")]
    assert await partners(app, as_of="2015") == []


async def test_a_timeline_shows_each_span(app: App) -> None:
    await app.add([AGREED, ENDED, RENEWED, XIAOMI])
    both = await app.timeline("leica", "huawei")
    assert both.organisations == ("Leica", "Huawei")
    spans = [(p.status, str(p.since and p.since.on), str(p.until and p.until.on)) for p in both.partnerships]
    assert spans == [("ended", "2016-02-25", "2022-03-31"), ("agreed", "2024-02-01", "None")]
    everything = await app.timeline("Leica")
    assert [p.organisations for p in everything.partnerships][-1] == ("Leica", "Xiaomi")


async def test_old_evidence_for_the_present_is_warned_of(app: App) -> None:
    await app.add([AGREED, ENDED, article("Leica works with Sharp.", published="2021-06-17")])
    warnings = {one.organisations: one.warning for one in await partners(app)}
    assert warnings[("Leica", "Sharp")] == "My newest source on this is from June 2021."
    assert warnings[("Huawei", "Leica")] == ""
    assert not any(one.warning for one in await partners(app, as_of="2023"))


async def test_copies_of_a_story_count_once(app: App) -> None:
    text = (
        "Leica and Xiaomi have announced a partnership on the cameras of phones. The first of these phones will be "
        "shown in July, the two companies said in Wetzlar, and a laboratory for lenses is to follow in the autumn."
    )
    for number, publisher in enumerate(("The Gazette", "The Herald", "The Courier"), 23):
        copied = article(f"{text} Read {publisher}.", publisher, published=f"2026-05-{number}", publisher=publisher)
        await app.add([copied])
    (one,) = await partners(app)
    assert [quote.also_in for quote in one.quotes] == [2]
    assert (one.since and one.since.n) == 1


@pytest.mark.parametrize("name", ["Hasselblad", "hassy", " hasselblad "])
async def test_an_organisation_goes_by_any_of_its_names(app: App, name: str) -> None:
    await app.add([article("Hasselblad works with OnePlus.")])
    found = await app.partners(name)
    assert (found.organisations, len(found.partnerships)) == (("Hasselblad",), 1)
    assert (await app.timeline("1+", name)).organisations == ("OnePlus", "Hasselblad")


@pytest.mark.parametrize(
    ("typed", "nearest"), [("Hasselblat", "Hasselblad"), ("hasy", "Hasselblad"), ("1plus", "OnePlus")]
)
async def test_for_an_unknown_organisation_the_nearest_names_are_offered(app: App, typed: str, nearest: str) -> None:
    await app.add([article("Hasselblad works with OnePlus.")])
    with pytest.raises(
        PlainError, match=rf"^No article of mine names '{typed}'\. The nearest names? I know: {nearest}"
    ):
        await app.partners(typed)
    with pytest.raises(PlainError, match="nearest"):
        await app.timeline("Hasselblad", typed)


async def test_an_empty_library_knows_no_names(app: App) -> None:
    with pytest.raises(PlainError, match="add articles first"):
        await app.partners("Leica")


async def test_a_timeline_of_one_with_itself_is_refused(app: App) -> None:
    await app.add([article("Hasselblad works with OnePlus.")])
    with pytest.raises(PlainError, match="Both are Hasselblad"):
        await app.timeline("hassy", "Hasselblad")


async def test_an_outlet_is_no_partner_of_those_it_writes_about(app: App) -> None:
    told = article("The Optic Herald understood that the deal of Zeiss and vivo goes on.", "Zeiss and vivo")
    source = Article("Another", "Leica is old.", sources=(Source("Optic Herald", "https://h.example", None),))
    await app.add([told, source, article("Zeiss and vivo work together.")])
    assert [one.organisations for one in await partners(app, "Zeiss")] == [("Zeiss", "vivo")]


async def test_a_server_sees_the_shared_partnerships_and_its_own(app: App) -> None:
    await app.add([XIAOMI])
    await app.add([HONOR], owner="7")
    assert len((await app.partners("Leica", owner="7")).partnerships) == 2
    assert len((await app.partners("Leica", owner="8")).partnerships) == 1
    with pytest.raises(PlainError):
        await app.timeline("Honor", owner="8")


async def test_json_has_the_keys_of_the_contract(app: App) -> None:
    await app.add([AGREED, ENDED])
    (one,) = map(partnership_json, await partners(app))
    assert list(one) == ["organisations", "scope", "status", "since", "until", "quotes"]
    assert (one["since"], one["until"], one["quotes"][0]["n"]) == ("2016-02-25", "2022-03-31", 1)


def printed(view: RenderableType, width: int = 80) -> list[str]:
    out = io.StringIO()
    Console(file=out, width=width, color_system=None).print(view)
    return [line.rstrip() for line in out.getvalue().splitlines()]


async def test_partners_in_a_terminal(app: App) -> None:
    await app.add([AGREED, ENDED, XIAOMI, HONOR, article("Leica and Huawei part.", "Huawei", published="2023")])
    lines = printed(partners_view(await app.partners("Leica"), None))
    assert all(len(line) <= 80 for line in lines)
    assert [line for line in lines if line in ("Now", "Rumoured or sought", "Over or refused")] == [
        "Now",
        "Rumoured or sought",
        "Over or refused",
    ]
    assert "Leica and Huawei: ended on 31 March 2022 [1], agreement reported on 25 February" in lines
    assert "    The Gazette, 24 May 2022 · official" in lines
    assert not any(line.startswith("[3]") for line in lines), "only what is named is quoted"


async def test_a_timeline_in_a_terminal(app: App) -> None:
    await app.add([AGREED, ENDED, RENEWED])
    lines = printed(timeline_view(await app.timeline("Huawei", "Leica")))
    assert lines[0] == "Huawei and Leica: ended on 31 March 2022 [1], agreement reported on 25 February"
    assert "Huawei and Leica: agreed, reported on 1 February 2024 [1]" in lines


@pytest.mark.parametrize(
    ("view", "line"),
    [
        (partners_view(Listing(("Leica",), ()), None), "I know of no partner of Leica."),
        (partners_view(Listing(("Leica",), ()), PartialDate(2015)), "I know of no partner of Leica, as of 2015."),
        (timeline_view(Listing(("Leica",), ())), "I know of no partner of Leica."),
        (timeline_view(Listing(("Leica", "Sharp"), ())), "I have no source on Leica and Sharp together."),
    ],
)
def test_where_nothing_is_known_one_line_says_so(view: RenderableType, line: str) -> None:
    assert printed(view) == [line]
