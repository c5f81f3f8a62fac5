"""What answers are worth: marks, figures, the same as the corpus's own score, and plain retrieval beside them."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.answer import Answer, ShownQuote, Verdict
from bot.app import App
from bot.baseline import plain_answer
from bot.evaluation import Book, Gold, Task, figures, mark
from bot.settings import Settings
from bot.terminal.evaluate import Evaluation, Line, _both, evaluation, evaluation_json, read_book, read_questions
from bot.terminal.show import answer_json
from index.article import Article, Quote, Span, Stored
from index.dates import PartialDate
from index.encoder import Encoder
from index.errors import PlainError
from index.reading import read_path
from tests.building import article, lines, written
from tests.conftest import MakeSettings

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
TEXT = "Leica and Huawei have parted. " + "Nobody knows why. " * 40
NEW, OLD = Article("Parted\u00a0now", TEXT), Article("Together", "Leica works with Huawei. " * 60)
BOOK = Book()
BOOK.put(["new"], NEW.title, NEW.text)
BOOK.put(["old", "7"], OLD.title, OLD.text)
GOLD = Gold("new", 0, 29)
ENDED = Task("is leica with huawei?", "yes_no", frozenset(("disputed",)), "no", ("old",), (GOLD,))


def answer(verdict: Verdict | None, *spans: tuple[Article, int, int]) -> Answer:
    quotes = [
        ShownQuote(n, Quote(Stored(one.title, 1, "shared", one), Span(start, end)), None, "reported")
        for n, (one, start, end) in enumerate(spans, 1)
    ]
    return Answer("?", "yes_no", (), verdict, "", quotes=tuple(quotes))


RIGHT = (NEW, 0, 29)
ELSEWHERE = (OLD, 0, 24)


@pytest.mark.parametrize(
    ("given", "worth"),
    [
        (answer("no", RIGHT), "right"),
        (answer("disputed", RIGHT), "right"),
        (answer("yes", RIGHT), "wrong"),
        (answer("no", ELSEWHERE), "wrong"),
        (answer("no", ELSEWHERE, ELSEWHERE, RIGHT), "right"),
        (answer("no", ELSEWHERE, ELSEWHERE, ELSEWHERE, RIGHT), "wrong"),
        (answer("no", (NEW, 0, 15)), "right"),
        (answer("no", (NEW, 20, 60)), "wrong"),
        (answer("no", (NEW, 0, 501)), "wrong"),
        (answer("no_source"), "abstained"),
        (answer("no"), "wrong"),
    ],
)
def test_an_answer_is_right_by_its_verdict_and_one_of_its_first_quotes(given: Answer, worth: str) -> None:
    assert mark(ENDED, given, BOOK) == worth


def test_who_and_when_need_a_quote_and_no_verdict() -> None:
    who = Task("who?", "who", gold=(GOLD,))
    assert mark(who, answer(None, RIGHT), BOOK) == "right"
    assert mark(who, answer("yes", RIGHT), BOOK) == "right"
    assert mark(Task("?", "what", expected="rumoured", gold=(GOLD,)), answer("yes", RIGHT), BOOK) == "wrong"
    assert mark(who, answer(None, ELSEWHERE), BOOK) == "wrong"


def test_what_cannot_be_answered_is_right_when_abstained_on() -> None:
    nothing = Task("who?", "unanswerable", expected="no_source")
    assert mark(nothing, answer("no_source"), BOOK) == "right"
    assert mark(nothing, answer("yes", RIGHT), BOOK) == "wrong"


def test_figures_of_a_run() -> None:
    nothing = Task("who?", "unanswerable", expected="no_source")
    drifted = answer("no", (Article(NEW.title, "Something else is here, 29 chars and more."), 0, 29))
    asked = [(ENDED, answer("no", RIGHT)), (ENDED, answer("yes", ELSEWHERE)), (ENDED, answer("no_source"))]
    found = figures([*asked, (nothing, answer("no_source")), (ENDED, drifted)], BOOK)
    assert found.kinds == {"unanswerable": {"right": 1}, "yes_no": {"right": 2, "wrong": 1, "abstained": 1}}
    assert (found.right, found.points) == (0.6, 0.35)
    assert (found.exact, found.stale) == (0.6667, 0.3333)
    assert (found.abstain_precision, found.abstain_recall) == (0.5, 1.0)


def test_figures_of_what_nobody_asked_are_none() -> None:
    found = figures([(Task("who?", "who", gold=(GOLD,)), answer(None))], BOOK)
    assert (found.exact, found.stale, found.abstain_precision, found.abstain_recall) == (None, None, None, None)
    with pytest.raises(ValueError, match="no question"):
        figures([], BOOK)


async def test_plain_retrieval_says_yes_and_shows_the_nearest_passages(app: App) -> None:
    long = "Zeiss makes lenses " + "and many other things " * 30 + "in Oberkochen."
    await app.add(
        [
            article("Leica and Huawei parted.", "One", published="2022"),
            article("Leica works with Huawei.", "Two", published="2021"),
            article(long, "Three", published="2020"),
            article("A recipe for bread.", "Four", published="2019"),
        ]
    )
    snapshot = await app.library.snapshot()
    found = await plain_answer(snapshot, "Is Leica with Huawei?", yes_no=True, encode=app.library.vectors)
    assert (found.verdict, len(found.quotes), found.abstains) == ("yes", 3, False)
    assert {quote.quote.stored.article.title for quote in found.quotes[:2]} == {"One", "Two"}
    who = await plain_answer(
        snapshot, "Zeiss lenses?", yes_no=False, encode=app.library.vectors, as_of=PartialDate(2020)
    )
    assert (who.verdict, [q.quote.stored.article.title for q in who.quotes]) == (None, ["Three", "Four"])
    assert len(who.quotes[0].quote.text) <= 500


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """Two articles and questions on them, one of each sort of trouble among them."""
    articles = [
        {"file": "end", "title": "The end", "text": "Leica said that its deal with Huawei ended in 2022.",
         "published": "2022-05-24"},
        {"title": "Rumour", "text": "A tipster says that Leica may work with Honor.", "published": "2021-05-16"},
    ]  # fmt: skip
    questions: list[dict[str, Any]] = [
        {"id": "a", "question": "is leica still with huawei?", "kind": "yes_no", "expected_verdict": "no",
         "gold_quotes": [{"article": "end", "start": 0, "end": 51, "quote": "…"}], "superseded": ["Rumour"]},
        {"id": "b", "question": "is leica \ud800 with honor?", "kind": "yes_no", "expected_verdict": "rumoured",
         "gold_quotes": [{"article": "Rumour", "start": 0, "end": 46}], "as_of": None, "after": None, "also": []},
        {"id": "c", "question": "is leica with huawei?", "kind": "unanswerable", "as_of": "2010", "notes": "none yet"},
    ]  # fmt: skip
    lines = [
        *map(json.dumps, questions),
        "",
        "broken",
        '{"question": "no kind"}',
        '{"id": NaN, "question": "x", "kind": "who"}',
        '{"question": "x", "kind": "who", "also": 7}',
    ]
    (tmp_path / "articles.jsonl").write_text("\n".join([*map(json.dumps, articles), "{"]), encoding="utf-8")
    (tmp_path / "questions.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return tmp_path / "articles.jsonl", tmp_path / "questions.jsonl"


async def run(settings: Settings, articles: Path, questions: Path) -> Evaluation:
    return await evaluation(settings, articles, questions, lambda _: None)


async def test_an_evaluation_leaves_the_library_alone_and_names_what_it_cannot_take(
    make_settings: MakeSettings, files: tuple[Path, Path], encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.app.SentenceTransformerEncoder", lambda _: encoder)
    settings = make_settings()
    found = await run(settings, *files)
    assert not settings.data_dir.exists()
    assert [refusal.where.rsplit("/", 1)[-1] for refusal in found.refusals] == [
        "articles.jsonl line 3",
        "questions.jsonl line 5",
        "questions.jsonl line 6",
        "questions.jsonl line 7",
        "questions.jsonl line 8",
    ]
    assert "kind" in found.refusals[2].reason
    assert (found.articles, found.ours.questions) == (2, 3)
    assert found.ours.kinds == {"unanswerable": {"right": 1}, "yes_no": {"right": 2}}
    shown = evaluation_json(found)
    assert shown["rangefinder"]["kinds"]["yes_no"] == {"right": 2, "wrong": 0, "abstained": 0, "of": 2}
    assert list(shown["plain_retrieval"])[:6] == [
        "right",
        "points",
        "exact",
        "stale",
        "abstain_precision",
        "abstain_recall",
    ]
    assert shown["plain_retrieval"]["kinds"]["yes_no"] == {"right": 0, "wrong": 2, "abstained": 0, "of": 2}


async def test_files_that_cannot_be_read_are_said_plainly(
    make_settings: MakeSettings, files: tuple[Path, Path]
) -> None:
    articles, questions = files
    with pytest.raises(PlainError, match=r"missing\.jsonl cannot be read"):
        await run(make_settings(), articles.with_name("missing.jsonl"), questions)
    with pytest.raises(PlainError, match="cannot be read"):
        await run(make_settings(), articles, questions.parent)
    with pytest.raises(PlainError, match="no article that can be read"):
        await run(make_settings(), questions, questions)
    questions.write_text("\n", encoding="utf-8")
    with pytest.raises(PlainError, match="no question that can be asked"):
        await run(make_settings(), articles, questions)


@pytest.mark.skipif(not CORPUS.exists(), reason="the corpus is not beside the repository")
async def test_the_figures_are_those_of_the_corpus(app: App, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(CORPUS))
    import score

    article_file = written(tmp_path / "articles.jsonl", lines(CORPUS / "articles.jsonl")[:40])
    question_file = written(tmp_path / "questions.jsonl", lines(CORPUS / "questions.jsonl")[::6])
    await app.add(read_path(article_file, today=date(2100, 1, 1), most_bytes=10_000_000))
    asked = [one for one in read_questions(question_file) if isinstance(one, Line)]
    for pairs in await _both(app, asked, lambda _: None):
        answers = [answer_json(given, id_=one.id) for one, (_, given) in zip(asked, pairs, strict=True)]
        theirs = score.main(article_file, question_file, written(tmp_path / "answers.jsonl", answers))
        ours = figures(pairs, read_book(article_file))
        assert {name: getattr(ours, name) for name in theirs} == theirs
