from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.dates import PartialDate, is_future

PARTIAL = st.one_of(
    st.dates().map(PartialDate.of),
    st.builds(PartialDate, st.integers(1, 9999), st.integers(1, 12)),
    st.builds(PartialDate, st.integers(1, 9999)),
)


@given(PARTIAL)
def test_what_is_written_is_read_again(day: PartialDate) -> None:
    assert PartialDate.parse(str(day)) == day
    assert day.first <= day.last


@given(PARTIAL, PARTIAL)
def test_a_partial_date_sorts_at_its_end(one: PartialDate, other: PartialDate) -> None:
    if one.last < other.last:
        assert one < other


@pytest.mark.parametrize("text", ["", "21", "2021-13", "2021-02-30", "2021-00", "2021-05-00", "0000", "May 2021"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        PartialDate.parse(text)


def test_dates_are_spoken_at_their_own_precision() -> None:
    dates = [PartialDate.parse(text) for text in ("2022-03-31", "2021-05", "2021")]
    assert [day.spoken() for day in dates] == ["31 March 2022", "May 2021", "2021"]
    assert [day.short() for day in dates] == ["31 Mar 2022", "May 2021", "2021"]


def test_older_than_counts_from_the_last_day() -> None:
    today = date(2022, 5, 31)
    assert PartialDate(2021, 4).older_than(12, today)
    assert not PartialDate(2021, 5).older_than(12, today)
    assert not PartialDate(2021).older_than(12, today)


def test_tomorrow_is_not_the_future_yet() -> None:
    assert not is_future(PartialDate(2022, 6, 1), date(2022, 5, 31))
    assert is_future(PartialDate(2022, 6, 2), date(2022, 5, 31))
    assert not is_future(PartialDate(2022), date(2022, 5, 31))
