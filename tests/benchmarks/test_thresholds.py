"""The search for the numbers that a verdict turns on."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.quality.thresholds import asked, searched, worth
from bot.weighing import Thresholds
from index.encoder import Encoder
from index.judge import AnswerJudgement, ClaimJudgement, Reading
from tests.building import written

TEXT = "Tarsk said that Ondine lends it a hall. The hall of Ondine is blue, said a man from Tarsk."
WANTED = "Tarsk said that Ondine lends it a hall."


class HalfSureJudge:
    """A judge for whom what speaks of lending is a yes, though not a sure one."""

    version = "half sure"
    reads_claims = False

    def claims(self, readings: Sequence[Reading]) -> list[ClaimJudgement]:
        raise NotImplementedError

    def answers(self, readings: Sequence[Reading]) -> list[list[AnswerJudgement]]:
        yes, beside = AnswerJudgement(0.4, 0.6, 0.0, 0.0, 0.0), AnswerJudgement(1.0, 0.0, 0.0, 0.0, 0.0)
        return [[yes if "lends" in sentence else beside for sentence in reading.sentences] for reading in readings]


async def test_a_number_that_keeps_a_right_answer_back_is_moved(
    encoder: Encoder, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("bot.app.SentenceTransformerEncoder", lambda _: encoder)
    gold = {"article": "a", "start": 0, "end": len(WANTED)}
    question = {"question": "does ondine lend tarsk a hall?", "kind": "yes_no", "expected_verdict": "yes"}
    articles = written(tmp_path / "articles.jsonl", [{"file": "a", "title": "A hall", "text": TEXT}])
    questions = written(tmp_path / "questions.jsonl", [question | {"gold_quotes": [gold]}])
    found = await asked(articles, questions, HalfSureJudge())
    strict = replace(Thresholds(), answers=0.9)
    assert found.figures(strict).right == 0.0
    better = searched([found], strict)
    assert better.answers < 0.6
    assert found.figures(better).right == 1.0
    assert worth(found.figures(better)) > worth(found.figures(strict))
