"""Partnerships that end and begin again, and who may say so."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.dates import PartialDate
from index.snapshot import Statement
from index.timeline import held_on, status_of
from tests.building import statement

BEGUN = statement("running", said="2016-04-06", begun="2016", publisher="One")
ENDED = statement("ended", "official", said="2018-05-24", until="2018-03-31", publisher="Two")
RENEWED = statement("agreed", "official", said="2020-02-01", publisher="Three")
ENDED_AGAIN = statement("ended", said="2024-07-01", until="2024-06", publisher="Four")


@pytest.mark.parametrize(
    ("year", "held"), [(2015, False), (2017, True), (2018, True), (2019, False), (2020, True), (2021, True)]
)
def test_what_was_renewed_holds_again_from_then_on(year: int, held: bool) -> None:
    assert held_on([BEGUN, ENDED, RENEWED], PartialDate(year)) is held


def test_what_ended_twice_holds_no_more() -> None:
    assert held_on([BEGUN, ENDED, RENEWED, ENDED_AGAIN], PartialDate(2025)) is False


def test_a_look_back_after_the_end_renews_nothing() -> None:
    look_back = statement("running", said="2023-01-01", text="Leica and Huawei worked together for years.")
    assert held_on([BEGUN, ENDED, look_back], PartialDate(2023)) is False


def test_a_rumour_neither_begins_nor_ends_what_held() -> None:
    rumoured_end = statement("ended", "rumoured", said="2017-01-01")
    rumoured_start = statement("agreed", "rumoured", said="2010-01-01")
    assert held_on([rumoured_start], PartialDate(2012)) is None
    assert held_on([BEGUN, rumoured_end], PartialDate(2019)) is True


@pytest.mark.parametrize("standing", ["official", "reported"])
def test_a_confirmed_end_of_either_kind_ends_and_a_confirmed_renewal_reopens(standing: str) -> None:
    end = statement("ended", standing, said="2018-05-24")  # type: ignore[arg-type]
    told = [BEGUN, end]
    assert (status := status_of(told))
    assert status.state == "ended"
    assert (status := status_of([*told, RENEWED]))
    assert status.state == "agreed"


@pytest.mark.parametrize("standing", ["rumoured", "denied"])
def test_nothing_unconfirmed_reopens_what_ended(standing: str) -> None:
    again = statement("running", standing, said="2020-02-01")  # type: ignore[arg-type]
    assert (status := status_of([BEGUN, ENDED, again]))
    assert status.state == "ended"


def test_an_undated_end_ends_nothing_that_a_dated_report_says_runs() -> None:
    undated = statement("ended", "official", said=None)
    assert (status := status_of([undated, BEGUN]))
    assert status.state == "running"


def test_outlets_that_differ_by_more_than_days_are_not_disputed_but_overtaken() -> None:
    one = statement("running", said="2021-05-10", publisher="One")
    other = statement("ended", said="2021-05-16", publisher="Other")
    assert (status := status_of([one, other]))
    assert status.state == "ended"


def test_a_party_is_not_disputed_by_an_outlet() -> None:
    party = statement("running", "official", said="2021-05-16", publisher="Leica")
    outlet = statement("ended", "reported", said="2021-05-16", publisher="Other")
    assert (status := status_of([outlet, party]))
    assert status.state == "running"


STATEMENTS = st.lists(
    st.builds(
        statement,
        st.sampled_from(["sought", "agreed", "running", "ended", "refused"]),
        st.sampled_from(["official", "reported", "rumoured", "denied"]),
        said=st.sampled_from([None, "2015", "2021-05", "2021-05-14", "2021-05-16", "2022-01-01"]),
        negated=st.booleans(),
        publisher=st.sampled_from(["One", "Two", "Three"]),
    ),
    max_size=6,
    unique_by=lambda s: s.stored.id,
)


@given(STATEMENTS, st.randoms(use_true_random=False))
def test_the_order_of_adding_decides_nothing(told: list[Statement], chance: random.Random) -> None:
    shuffled = chance.sample(told, len(told))
    assert status_of(told) == status_of(shuffled)
    assert held_on(told, PartialDate(2021)) == held_on(shuffled, PartialDate(2021))


@given(STATEMENTS)
def test_a_later_rumour_changes_no_confirmed_state(told: list[Statement]) -> None:
    before = status_of(told)
    rumour = statement("ended", "rumoured", said="2023-01-01", publisher="A leaker")
    after = status_of([*told, rumour])
    if before and before.state in ("agreed", "running", "ended", "disputed"):
        assert after == before


@given(STATEMENTS)
def test_a_status_rests_on_statements_that_were_made(told: list[Statement]) -> None:
    status = status_of(told)
    assert (status is None) == (not told)
    if status:
        assert status.because
        assert set(status.because) <= set(told)
