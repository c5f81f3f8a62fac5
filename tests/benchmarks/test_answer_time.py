"""How long a question takes: that the benchmark asks what it says it asks, not how long it took."""

import pytest

from benchmarks.answer_time import measured
from index.encoder import Encoder


async def test_it_asks_every_question_in_a_library_of_at_least_so_many_passages(
    encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.app.SentenceTransformerEncoder", lambda _: encoder)
    found = await measured(600, ["is Leica with Huawei?", "who works with Zeiss?"])
    assert (found["passages"], found["questions"]) == (600, 2)
    assert found["answer_p95_ms"] >= found["answer_p50_ms"] > 0
    assert found["encoding_alone_p50_ms"] > 0
