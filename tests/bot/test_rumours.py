"""Stories of rumours: each told once, newest first, with what became of it."""

from datetime import date

import pytest

from bot.answer import Rumour
from bot.app import App
from index.dates import PartialDate
from index.errors import PlainError
from tests.building import article

RUMOUR = article("A tipster says that Leica may work with Honor.", "Leica and Honor?", published="2026-08-01")


async def rumours(app: App, organisation: str | None = None, since: date | None = None, most: int = 20) -> list[Rumour]:
    return await app.rumours(organisation=organisation, since=since, most=most)


async def the_outcome(app: App, later: str, published: str = "2026-10-01") -> tuple[str, PartialDate | None]:
    """What became of the rumour of Leica and Honor after one later article."""
    await app.add([RUMOUR, article(later, "What came of it", published=published)])
    found = [rumour for rumour in await rumours(app, "Honor") if rumour.said == RUMOUR.published]
    (rumour,) = found
    return rumour.outcome.state, rumour.outcome.on


async def test_a_rumour_names_its_pair_phase_standing_date_and_sentence(app: App) -> None:
    await app.add([RUMOUR])
    (rumour,) = await rumours(app)
    assert (rumour.organisations, rumour.phase, rumour.standing) == (("Honor", "Leica"), "sought", "rumoured")
    assert rumour.said == PartialDate(2026, 8, 1)
    assert [quote.quote.text for quote in rumour.quotes] == [RUMOUR.text]
    assert (rumour.outcome.state, rumour.outcome.quote) == ("open", None)


async def test_what_is_official_is_no_rumour(app: App) -> None:
    await app.add([article("Leica and Xiaomi have announced a partnership.")])
    assert await rumours(app) == []


async def test_a_rumour_that_came_true_is_confirmed_by_a_quote(app: App) -> None:
    assert await the_outcome(app, "Honor and Leica have announced a partnership.") == (
        "confirmed",
        PartialDate(2026, 10, 1),
    )
    (rumour,) = await rumours(app, "Leica")
    assert rumour.outcome.quote
    assert rumour.outcome.quote.quote.text == "Honor and Leica have announced a partnership."
    assert rumour.outcome.quote.n == len(rumour.quotes) + 1


async def test_a_rumour_that_a_party_denies_is_refuted(app: App) -> None:
    assert await the_outcome(app, "Leica denied that it works with Honor.") == ("refuted", PartialDate(2026, 10, 1))


async def test_another_rumour_settles_nothing(app: App) -> None:
    assert await the_outcome(app, "A leak says that Honor may carry Leica lenses.") == ("open", None)


async def test_a_rumour_of_which_nobody_speaks_for_a_year_is_quiet(app: App) -> None:
    await app.add([article(RUMOUR.text, published="2021-05-16")])
    (rumour,) = await rumours(app)
    assert (rumour.outcome.state, rumour.outcome.on) == ("quiet", PartialDate(2021, 5, 16))


async def test_what_was_said_before_a_rumour_settles_it_not(app: App) -> None:
    state, _ = await the_outcome(app, "Honor and Leica have announced a partnership.", published="2026-07-01")
    assert state == "open"


async def test_a_rumoured_end_is_confirmed_by_the_end(app: App) -> None:
    await app.add(
        [
            article("A leak says that Leica may end its deal with Sharp.", "A leak", published="2026-08-01"),
            article("Leica ended its deal with Sharp.", "The end", published="2026-10-01"),
        ]
    )
    (rumour,) = await rumours(app, "Sharp")
    assert (rumour.phase, rumour.outcome.state) == ("ended", "confirmed")


async def test_newest_first_and_undated_last(app: App) -> None:
    for number, day in enumerate(("2026-01", None, "2026-03-05", "2025")):
        makers = ("Honor", "Sharp", "Xiaomi", "Nokia")
        await app.add([article(f"Leica may work with {makers[number]}, a leak says.", f"No. {number}", published=day)])
    said = [str(rumour.said) for rumour in await rumours(app)]
    assert said == ["2026-03-05", "2026-01", "2025", "None"]
    assert len(await rumours(app, most=2)) == 2


async def test_since_leaves_out_what_is_older_or_undated(app: App) -> None:
    await app.add([RUMOUR, article("Leica may work with Sharp, a leak says.", published=None)])
    assert [r.said for r in await rumours(app, since=date(2026, 8, 1))] == [RUMOUR.published]
    assert await rumours(app, since=date(2026, 8, 2)) == []


async def test_copies_of_one_rumour_are_told_once_and_counted(app: App) -> None:
    text = (
        "A tipster says that Leica may work with Honor on the cameras of phones. The first of these phones could be "
        "shown in the spring, says the same tipster, who was right about the last two phones of Honor before."
    )
    for number, publisher in enumerate(("The Gazette", "The Herald", "The Courier")):
        copied = article(
            f"{text} Read {publisher}.", publisher, published=f"2026-08-0{number + 1}", publisher=publisher
        )
        await app.add([copied])
    (rumour,) = [r for r in await rumours(app, "Honor") if r.phase == "sought"]
    assert rumour.quotes[0].also_in == 2


async def test_only_rumours_on_the_asked_organisation_by_any_of_its_names(app: App) -> None:
    await app.add([RUMOUR, article("Hasselblad may work with Sharp, a leak says.", "Another")])
    for name in ("Hasselblad", "hassy", " hasselblad "):
        assert [r.organisations for r in await rumours(app, name)] == [("Hasselblad", "Sharp")]


async def test_an_organisation_that_no_article_names_is_said_plainly(app: App) -> None:
    await app.add([RUMOUR])
    with pytest.raises(PlainError, match="No article of mine names 'Foobarix'"):
        await rumours(app, "Foobarix")


async def test_a_server_sees_the_shared_rumours_and_its_own(app: App) -> None:
    await app.add([RUMOUR])
    own = article("Hasselblad may work with Sharp, a leak says.", "Another")
    await app.add([own], owner="7")
    assert len(await app.rumours(owner="7")) == 2
    assert len(await app.rumours(owner="8")) == 1
    with pytest.raises(PlainError):
        await app.rumours(owner="8", organisation="Hasselblad")
