import pytest

from index.copies import containment, same_sentence, same_story
from tests.building import article

STORY = (
    "Huawei's cooperation with Leica ended on 31 March 2022, a spokesman of the company said on Tuesday. "
    "The two had worked together on the cameras of the P and Mate series since 2016. "
    "Leica has since found a new partner in Xiaomi, whose first phone with its lenses comes in July. "
    "Neither company would say why the partnership was not renewed."
)
HALF = STORY[: len(STORY) // 2]
OTHER = "Zeiss and vivo have renewed their partnership for another three years, both companies announced in Berlin."


def test_a_copy_of_half_the_length_is_the_same_story() -> None:
    assert same_story(article(STORY), article(HALF, "Another headline", publisher="The Herald"))


def test_a_copy_that_adds_an_update_is_the_same_story() -> None:
    assert same_story(article(STORY), article(f"{HALF} Update: Leica says that it goes on all the same."))


def test_another_story_is_not() -> None:
    assert not same_story(article(STORY), article(OTHER))


@pytest.mark.parametrize(("published", "same"), [("2021-05-23", True), ("2021-05-24", False), (None, True)])
def test_a_copy_comes_within_a_week(published: str | None, same: bool) -> None:
    assert same_story(article(STORY, published="2021-05-16"), article(STORY, published=published)) is same


def test_who_is_the_copy_of_whom_changes_nothing() -> None:
    for one, other in ((STORY, HALF), (STORY, OTHER), (HALF, OTHER)):
        assert containment(one, other) == containment(other, one)
        assert same_story(article(one), article(other)) == same_story(article(other), article(one))


def test_sentences_are_the_same_but_for_marks_capitals_and_a_few_words() -> None:
    one = "Huawei's cooperation with Leica ended on 31 March 2022, a spokesman said."
    assert same_sentence(one, one.upper().replace(",", " –"))
    assert same_sentence(one, one.replace("a spokesman said", "a spokesman of it said"))
    assert same_sentence("No.", "no")
    assert not same_sentence(one, one.replace("ended on 31 March 2022", "goes on, and well"))
    assert not same_sentence("No.", "Yes.")


def test_texts_too_short_to_compare_are_no_copies() -> None:
    assert containment("Leica and Huawei", "Leica and Huawei") == 0.0
    assert not same_story(article("A short one."), article("A short one."))
