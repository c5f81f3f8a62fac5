"""The answers that are drawn to be read."""

from pathlib import Path

import pytest

from benchmarks.quality.sample import sampled
from benchmarks.quality.thresholds import asked
from index.encoder import Encoder
from tests.building import written

TEXT = "Leica and Huawei announced a partnership. They will make cameras together."


@pytest.mark.usefixtures("rules_alone")
async def test_each_drawn_answer_is_printed_with_its_quotes_the_same_each_time(
    encoder: Encoder, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("bot.app.SentenceTransformerEncoder", lambda _: encoder)
    articles = written(tmp_path / "articles.jsonl", [{"file": "a", "title": "A deal", "text": TEXT}])
    texts = ("is leica with huawei?", "are leica and huawei partners?", "is leica with foobarix?")
    question = {"kind": "yes_no", "expected_verdict": "yes", "gold_quotes": [{"article": "a", "start": 0, "end": 41}]}
    questions = written(tmp_path / "questions.jsonl", [question | {"question": text} for text in texts])
    one = await asked(articles, questions)
    lines = list(sampled([one], 3, 50))
    assert lines == list(sampled([one], 3, 50))
    assert {line[3:].split(" (")[0] for line in lines if not line.startswith(" ")} == set(texts)
    assert sum("expected yes: right" in line for line in lines) == 2
    assert any(line.startswith("   [1] ") and TEXT[:40] in line for line in lines)
    assert len([line for line in sampled([one], 1, 50) if not line.startswith(" ")]) == 1
