"""Dates that sentences tell."""

from calendar import month_name
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.claims.when import Told, dates_in
from index.dates import PartialDate

SAID = PartialDate(2022, 5, 24)


def told(text: str, said: PartialDate | None = SAID) -> list[tuple[str, str]]:
    return [(str(date.date), text[date.span.start : date.span.end]) for date in dates_in(text, said)]


def only(text: str, said: PartialDate | None = SAID) -> Told:
    (date,) = dates_in(text, said)
    return date


@pytest.mark.parametrize(
    ("text", "date", "written"),
    [
        ("It ended on 31 March 2022.", "2022-03-31", "31 March 2022"),
        ("It ended on the 31st of March, 2022.", "2022-03-31", "31st of March, 2022"),
        ("On March 31, 2022, it ended.", "2022-03-31", "March 31, 2022"),
        ("On March 31st it ended.", "2022-03-31", "March 31st"),
        ("On Sept. 3, 2021 they met.", "2021-09-03", "Sept. 3, 2021"),
        ("They met on 3 Sep 2021.", "2021-09-03", "3 Sep 2021"),
        ("Signed 2016-02-25 in Wetzlar.", "2016-02-25", "2016-02-25"),
        ("Signed 2016-02 in Wetzlar.", "2016-02", "2016-02"),
        ("In February 2016 they signed.", "2016-02", "February 2016"),
        ("In March, 2016, they signed.", "2016-03", "March, 2016"),
        ("In February of 2016 they signed.", "2016-02", "February of 2016"),
        ("They signed in 2016.", "2016", "in 2016"),
        ("The 2016 contract holds.", "2016", "2016"),
        ("They met in mid-2016.", "2016", "mid-2016"),
        ("They signed in February.", "2022-02", "in February"),
        ("is it over since march 2022", "2022-03", "march 2022"),
    ],
)
def test_a_date_keeps_its_precision_and_its_place(text: str, date: str, written: str) -> None:
    assert told(text) == [(date, written)]


def test_dates_come_in_the_order_of_the_text() -> None:
    assert [date for date, _ in told("Begun in May 2016, renewed in 2018, ended 31 March 2022.")] == [
        "2016-05",
        "2018",
        "2022-03-31",
    ]


@pytest.mark.parametrize(
    ("said", "text", "date"),
    [
        ("2022-01-10", "They signed in December.", "2021-12"),
        ("2022-12-10", "The phone comes in January.", "2023-01"),
        ("2022-06-10", "The phone comes in August.", "2022-08"),
        ("2022-01-10", "They signed on 28 December.", "2021-12-28"),
        ("2022", "They signed in March.", "2022-03"),
    ],
)
def test_a_month_without_a_year_is_that_nearest_to_the_article(said: str, text: str, date: str) -> None:
    assert str(only(text, PartialDate.parse(said)).date) == date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Deliveries begin in September.", "2024-09"),
        ("It will open its doors in January.", "2025-01"),
        ("It is due on 3 January.", "2025-01-03"),
        ("They met in September.", "2023-09"),
        ("It will use what was made in September.", "2023-09"),
    ],
)
def test_a_month_that_is_to_come_is_the_next_one(text: str, date: str) -> None:
    assert str(only(text, PartialDate(2024, 2, 6)).date) == date


def test_what_has_gone_on_since_a_month_did_not_begin_after_the_article() -> None:
    assert str(only("They have worked together since January.", PartialDate(2024, 10, 5)).date) == "2024-01"


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("They signed last year.", "2021"),
        ("They will sign next year.", "2023"),
        ("They signed earlier this year.", "2022"),
        ("It ended last month.", "2022-04"),
        ("It will end next month.", "2022-06"),
        ("They signed two years ago.", "2020"),
        ("They signed a month ago.", "2022-04"),
        ("They signed 15 years ago.", "2007"),
        ("They signed yesterday.", "2022-05-23"),
    ],
)
def test_a_date_told_by_the_articles_own(text: str, date: str) -> None:
    assert str(only(text).date) == date
    assert told(text, None) == []
    assert list(dates_in(text, SAID, relative=False)) == []


def test_what_is_told_by_the_articles_date_is_no_more_exact_than_that() -> None:
    assert told("It ended last month, they said yesterday.", PartialDate(2022)) == []
    assert told("It ended yesterday.", PartialDate(2022, 5)) == []
    assert told("It grew over the last year.") == []
    assert [t.bound for t in dates_in("It has run since last year, until next month.", SAID)] == ["from", "until"]


def test_a_month_without_a_year_is_left_out_where_the_article_has_no_date() -> None:
    assert told("They signed in March, on 3 April.", None) == []
    assert told("They signed in March 2020.", None) == [("2020-03", "March 2020")]


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("They have worked together since 2015.", "from"),
        ("It holds from March 2016 on.", "from"),
        ("As of 31 March 2022 it is over.", "from"),
        ("Starting in 2016 they share a lab.", "from"),
        ("It holds until March.", "until"),
        ("It holds until 31 March 2022.", "until"),
        ("It runs through 2025.", "until"),
        ("It ended on 31 March 2022.", "until"),
        ("It expires in March 2027.", "until"),
        ("They signed in 2016.", "at"),
        ("On 25 February 2016 they signed.", "at"),
    ],
)
def test_the_words_before_a_date_say_which_end_it_is(text: str, bound: str) -> None:
    assert only(text).bound == bound


@pytest.mark.parametrize("text", ["It ran from 2015 to 2022.", "It ran from March 2015 to May 2022."])
def test_a_period_has_both_ends(text: str) -> None:
    assert [date.bound for date in dates_in(text, SAID)] == ["from", "until"]


@pytest.mark.parametrize(
    "text",
    [
        "They may work together.",
        "The OnePlus 9 may carry the logo.",
        "Xiaomi 14 May Carry The Logo",
        "The partner it buys from may change.",
        "The companies march on.",
    ],
)
def test_may_the_verb_is_no_date(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    "text", ["On 9 May they met.", "did it end on 9 may?", "9 May was the day.", "Since May 9 it is."]
)
def test_may_the_month_is_one(text: str) -> None:
    assert only(text).date == PartialDate(2022, 5, 9)


@pytest.mark.parametrize(
    "text",
    [
        "31 February 2022",
        "32 March 2022",
        "February 30, 2022",
        "2022-13-01",
        "0 May 2021",
        "2021-00-05",
        "29 February 2022",
    ],
)
def test_an_impossible_day_is_left_out(text: str) -> None:
    assert told(f"It ended on {text}.") == []


@pytest.mark.parametrize(
    "text",
    ["It costs $1999.", "It costs € 1999.", "A screen of 2000 nits", "A cell of 2000 mAh", "a 2000mAh cell", "A12019"],
)
def test_a_number_that_counts_something_is_no_year(text: str) -> None:
    assert told(text) == []


WORDS = (
    "may",
    "May",
    "march",
    "March",
    "sept",
    "Sept.",
    "ſept",
    "since",
    "until",
    "from",
    "in",
    "of",
    "on",
    "İ",
    "last year",
    "years ago",
    "next month",
    "yesterday",
)
NUMBERS = ("0", "9", "30th", "31", "2022", "1999", "2022-05", "-13", "١٢", "²", ",", ".", "$", "–")
PIECES = st.sampled_from(WORDS + NUMBERS)
DATES = st.builds(PartialDate, st.integers(1, 9999), st.none() | st.integers(1, 12), st.none())


@given(st.text() | st.lists(PIECES).map(" ".join) | st.lists(PIECES).map("".join), st.none() | DATES)
def test_any_text_can_be_read_and_every_date_stands_in_it(text: str, said: PartialDate | None) -> None:
    end = 0
    for found in dates_in(text, said):
        assert end <= found.span.start < found.span.end <= len(text)
        assert PartialDate.parse(str(found.date)) == found.date
        end = found.span.end


@given(
    st.dates(date(1900, 1, 1), date(2099, 12, 31)),
    st.sampled_from(
        ["{day.day} {month} {day.year}", "{month} {day.day}, {day.year}", "{day}", "{month} of {day.year}"]
    ),
)
def test_a_written_date_is_read_back(day: date, pattern: str) -> None:
    written = pattern.format(day=day, month=month_name[day.month])
    text = f"They met (x) {written}!"
    found = only(text, None)
    assert found.date == (PartialDate(day.year, day.month) if " of " in pattern else PartialDate.of(day))
    assert text[found.span.start : found.span.end] == written
