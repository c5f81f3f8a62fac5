"""What questions are told of the names in a library."""

import pytest

from index.indexing import Writer
from index.library import Library
from index.snapshot import Snapshot
from tests.building import article

TEXTS = (
    "Both Oskarine Pharma and Bulwark & Finch met. They met Estévane in Lagos.",
    "They say that Ring left Estévane. A ring, a wing, and one more ring. "
    "Wing is Wing. So is Wing, says Wing. We like Wing.",
)


@pytest.fixture
async def snapshot(library: Library) -> Snapshot:
    await Writer(library).add([article(text, f"Number {n}", url=f"https://e.org/{n}") for n, text in enumerate(TEXTS)])
    return await library.snapshot()


async def test_a_longer_name_is_found_by_its_first_and_its_last_word(snapshot: Snapshot) -> None:
    assert snapshot.longer_names("OSKARINE") == snapshot.longer_names("pharma") == ["Oskarine Pharma"]
    assert snapshot.longer_names("Finch") == ["Bulwark & Finch"]
    assert snapshot.longer_names("estévane") == snapshot.longer_names("&") == []


async def test_names_are_found_as_they_are_typed(snapshot: Snapshot) -> None:
    assert snapshot.in_lower_case["bulwark and finch"] == "Bulwark & Finch"
    assert snapshot.in_lower_case["estevane"] == snapshot.in_lower_case["estévane"] == "Estévane"


async def test_a_slip_makes_no_everyday_word(snapshot: Snapshot) -> None:
    assert snapshot.is_everyday("Ring")
    assert not snapshot.is_everyday("Wing")
    assert not snapshot.is_everyday("Nobody")


async def test_names_stand_together_in_one_article_or_in_none(snapshot: Snapshot) -> None:
    assert snapshot.names_together("Oskarine Pharma", "Estévane")
    assert not snapshot.names_together("Oskarine Pharma", "Wing")
    assert not snapshot.names_together("Oskarine Pharma", "Quell")
