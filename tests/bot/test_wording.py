"""Stories of wording: every template says what it was given, and one statement carries one number at least."""

import re
import tomllib
from importlib.resources import files
from string import Formatter
from typing import Any

import pytest

from bot.wording import age_warning, joined, on_date, say, with_verdict
from index.dates import PartialDate

TABLE: dict[str, Any] = tomllib.loads(files("bot").joinpath("templates.toml").read_text(encoding="utf-8"))
TEMPLATES = [
    (group, name, text) for group, named in TABLE.items() if isinstance(named, dict) for name, text in named.items()
]
STATEMENTS = (
    "state",
    "aspect",
    "judged",
    "successor",
    "premise",
    "told",
)  # groups whose sentences say something of what articles say
# What the callers give; a template that wants more fails when it is said.
GIVEN = {
    "verdict": set(),
    "state": {"a", "b", "n", "m", "publisher", "when", "other", "then", "until", "since"},
    "aspect": {"a", "b", "n", "m", "publisher"},
    "judged": {"publisher", "when", "other", "then", "n", "m"},
    "successor": {"before", "party", "partner", "since", "publisher", "when", "m"},
    "premise": {"a", "b", "publisher", "when", "since", "n"},
    "told": {"names", "date", "publisher", "when", "n"},
    "abstain": {"names"},
}


@pytest.mark.parametrize(("group", "name", "text"), TEMPLATES)
def test_a_template_asks_for_nothing_that_its_callers_lack(group: str, name: str, text: str) -> None:
    wanted = {field for _, field, _, _ in Formatter().parse(text) if field is not None}
    assert wanted <= GIVEN[group], name


@pytest.mark.parametrize(("group", "name", "text"), TEMPLATES)
def test_a_statement_carries_a_number_and_nothing_else_does(group: str, name: str, text: str) -> None:
    assert ("[{n}]" in text or "[{m}]" in text) == (group in STATEMENTS), name
    assert text.endswith(".")


@pytest.mark.parametrize(("group", "name", "text"), TEMPLATES)
def test_what_is_said_is_one_plain_sentence_with_all_filled_in(group: str, name: str, text: str) -> None:
    said = say(group, name, **{word: word.upper() for word in GIVEN[group]})
    assert not re.search(r"[{}]|  ", said)


def test_a_template_that_is_not_there_is_an_error() -> None:
    with pytest.raises(KeyError):
        say("state", "married")


def test_a_verdict_stands_before_its_statement() -> None:
    assert with_verdict("rumoured", "So it is said [1].") == "Only rumoured. So it is said [1]."


def test_the_age_warning_names_the_month() -> None:
    assert age_warning(PartialDate(2021, 5, 16)) == "My newest source on this is from May 2021."
    assert age_warning(PartialDate(2021, 5)) == "My newest source on this is from May 2021."
    assert age_warning(PartialDate(2021)) == "My newest source on this is from 2021."


def test_dates_and_names_are_said_as_in_a_sentence() -> None:
    assert [on_date(PartialDate.parse(d)) for d in ("2022-03-31", "2022-03", "2022")] == [
        "on 31 March 2022",
        "in March 2022",
        "in 2022",
    ]
    assert [joined(names) for names in (["Honor"], ["Honor", "Sharp"], ["Honor", "Sharp", "Xiaomi"])] == [
        "Honor",
        "Honor and Sharp",
        "Honor, Sharp and Xiaomi",
    ]
