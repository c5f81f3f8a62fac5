import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import Passage, Span
from index.wordindex import WordIndex, tokens


def index_of(*texts: str, titles: tuple[str, ...] | None = None) -> WordIndex:
    return WordIndex([Passage(Span(0, len(text)), text) for text in texts], titles or ("",) * len(texts))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Leica's M11-P, and Huawei’s!", ["leica", "m11-p", "and", "huawei"]),
        ("AT&T paid $1.5 billion", ["at", "t", "paid", "1.5", "billion"]),
        ("GROß naïve 小米 🙂 _", ["gross", "naïve", "小米"]),
        ("", []),
    ],
)
def test_words_are_in_lower_case_and_possessives_are_cut(text: str, words: list[str]) -> None:
    assert tokens(text) == words


def test_a_passage_is_found_by_its_words_and_by_its_title() -> None:
    words = index_of("It works with Huawei.", "It rained in Paris.", titles=("Leica", "Weather"))
    assert words.scores("huawei").argmax() == 0
    assert words.scores("leica")[0] > 0 == words.scores("leica")[1]


def test_a_rare_word_weighs_more_than_a_common_one() -> None:
    words = index_of("cameras and Zeiss", "cameras and phones", "cameras and screens", "phones and Leica")
    assert words.scores("zeiss")[0] > words.scores("cameras")[0]


def test_what_nobody_wrote_scores_nothing() -> None:
    words = index_of("Leica works with Xiaomi.")
    assert not words.scores("qwertz 12345 ?!").any()
    assert not words.scores("").any()
    assert words.knows("LEICA")
    assert not words.knows("qwertz")


@pytest.mark.parametrize("texts", [(), ("🙂 !",), ("", "…")])
def test_passages_without_words_can_be_asked(texts: tuple[str, ...]) -> None:
    words = index_of(*texts)
    assert words.scores("Leica").shape == (len(texts),)
    assert not words.knows("Leica")


def test_an_everyday_word_is_one_that_is_written_without_a_capital() -> None:
    words = index_of("Nothing works. There is nothing, nothing at all.", "Leica is here.", titles=("nothing", ""))
    assert words.spellings("Nothing")[0] == 2
    assert words.spellings("Leica")[0] == 0


@given(st.lists(st.text(max_size=60), max_size=6), st.text(max_size=60))
def test_any_text_and_any_question_have_finite_scores(texts: list[str], question: str) -> None:
    scores = index_of(*texts).scores(question)
    assert scores.shape == (len(texts),)
    assert np.isfinite(scores).all()
    assert (scores >= 0).all()


@given(st.lists(st.text("abc dé", max_size=30), min_size=2, max_size=6))
def test_the_order_of_passages_changes_no_score(texts: list[str]) -> None:
    forwards, backwards = index_of(*texts).scores("abc de"), index_of(*texts[::-1]).scores("abc de")
    assert np.allclose(forwards, backwards[::-1])


def test_shares_count_distinct_words_of_text_and_title() -> None:
    words = index_of("Leica worked with Huawei.", "It rained.")
    assert words.shares(["leica", "Huawei", "zeiss", "zeiss"]).tolist() == [np.float32(2 / 3), 0]
    assert not words.shares([]).any()
    assert index_of().shares(["leica"]).tolist() == []
