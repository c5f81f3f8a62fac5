"""The word lists of the rules: each cue says what its example says."""

from typing import get_args

import pytest

from index.article import Phase, Standing
from index.claims.words import Cue, cues, version, word_list

GROUPS = ("phase", "standing", "relation", "negation", "exclusive", "successor")
ALL = [(group, cue) for group in GROUPS for cue in cues(group)]
DECIDING = [(group, cue) for group, cue in ALL if group in ("phase", "standing", "exclusive")]


def label(value: object) -> str:
    return value.example if isinstance(value, Cue) else str(value)


@pytest.mark.parametrize(("group", "cue"), ALL, ids=label)
def test_each_cue_fits_its_example(group: str, cue: Cue) -> None:
    assert cue.pattern.search(cue.example), group


@pytest.mark.parametrize(("group", "cue"), DECIDING, ids=label)
def test_the_first_cue_that_fits_says_what_the_example_says(group: str, cue: Cue) -> None:
    first = next(other for other in cues(group) if other.pattern.search(cue.example))
    assert first.says == cue.says


def test_phases_standings_and_exclusivity_are_those_of_the_design() -> None:
    assert {cue.says for cue in cues("phase")} == set(get_args(Phase))
    assert {cue.says for cue in cues("standing")} == set(get_args(Standing)) - {"reported"}  # what is left over
    assert {cue.says for cue in cues("exclusive")} == {"yes", "no"}


def test_a_cue_is_whole_words_in_any_case() -> None:
    negation = cues("negation")[0].pattern
    assert negation.search("They did NOT say so.")
    assert not negation.search("another notebook")


@pytest.mark.parametrize("name", ["not_in_names", "never_a_name"])
def test_a_word_list_holds_single_words_in_lower_case(name: str) -> None:
    words = word_list(name)
    assert words
    assert all(word == word.casefold() and " " not in word for word in words)


def test_the_version_is_a_short_hash() -> None:
    assert version() == version()
    assert len(version()) == 16
    assert int(version(), 16) >= 0
