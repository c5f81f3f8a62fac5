"""The quality set, its split into an open and a closed part, and the gate."""

from collections import Counter
from pathlib import Path

from benchmarks.quality import gate
from benchmarks.quality.split import read, split

HERE = Path(gate.__file__).parent
ARTICLES, QUESTIONS = read(HERE / "articles.jsonl"), read(HERE / "questions.jsonl")
PINNED = {"right": 0.8, "points": 0.6, "exact": 1.0, "stale": 0.05, "abstain_precision": 0.8, "abstain_recall": 0.9}


def test_the_set_has_enough_of_every_kind() -> None:
    kinds = Counter(question["kind"] for question in QUESTIONS)
    tags = Counter(tag for question in QUESTIONS for tag in question["tags"])
    assert len(QUESTIONS) >= 300
    assert kinds["unanswerable"] >= 60
    assert tags["newest"] >= 60
    assert sum(bool(question["after"]) for question in QUESTIONS) >= 40
    assert min(kinds[kind] for kind in ("yes_no", "who", "when", "what", "why", "list", "latest_rumours")) >= 9


def test_every_gold_quote_is_a_stretch_of_its_article() -> None:
    texts = {article["file"]: article["text"] for article in ARTICLES}
    for question in QUESTIONS:
        assert bool(question["gold_quotes"]) == (question["kind"] != "unanswerable"), question["id"]
        for gold in question["gold_quotes"]:
            quoted = texts[gold["article"]][gold["start"] : gold["end"]]
            assert quoted == quoted.strip() != "", question["id"]


def test_half_of_the_stories_are_closed_and_none_is_in_both_parts() -> None:
    opened, closed = split(ARTICLES, QUESTIONS, 2)
    assert not {q["story"] for q in opened} & {q["story"] for q in closed}
    assert len(opened) + len(closed) == len(QUESTIONS)
    assert min(len(opened), len(closed)) > len(QUESTIONS) / 3


def test_the_gate_names_what_is_worse_than_pinned() -> None:
    assert gate.failures(PINNED, PINNED) == []
    worse = gate.failures(PINNED | {"right": 0.79, "stale": 0.06}, PINNED)
    assert worse == ["right is 0.79, under 0.8", "stale is 0.06, over 0.05"]


def test_floors_rise_by_themselves_and_fall_only_with_a_reason() -> None:
    better = PINNED | {"right": 0.9, "points": 0.5}
    raised = gate.moved(better, PINNED, None)
    assert (raised["right"], raised["points"], raised["lowered"]) == (0.89, 0.6, [])
    lowered = gate.moved(better, PINNED, "harder questions")
    assert (lowered["points"], lowered["lowered"]) == (0.49, ["harder questions"])
