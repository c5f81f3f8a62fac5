"""A short case of the scored corpus: some of its articles, and the questions that these can answer."""

from datetime import date
from pathlib import Path

import pytest

from bot.app import App
from bot.terminal.batch import Answered, batch_answers
from index.reading import read_path
from tests.building import lines, written

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
_ARTICLES = 24


@pytest.mark.skipif(not CORPUS.exists(), reason="the corpus is not beside the repository")
async def test_a_part_of_the_corpus_is_answered_with_exact_quotes(
    app: App, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(CORPUS))
    import score

    articles = lines(CORPUS / "articles.jsonl")[:_ARTICLES]
    here = {article["file"] for article in articles}
    golden = [(q, {gold["article"] for gold in q["gold_quotes"]}) for q in lines(CORPUS / "questions.jsonl")]
    questions = [question for question, sources in golden if sources and sources <= here]
    article_file = written(tmp_path / "articles.jsonl", articles)
    question_file = written(tmp_path / "questions.jsonl", questions)

    added = await app.add(read_path(article_file, today=date(2100, 1, 1), most_bytes=10_000_000))
    assert (len(added.new), added.refusals) == (_ARTICLES, [])
    answers = [a async for a in batch_answers(app, question_file.read_text("utf-8").splitlines(), "shared")]
    assert [a.id if isinstance(a, Answered) else a for a in answers] == [q["id"] for q in questions]
    shown = [a.as_json() for a in answers if isinstance(a, Answered)]
    figures = score.main(article_file, question_file, written(tmp_path / "answers.jsonl", shown))
    assert figures["exact"] == 1.0
    assert figures["right"] >= 0.5
