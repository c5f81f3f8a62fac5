"""What must not change an answer: the order in which articles came, copies of them, and articles on other matters."""

import random
from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.answer import Answer
from bot.app import App
from bot.settings import Settings
from index.article import Article
from index.encoder import Encoder
from seeds import starters
from tests.building import article

QUESTIONS = (
    "is leica still with huawei?",
    "who works with zeiss?",
    "when did leica and xiaomi start?",
    "did adobe buy figma?",
    "any rumours about leica?",
    "why did the deal end?",
    "is canon with nothing?",
    "who owns hasselblad?",
    "is fujifilm buying tarsk?",
)
SUBJECTS = ("tomatoes", "tides", "bridges", "violins", "glaciers", "bread", "chess", "lighthouses", "moths", "kites")
STORY = article(
    "Leica and Huawei have worked together on phone cameras since 2016, and both firms praised the results. A report "
    "in a German paper said on Monday that Leica would let the contract with Huawei run out in the spring of next "
    "year.",
    "Leica said to leave Huawei",
    published="2021-02-01",
    publisher="The Gazette",
)


def seen(answer: Answer) -> tuple[object, ...]:
    quotes = [(q.n, q.quote.stored.id, q.quote.span, q.also_in) for q in answer.quotes]
    return answer.verdict, answer.text, quotes


async def answers(app: App, questions: Sequence[str] = QUESTIONS) -> list[tuple[object, ...]]:
    return [seen(await app.ask(question)) for question in questions]


def about_other_matters(count: int) -> list[Article]:
    chance = random.Random(5)
    return [
        article(
            f"Of {chance.choice(SUBJECTS)} and {chance.choice(SUBJECTS)} there is much to tell: number {n} in a row of "
            f"{chance.randrange(2, 90)} was seen on a {chance.choice(('Monday', 'Friday', 'Sunday'))}.",
            f"Note {n}",
            published=f"20{chance.randrange(10, 25)}-0{chance.randrange(1, 9)}-11",
        )
        for n in range(count)
    ]


async def test_the_order_in_which_articles_came_changes_no_answer(
    app: App, settings: Settings, encoder: Encoder, tmp_path_factory: pytest.TempPathFactory
) -> None:
    articles = list(starters())[::3]
    await app.add(articles)
    expected = await answers(app)
    random.Random(3).shuffle(articles)
    other = settings.model_copy(update={"data_dir": tmp_path_factory.mktemp("shuffled")})
    async with App.open(other) as shuffled:
        for start in range(0, len(articles), 17):
            await shuffled.add(articles[start : start + 17])
        assert await answers(shuffled) == expected


async def test_articles_on_other_matters_change_no_answer(app: App) -> None:
    await app.add(list(starters())[::3])
    expected = await answers(app)
    await app.add(about_other_matters(200))
    assert await answers(app) == expected


@pytest.mark.soak
async def test_thousands_of_articles_on_other_matters_change_no_answer(app: App) -> None:
    await app.add(starters())
    expected = await answers(app)
    await app.add(about_other_matters(5000))
    assert await answers(app) == expected


async def test_what_a_copy_adds_counts_and_what_it_repeats_does_not(app: App) -> None:
    copy = replace(
        STORY,
        title="Leica said to leave Huawei (updated)",
        publisher="The Copyist",
        text=STORY.text + " Update: Leica says that its partnership with Huawei continues.",
    )
    await app.add([STORY, copy])
    answer = await app.ask("is leica still with huawei?")
    assert answer.verdict == "yes"
    assert "Update: Leica says" in answer.quotes[0].quote.text
    repeated = [quote for quote in answer.quotes if "A report in" in quote.quote.text]
    assert len(repeated) <= 1
