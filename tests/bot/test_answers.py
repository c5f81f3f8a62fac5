"""Stories of answers: the invariants, on a small library of our own and on the starter articles."""

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
import pytest_asyncio

from bot.answer import Answer
from bot.app import App
from bot.quoting import is_exact
from index.article import LONGEST_QUOTE, Article, Quote, Span
from index.dates import PartialDate
from index.errors import PlainError
from index.reading import read_path
from tests.building import article

SHARED = Path(__file__).resolve().parents[3] / "shared"
SEED = article(
    "Word comes from a tipster that Leica is seeking new phone partners. The firm has not said so.\n\n"
    "OnePlus partnered with Hasselblad for the cameras of the OnePlus 9. Companies like Nokia and Sony have both "
    "partnered up with Zeiss.\n\n"
    "The candidates that Leica is looking at are Xiaomi, Honor, and Sharp. In addition, it looks like Leica will go on "
    "working with Huawei.\n\n"
    "According to Leica, “The technology partnership with Huawei exists since 2015. The cooperation still continues.”",
    "Leica is seeking new phone partners",
    published="2021-05-16",
)
END = article(
    "Huawei said that its partnership with Leica ended on 31 March 2022. Leica will work with Xiaomi instead.",
    "Huawei and Leica have parted",
    published="2022-05-24",
)
QUESTIONS = (
    "is Leica still with Huawei?",
    "did Leica end its deal with Huawei?",
    "who works with Leica?",
    "who is Leica looking at?",
    "when did the partnership of Leica and Huawei end?",
    "since when do Leica and Huawei work together?",
    "why does Leica work with Huawei?",
    "is OnePlus with Hasselblad?",
    "which phones have Hasselblad cameras?",
    "what is the latest on Leica?",
    "any rumours about Honor?",
    "is Leica in talks with Sharp?",
    "was Leica working with Huawei in 2019?",
    "is Nokia exclusive with Zeiss?",
    "how much did Xiaomi pay Leica?",
    "is Canon with Nothing?",
)


@pytest_asyncio.fixture
async def seeded(app: App) -> AsyncIterator[App]:
    await app.add([SEED])
    yield app


@pytest_asyncio.fixture
async def ended(seeded: App) -> AsyncIterator[App]:
    await seeded.add([END])
    yield seeded


def first(answer: Answer) -> str:
    return answer.quotes[0].quote.text


async def test_a_running_partnership_of_old_is_a_yes_with_a_warning(seeded: App) -> None:
    answer = await seeded.ask("is Leica still with Huawei?")
    assert answer.verdict == "yes"
    assert answer.stale
    assert answer.text.startswith("My newest source on this is from May 2021. Yes.")
    assert answer.holds_for == PartialDate(2021, 5, 16)


async def test_a_confirmed_end_is_a_no_with_its_date_and_no_warning(ended: App) -> None:
    answer = await ended.ask("is leica still with huawei?")
    assert (answer.verdict, answer.stale) == ("no", False)
    assert "31 March 2022 [1]" in answer.text
    assert "31 March 2022" in first(answer)
    assert answer.holds_for == PartialDate(2022, 5, 24)


async def test_as_of_before_the_end_it_is_still_a_yes_and_without_a_warning(ended: App) -> None:
    for question, as_of in (
        ("is Leica with Huawei?", PartialDate(2021, 6, 1)),
        ("is leica with huawei as of 2021", None),
    ):
        answer = await ended.ask(question, as_of=as_of)
        assert (answer.verdict, answer.stale) == ("yes", False)


async def test_a_rumour_of_an_end_ends_nothing(seeded: App) -> None:
    leak = article("A leak says that Leica may end its deal with Huawei.", "A leak", published="2021-06-01")
    await seeded.add([leak])
    assert (await seeded.ask("is Leica still with Huawei?")).verdict == "yes"
    assert (await seeded.ask("did Leica end its deal with Huawei?")).verdict == "rumoured"


async def test_the_first_quote_is_the_sentence_that_answers(seeded: App) -> None:
    for question, expected in (
        (
            "which phones have Hasselblad cameras?",
            "OnePlus partnered with Hasselblad for the cameras of the OnePlus 9.",
        ),
        ("who partnered with Zeiss?", "Companies like Nokia and Sony have both partnered up with Zeiss."),
    ):
        assert first(await seeded.ask(question)) == expected
    assert "exists since 2015" in first(await seeded.ask("since when do Leica and Huawei work together?"))


async def test_the_tags_under_an_article_are_no_evidence(app: App) -> None:
    text = "Leica and Huawei work together on phones.\n\nCameras, Huawei, In Brief, Leica, Leica and Huawei"
    await app.add([article(text, "Phones with a red dot")])
    answer = await app.ask("is Leica with Huawei?")
    assert [quote.quote.text for quote in answer.quotes] == ["Leica and Huawei work together on phones."]


async def test_what_no_article_says_is_no_source(seeded: App) -> None:
    for question in (
        "is Canon with Nothing?",
        "what does the Mate 20 cost?",
        "is OnePlus with Zeiss?",
        "is Foobarix with Leica?",
    ):
        answer = await seeded.ask(question)
        assert (answer.verdict, answer.quotes) == ("no_source", ())
        assert not re.search(r"\[\d\]", answer.text)


async def test_abstaining_offers_the_nearest_articles(seeded: App) -> None:
    answer = await seeded.ask("is Canon with Leica?")
    assert "Canon" in answer.text
    assert [stored.article.title for stored in answer.nearest] == [SEED.title]


async def test_an_empty_library_says_so(app: App) -> None:
    assert "empty" in (await app.ask("is Leica with Huawei?")).text


@pytest.mark.parametrize("question", ["", "  ", "?!", "🙂", "a" * 501])
async def test_what_is_no_question_is_refused_plainly(seeded: App, question: str) -> None:
    with pytest.raises(PlainError, match="Ask"):
        await seeded.ask(question)


@pytest.mark.parametrize(
    "question", ["hallo, arbeitet leica noch mit huawei?", "leica travaille encore avec huawei ?", "莱卡还和华为合作吗"]
)
async def test_another_language_is_told_so(seeded: App, question: str) -> None:
    assert (await seeded.ask(question)).text == "I only read English. Please ask again in English."


async def test_a_follow_up_takes_what_it_lacks(seeded: App) -> None:
    answer = await seeded.ask("and Sharp?", after="is Leica with Huawei?")
    assert set(answer.organisations) == {"Leica", "Sharp"}
    assert answer.verdict in ("rumoured", "no_source")
    whole = await seeded.ask("who partnered with Zeiss?", after="is Leica with Huawei?")
    assert whole.organisations == ("Zeiss",)


async def test_a_story_and_its_copies_are_one_source(app: App) -> None:
    story = article(
        "Ricoh and realme have announced a partnership of several years for the cameras of phones. The first phone "
        "made together is to come in the autumn, the two companies said at an event in Beijing on Tuesday.",
        "Ricoh and realme",
        published="2025-10-01",
    )
    await app.add([story, replace(story, title="Copied", text=story.text + " Also here.", publisher="The Copyist")])
    answer = await app.ask("is Ricoh with realme?")
    assert [quote.also_in for quote in answer.quotes if "announced" in quote.quote.text] == [1]


def check(answer: Answer) -> None:
    """The invariants that hold for every answer."""
    shown: dict[str, int] = {}
    for number, quote in enumerate(answer.quotes, 1):
        assert quote.n == number
        assert is_exact(quote.quote)
        assert quote.quote.text in quote.quote.stored.article.text
        assert len(quote.quote.text) <= LONGEST_QUOTE
        shown[quote.quote.stored.id] = shown.get(quote.quote.stored.id, 0) + len(quote.quote.text)
    assert all(length <= 800 for length in shown.values())
    assert len(answer.quotes) <= 4
    numbers = {int(n) for n in re.findall(r"\[(\d)\]", answer.sentence)}
    assert numbers <= {quote.n for quote in answer.quotes}
    assert bool(numbers) != answer.abstains
    if answer.verdict in ("yes", "no", "rumoured", "disputed"):
        assert answer.kind == "yes_no"
    if answer.abstains:
        assert (answer.holds_for, answer.quotes, answer.stale) == (None, (), False)


@pytest.mark.parametrize("question", QUESTIONS)
async def test_what_always_holds_of_an_answer(ended: App, question: str) -> None:
    check(await ended.ask(question))
    check(await ended.ask(question, as_of=PartialDate(2021, 6, 1)))


async def test_the_starter_articles_answer_what_the_first_member_asks(app: App) -> None:
    await app.bring_starters()
    answer = await app.ask("is leica still with huawei?")
    assert answer.verdict == "no"
    assert "31 March 2022 [1]" in answer.text
    assert "31 March 2022" in first(answer)
    for question in QUESTIONS:
        check(await app.ask(question))


def test_a_quote_that_is_not_in_its_article_is_no_quote(ended: App) -> None:
    from index.article import Stored

    stored = Stored("id", 1, "shared", article("Short."))
    for span in (Span(0, 0), Span(-1, 3), Span(2, 99), Span(5, 2)):
        assert not is_exact(Quote(stored, span))
    assert not is_exact(Quote(Stored("id", 1, "shared", article("x" * 600)), Span(0, 501)))


@pytest.mark.skipif(not SHARED.exists(), reason="the article the project began with is not beside the repository")
async def test_the_article_that_it_all_began_with(app: App) -> None:
    path = SHARED / "seeds" / "leica-seeks-smartphone-partners.md"
    (read,) = read_path(path, today=PartialDate(2026, 1, 1).first, most_bytes=100_000)
    assert isinstance(read, Article)
    await app.add([read])
    text = path.read_text(encoding="utf-8")
    for question, expected in (
        ("which phones have Hasselblad cameras?", "OnePlus partnered with Hasselblad for the cameras"),
        ("who partnered with Zeiss?", "Companies like Nokia and Sony have both partnered"),
        ("since when do Leica and Huawei work together?", "exists since 2015"),
    ):
        answer = await app.ask(question)
        assert expected in first(answer)
        assert first(answer) in text
    answer = await app.ask("is Leica still with Huawei?")
    assert (answer.verdict, str(answer.holds_for), answer.stale) == ("yes", "2021-05-16", True)
    assert (await app.ask("is Leica still with Huawei?", as_of=PartialDate(2021, 6, 1))).verdict == "yes"
    await app.add([END])
    assert (await app.ask("is Leica still with Huawei?")).verdict == "no"
    assert (await app.ask("is Leica still with Huawei?", as_of=PartialDate(2021, 6, 1))).verdict == "yes"
    await app.remove([END.title])
    assert (await app.ask("is Leica still with Huawei?")).verdict == "yes"
    for question in ("is Canon with Nothing?", "what does the Mate 20 cost?"):
        assert (await app.ask(question)).verdict == "no_source"


async def test_who_came_after_is_named_with_a_quote_of_its_own(ended: App) -> None:
    answer = await ended.ask("is Leica still with Huawei?")
    assert answer.text == (
        "No. The work of Leica and Huawei together ended on 31 March 2022 [1]; Leica has agreed to work with Xiaomi, "
        "The Gazette wrote on 24 May 2022 [2]."
    )
    assert "Xiaomi instead" in answer.quotes[1].quote.text


async def test_when_something_will_end_is_not_answered_by_that_it_has_not(seeded: App) -> None:
    assert (await seeded.ask("when does the leica huawei contract end?")).abstains


@pytest.mark.parametrize("question", ["when did leica leave huawei?", "why did Leica and Huawei split up?"])
async def test_what_never_ended_is_told_so(seeded: App, question: str) -> None:
    answer = await seeded.ask(question)
    assert answer.verdict is None
    assert answer.sentence.startswith("I have no source on an end: Leica and Huawei ")
    assert "[1]" in answer.sentence
