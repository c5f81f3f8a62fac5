"""/partners and /timeline."""

import re
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
import pytest_asyncio

from bot.discord.partners.render import MOST_QUOTES, partners_card, timeline_card
from bot.discord.text import unescape
from bot.partners import Bound, Listing, ShownPartnership
from index.article import SHARED
from index.dates import PartialDate
from tests.bot.cards.articles import AGREED, ENDED, SHARED_ONES
from tests.bot.cards.examples import PARTNERS, quote, shown, stored
from tests.bot.cards.golden import text_of
from tests.bot.test_discord_cards import HOSTILE, assert_within_limits
from tests.building import article
from tests.conftest import Stage


@pytest_asyncio.fixture
async def told(stage: Stage) -> AsyncIterator[Stage]:
    await stage.app.add(SHARED_ONES[SHARED])
    yield stage


async def test_partners_come_with_numbered_quotes_publisher_date_and_link(told: Stage) -> None:
    response = await told.alice.slash(told.channel, "partners", organisation="leica")
    assert response.deferred
    text = unescape(response.text)
    assert "### Partners of Leica" in text
    assert re.search(r"\*\*Leica and Huawei\*\*( \(.+\))? · ended on 31 March 2022 \[1\]", text)
    assert f"**1** “{ENDED.text.split('. ')[0]}.”" in text
    assert "Handset Weekly, 24 May 2022 · official · [read it](<https://handsets.example/ended" in text


async def test_partners_can_be_asked_as_of_a_date_and_in_private(told: Stage) -> None:
    response = await told.alice.slash(told.channel, "partners", organisation="Leica", as_of="2021", private=True)
    assert response.ephemeral
    text = unescape(response.text)
    assert "### Partners of Leica, as of 2021" in text
    assert AGREED.text.split(". ")[0] in text
    assert ENDED.text.split(". ")[0] not in text
    wrong = await told.alice.slash(told.channel, "partners", organisation="Leica", as_of="soon")
    assert "is not a date" in wrong.text


async def test_a_timeline_of_one_and_of_two(told: Stage) -> None:
    text = unescape((await told.alice.slash(told.channel, "timeline", organisation="hassy")).text)
    assert "### Timeline of Hasselblad" in text
    assert re.search(r"\*\*Hasselblad and Nokia\*\*( \(.+\))? · rumoured \[1\]", text)
    both = unescape((await told.alice.slash(told.channel, "timeline", organisation="Huawei", other="Leica")).text)
    assert "### Timeline of Huawei and Leica" in both
    none = await told.alice.slash(told.channel, "timeline", organisation="Huawei", other="Zeiss")
    assert "I have no source on Huawei and Zeiss together." in none.text


@pytest.mark.parametrize("command", ["partners", "timeline"])
async def test_an_unknown_organisation_is_said_plainly_with_the_nearest_names(told: Stage, command: str) -> None:
    response = await told.alice.slash(told.channel, command, organisation="**Leicca** @everyone")
    assert "The nearest name I know: Leica." in unescape(response.text)
    assert "**" not in response.text
    assert not response.pings


async def test_partnerships_of_one_server_are_not_told_in_another(told: Stage) -> None:
    own = article("Pentax works together with Nokia, both said.", "Pentax and Nokia")
    await told.app.add([own], owner=str(told.guild.id))
    assert "Pentax" in (await told.alice.slash(told.channel, "partners", organisation="Nokia")).text
    assert "Pentax" not in (await told.alice.slash(told.alice.direct, "timeline", organisation="Nokia")).text


async def test_organisations_are_suggested_from_what_the_server_knows_of_partnerships(told: Stage) -> None:
    await told.app.add([article("Pentax is a maker of cameras. Pentax is old.", "Pentax")])
    for command, option in (("partners", "organisation"), ("timeline", "organisation"), ("timeline", "other")):
        choices = await told.alice.autocompletes(told.channel, command, **{option: "hassel"})
        assert [choice.value for choice in choices] == ["Hasselblad"]
        assert await told.alice.autocompletes(told.channel, command, **{option: "pent"}) == []


def entry(number: int, quotes: int = 1, length: int = 80) -> ShownPartnership:
    """A partnership with so many quotes, each of an article of its own; the last one dates its beginning."""
    articles = [stored(f"{'x' * length} {number} {n}.", id=f"{number}-{n}") for n in range(quotes)]
    said = tuple(shown(n, quote(one, one.article.text)) for n, one in enumerate(articles, 1))
    return ShownPartnership(
        ("Leica", f"Maker {number}"), None, "running", Bound(PartialDate(2016), True, quotes), None, said
    )


def test_a_card_has_four_quotes_at_most_and_says_how_many_partnerships_it_leaves_out() -> None:
    text = text_of(partners_card(Listing(("Leica",), tuple(entry(n) for n in range(9))), None))
    assert text.count("“") == MOST_QUOTES
    assert [f"**{n}** “" in text for n in range(1, 6)] == [True] * 4 + [False]
    assert text.endswith("-# and 5 more partnerships")


def test_room_that_is_left_goes_to_the_quotes_that_dates_rest_on() -> None:
    text = unescape(text_of(timeline_card(Listing(("Leica",), (entry(1, 3), entry(2, 3), entry(3))))))
    assert "**Leica and Maker 1** · running [1], since 2016 [2]" in text
    assert "**Leica and Maker 2** · running [3]\n" in text, "its date has no quote here, so it is not told"
    assert text.endswith("-# and 3 more quotes")


@pytest.mark.parametrize("size", [10, 300, 1000])
def test_hostile_partnerships_fit(size: int) -> None:
    long = (HOSTILE * 200)[:size]
    text = (HOSTILE * 40)[:495]
    articles = [
        stored(text, id=f"h{n}", title=long, publisher=long, url=f"https://evil.example/{'(' * size}") for n in range(4)
    ]
    said = tuple(shown(n, quote(one, one.article.text), also_in=9) for n, one in enumerate(articles, 1))
    one = replace(PARTNERS.partnerships[0], organisations=(long, HOSTILE), scope=long, quotes=said)
    for listing in (Listing((long, HOSTILE), (one,)), Listing((long,), (one,) * 9)):
        for view in (partners_card(listing, PartialDate(2021)), timeline_card(listing)):
            assert_within_limits(view)
            assert text in unescape(text_of(view))
            assert "more" in text_of(view)
