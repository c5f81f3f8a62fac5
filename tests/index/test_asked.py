"""Questions that a story's claims answer by themselves."""

import random

import pytest

from index.article import Phase, Standing
from index.training.asked import BESIDE, OPEN, asked_of_claims, templates
from index.training.stories import KINDS, LabelledClaim, Story


def claim(phase: Phase, standing: Standing = "reported", *, negated: bool = False, sentence: int = 0) -> LabelledClaim:
    return LabelledClaim(sentence, "Tarsk", "Ondine", phase, standing, negated)


def label(name: str, *claims: LabelledClaim) -> str:
    return next(template for template in templates() if template.name == name).label(claims)


@pytest.mark.parametrize(
    ("name", "claims", "expected"),
    [
        ("together", [claim("running")], "yes"),
        ("together", [claim("ended")], "no"),
        ("together", [claim("ended", "denied", negated=True)], "yes"),
        ("together", [claim("running", "rumoured")], "rumour"),
        ("together", [claim("running"), claim("ended")], OPEN),
        ("together", [], BESIDE),
        ("over", [claim("ended")], "yes"),
        ("over", [claim("ended", "rumoured")], "rumour"),
        ("over", [claim("sought")], OPEN),
        ("partners", [claim("running"), claim("sought")], "fact"),
        ("former", [claim("running")], OPEN),
    ],
)
def test_a_claim_answers_a_question_by_its_phase_and_standing(
    name: str, claims: list[LabelledClaim], expected: str
) -> None:
    assert label(name, *claims) == expected


def test_every_label_is_one_that_its_kind_of_question_can_have() -> None:
    for template in templates():
        allowed = {"yes", "no", "rumour"} if template.kind == "yes_no" else {"fact", BESIDE}
        assert {*template.says.values(), *template.denies.values(), *template.rumoured.values()} <= allowed
        assert template.kind in KINDS
        for question in template.questions:
            assert ("{b}" in question) != template.party, question
            assert "{a}" in question


def test_a_sentence_on_one_of_the_two_and_a_third_is_left_open() -> None:
    story = Story(
        "t-1",
        "toys",
        "The Gazette",
        "2020-01-01",
        "Tarsk and Ondine",
        {"Tarsk": ("Tarsk",), "Ondine": ("Ondine",), "Novaq": ("Novaq",)},
        ("Tarsk works with Ondine.", "Tarsk dropped Novaq.", "It rained."),
        (claim("running"), LabelledClaim(1, "Tarsk", "Novaq", "ended", "reported", negated=False)),
        (),
    )
    rng = random.Random(4)
    for _ in range(200):
        found = asked_of_claims(story, rng)
        assert found
        text, _, labels = found
        assert 2 not in labels
        if "ondine" in text.casefold():
            assert labels[1] == OPEN
            assert labels[0] != OPEN


def test_a_story_without_a_claim_has_no_such_question() -> None:
    bare = Story("t-2", "toys", "The Gazette", "2020-01-01", "Rain", {}, ("It rained.",), (), ())
    assert asked_of_claims(bare, random.Random(1)) is None
