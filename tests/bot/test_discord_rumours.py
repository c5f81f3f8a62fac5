"""/rumours latest."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.discord.suggesting import suggested
from bot.discord.text import unescape
from index.article import SHARED, Article
from index.dates import PartialDate
from index.organisations import directory
from tests.bot.cards.articles import LEAK, SHARED_ONES
from tests.conftest import Stage


@pytest_asyncio.fixture
async def told(stage: Stage) -> AsyncIterator[Stage]:
    await stage.app.add(SHARED_ONES[SHARED])
    yield stage


async def test_the_latest_rumours_come_with_quote_publisher_date_and_link(told: Stage) -> None:
    response = await told.alice.slash(told.channel, "rumours latest")
    assert response.deferred
    text = unescape(response.text)
    assert f"“{LEAK.text}”" in text
    assert "**Hasselblad and Nokia** · may work together" in text
    assert "Leak Sheet, 1 March 2024 · rumoured · [read it](<https://leaks.example/nokia" in text


async def test_rumours_can_be_of_one_organisation_and_private(told: Stage) -> None:
    response = await told.alice.slash(told.channel, "rumours latest", organisation="hasselblad", private=True)
    assert response.ephemeral
    assert LEAK.text in unescape(response.text)
    none = await told.alice.slash(told.channel, "rumours latest", organisation="Zeiss")
    assert "I know of no rumour about Zeiss." in none.text


async def test_an_organisation_that_nobody_wrote_about_is_said_plainly(told: Stage) -> None:
    response = await told.alice.slash(told.channel, "rumours latest", organisation="**Nobody** @everyone")
    assert "No article of mine names" in response.text
    assert "**" not in response.text
    assert not response.pings


async def test_a_rumour_of_one_server_is_not_told_in_another(told: Stage) -> None:
    other = told.discord.add_guild("Phone club")
    there = other.add_text_channel("general")
    other.join(told.alice)
    own = Article(
        "Pentax may work with Nokia",
        "Pentax may work with Nokia on a camera, according to a rumour.",
        published=PartialDate(2024, 5, 1),
    )
    await told.app.add([own], owner=str(other.id))
    assert "Pentax" in (await told.alice.slash(there, "rumours latest")).text
    assert "Pentax" not in (await told.alice.slash(told.channel, "rumours latest")).text
    assert "Pentax" not in (await told.alice.slash(told.alice.direct, "rumours latest")).text


async def test_organisations_are_suggested_from_what_the_server_sees(told: Stage) -> None:
    choices = await told.alice.autocompletes(told.channel, "rumours latest", organisation="hassel")
    assert [choice.value for choice in choices] == ["Hasselblad"]
    await told.app.add([Article("Pentax", "Pentax works with Nokia.")], owner="123")
    assert await told.alice.autocompletes(told.channel, "rumours latest", organisation="pent") == []


@pytest.mark.parametrize("typed", ["", "a", "A "])
def test_suggestions_stay_within_discords_bounds(typed: str) -> None:
    names = [f"a{n}" for n in range(60)] + ["a" * 101, "ba"]
    found = suggested(names, typed, directory())
    assert len(found) == 25
    assert all(len(name) <= 100 for name in found)
