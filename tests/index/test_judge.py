"""What the learned judge reads, and what it makes of the model's numbers."""

import json
from pathlib import Path

import numpy as np
import pytest

from index.article import Span
from index.judge import (
    ASKED,
    HEADS,
    LONGEST,
    MARKS,
    MOST_SENTENCES,
    SUPPORTS,
    WEIGHTS,
    WIDTH,
    LearnedJudge,
    answer_of,
    claim_of,
    encoded,
    marked,
    reading,
)


def test_a_mark_stands_where_a_name_stood_and_the_longer_of_two_wins() -> None:
    text = "Argo AI and Argo"
    places = [(Span(0, 4), 1), (Span(0, 7), 0), (Span(12, 16), 1)]
    assert marked(text, places).split() == [MARKS[0], "and", MARKS[1]]


def test_each_token_belongs_to_the_question_to_a_sentence_or_to_what_is_around() -> None:
    read = reading("is a with b", "A title", "Before.", ["One sentence.", "Another one."], "2021-05-16", "The Gazette")
    ids, mask, groups = encoded([read])
    assert ids.shape == mask.shape == groups.shape
    assert sorted(set(groups[0].tolist())) == [0, 1, 2, ASKED]
    assert int((groups[0] == ASKED).sum()) == 4


def test_what_is_too_long_is_cut_and_every_sentence_keeps_its_beginning() -> None:
    read = reading("why " * 400, "Title " * 90, "Before " * 90, ["word " * 300] * 9, "2021", "The Gazette")
    _, mask, groups = encoded([read])
    assert int(mask.sum()) <= LONGEST
    assert len(read.sentences) == MOST_SENTENCES
    assert {1, MOST_SENTENCES} <= set(groups[0].tolist())


def test_the_numbers_of_one_sentence_are_its_heads_in_order() -> None:
    row = np.zeros(WIDTH, np.float32)
    row[HEADS["phase"].index("ended")] = 9
    row[len(HEADS["phase"]) + HEADS["standing"].index("denied")] = 9
    row[-len(SUPPORTS) + SUPPORTS.index("no")] = 9
    claim = claim_of(row)
    assert (claim.phase, claim.standing, claim.exclusive) == ("ended", "denied", None)
    assert claim.certainty > 0.9
    assert answer_of(row).no > 0.9
    assert answer_of(row).answers == pytest.approx(1 - answer_of(row).beside)


needs_weights = pytest.mark.skipif(not WEIGHTS.is_file(), reason="the weights of the judge are not here")


@needs_weights
def test_the_weights_are_those_that_their_description_names_and_small() -> None:
    import hashlib

    about = json.loads(WEIGHTS.with_suffix(".json").read_text(encoding="utf-8"))
    assert hashlib.sha256(WEIGHTS.read_bytes()).hexdigest() == about["weights"]
    assert WEIGHTS.stat().st_size <= 50_000_000


@needs_weights
def test_the_weights_were_learned_from_the_stories_that_are_here() -> None:
    import hashlib

    folder = Path(WEIGHTS).parents[1] / "training"
    stories = b"".join(path.read_bytes() for path in (*sorted(folder.glob("*.jsonl")), folder / "asked.toml"))
    about = json.loads(WEIGHTS.with_suffix(".json").read_text(encoding="utf-8"))
    assert hashlib.sha256(stories).hexdigest() == about["data"]


@needs_weights
def test_a_reading_says_the_same_alone_and_among_others() -> None:
    judge = LearnedJudge()
    texts = ["It ended in May.", "Tarsk will not buy Ondine, it said, and never meant to.", "They sell shoes."]
    readings = [reading("is it over", "A title", "", [text], "2021", "The Gazette") for text in texts]
    alone = [judge.logits([one])[0] for one in readings]
    for one, other in zip(judge.logits(readings), alone, strict=True):
        np.testing.assert_array_equal(one, other)
