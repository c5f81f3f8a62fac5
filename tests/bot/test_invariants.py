"""Stories of what always holds of an answer: numbered statements, exact quotes, its date, its warning, abstaining."""

import re
from collections.abc import AsyncIterator
from datetime import date

import pytest
import pytest_asyncio

from bot.answer import Answer
from bot.app import App
from bot.quoting import is_exact
from index.article import LONGEST_QUOTE
from index.dates import PartialDate
from tests.building import article

QUESTIONS = (
    "is leica still with huawei?",
    "leica huawei over?",
    "is hassy w/ 1+ rn",
    "so leica dumped huawei?",
    "did huawei leave leica?",
    "was leica with huawei in 2019?",
    "was leica with huawei in 2010?",
    "was leica with huawei last year?",
    "is leica with huawei as of 2021?",
    "is leica with sharp?",
    "is leica exclusive with xiaomi?",
    "has xiaomi confirmed the leica deal?",
    "did samsung deny working with leica?",
    "is leica in talks with honor?",
    "did zeiss and sony split?",
    "is zeiss still with nokia?",
    "is ford ending its rivian deal?",
    "is google with fitbit?",
    "is motorola with hasselblad?",
    "is apple working with bmw?",
    "is canon with nothing?",
    "who makes cameras with leica now?",
    "who else works with zeiss besides vivo?",
    "who owns hasselblad?",
    "who bought argo ai?",
    "which phones have hasselblad cameras?",
    "which brands work with zeiss?",
    "when did leica and xiaomi start?",
    "when did leica leave xiaomi?",
    "since when do leica and huawei work together?",
    "why did huawei and leica split?",
    "how long did leica and huawei work together?",
    "how much did the leica deal cost?",
    "what does the mate 20 cost?",
    "what did dji do with hasselblad?",
    "any new rumours about leica?",
    "any rumours?",
    "what's the latest on hasselblad?",
    "according to GSMArena, is leica with honor?",
    "is huawei looking for a new camera partner?",
    "leica",
    "tell me about leica",
    "what can you do?",
    "hello",
    "are leica, xiaomi and huawei working together?",
)
VERDICTS = {"yes": "Yes.", "no": "No.", "rumoured": "Only rumoured.", "disputed": "Disputed."}


def statements(answer: Answer) -> list[str]:
    """The sentences of an answer that say something of the world: all but the warning and the bare verdict."""
    said = answer.sentence
    if answer.verdict in VERDICTS:
        assert said.startswith(VERDICTS[answer.verdict])
        said = said.removeprefix(VERDICTS[answer.verdict])
    return [part.strip() for part in re.split(r"(?<=\])\.", said) if part.strip()]


def numbers(text: str) -> list[int]:
    return [int(number) for number in re.findall(r"\[(\d+)\]", text)]


def what_always_holds(answer: Answer) -> None:
    shown: dict[str, int] = {}
    for place, quote in enumerate(answer.quotes, 1):
        span, text = quote.quote.span, quote.quote.stored.article.text
        assert quote.n == place
        assert quote.quote.text == text[span.start : span.end]
        assert is_exact(quote.quote)
        assert len(quote.quote.text) <= LONGEST_QUOTE
        shown[quote.quote.stored.id] = shown.get(quote.quote.stored.id, 0) + len(quote.quote.text)
    assert all(length <= 800 for length in shown.values())
    if answer.abstains:
        assert (answer.quotes, answer.holds_for, answer.stale, numbers(answer.text)) == ((), None, False, [])
        return
    assert answer.quotes
    for statement in statements(answer):
        assert numbers(statement), statement
        assert set(numbers(statement)) <= {quote.n for quote in answer.quotes}
    assert (answer.verdict is not None) == (answer.kind == "yes_no")
    for year in re.findall(r"\b(?:19|20)\d\d\b", answer.sentence):
        first = answer.quotes[0].quote
        assert year in first.text or year == str(first.stored.article.published)[:4], answer.sentence


async def test_every_answer_on_the_starter_articles_rests_on_its_quotes(app: App) -> None:
    await app.bring_starters()
    for question in QUESTIONS:
        what_always_holds(await app.ask(question))
    for question in QUESTIONS[::4]:
        before = await app.ask(question, as_of=PartialDate(2021, 6, 1))
        what_always_holds(before)
        assert not before.stale
        cited = [quote.quote.stored for quote in before.quotes] + list(before.nearest)
        assert all(stored.article.published and stored.article.published.last <= date(2021, 6, 1) for stored in cited)


@pytest.fixture
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the last day of 2022."""
    monkeypatch.setattr("bot.app.today", lambda: date(2022, 12, 31))


RUNNING = article("Leica and Sharp work together on cameras.", "Leica and Sharp", published="2021-05-16")
ENDED = article("Zeiss and Nokia ended their partnership in 2021.", "Zeiss and Nokia", published="2021-12-01")
FRESH = article("Leica and Xiaomi have announced a partnership.", "Leica and Xiaomi", published="2022-05-23")
UNDATED = article("Ricoh and realme work together on cameras.", "Ricoh and realme", published=None)


@pytest_asyncio.fixture
async def small(app: App, _today: None) -> AsyncIterator[App]:
    await app.add([RUNNING, ENDED, FRESH, UNDATED])
    yield app


@pytest.mark.parametrize(
    ("question", "warned"),
    [
        ("is Leica with Sharp?", True),
        ("is Leica still with Sharp?", True),
        ("who works with Sharp?", True),
        ("is Leica with Xiaomi?", False),  # seven months old
        ("is Zeiss still with Nokia?", False),  # an end stays an end
        ("did Leica work with Sharp?", False),
        ("has Leica worked with Sharp?", False),
        ("since when do Leica and Sharp work together?", False),
        ("why do Leica and Sharp work together?", False),
        ("was Leica with Sharp in 2021?", False),
        ("is Leica with Sharp as of June 2021?", False),
        ("is Ricoh with realme?", False),  # of no age
    ],
)
async def test_old_evidence_for_the_present_comes_with_a_warning(small: App, question: str, warned: bool) -> None:
    answer = await small.ask(question)
    assert answer.stale == warned, answer.text
    assert answer.text.startswith("My newest source on this is from May 2021. ") == warned


async def test_a_warning_begins_when_the_months_are_over(small: App, monkeypatch: pytest.MonkeyPatch) -> None:
    for day, warned in ((date(2022, 5, 16), False), (date(2022, 5, 17), True)):
        monkeypatch.setattr("bot.app.today", lambda day=day: day)
        assert (await small.ask("is Leica with Sharp?")).stale == warned


async def test_an_answer_holds_for_its_newest_evidence_on_the_asked_pair(small: App) -> None:
    later = article("Leica and Sharp work together still.", "Another", published="2022-03")
    other = article("Leica and Honor work together.", "Not on the pair", published="2022-12-30")
    await small.add([later, other])
    assert (await small.ask("is Leica with Sharp?")).holds_for == PartialDate(2022, 3)
    assert (await small.ask("is Leica with Sharp?", as_of=PartialDate(2021))).holds_for == PartialDate(2021, 5, 16)


async def test_an_undated_article_is_shown_as_undated_and_left_out_as_of_a_date(small: App) -> None:
    answer = await small.ask("is Ricoh with realme?")
    assert (answer.verdict, answer.holds_for) == ("yes", None)
    assert (await small.ask("is Ricoh with realme?", as_of=PartialDate(2030))).abstains


async def test_an_undated_article_is_never_newer_than_a_dated_one(small: App) -> None:
    await small.add([article("Leica and Sharp ended their partnership.", "No date", published=None)])
    assert (await small.ask("is Leica with Sharp?")).verdict == "yes"


async def test_an_article_counts_from_its_last_possible_day(small: App) -> None:
    await small.add([article("Sharp and Honor work together.", "A month", published="2022-05")])
    assert (await small.ask("is Sharp with Honor?", as_of=PartialDate(2022, 5, 30))).abstains
    assert (await small.ask("is Sharp with Honor?", as_of=PartialDate(2022, 5, 31))).verdict == "yes"


async def test_the_date_in_the_question_goes_before_the_one_beside_it(small: App) -> None:
    answer = await small.ask("is Leica with Xiaomi as of 2021?", as_of=PartialDate(2022, 12, 1))
    assert answer.abstains


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("is Foobarix with Leica?", "no article of mine names Foobarix"),
        ("is Canon with Leica?", "no article of mine names Canon"),
        ("is Leica with Nokia?", "no source on Leica and Nokia together"),
        ("how much did Leica pay Sharp?", "no source that answers this about Leica and Sharp"),
        ("is Leica exclusive with Sharp?", "no source that answers this about Leica and Sharp"),
        ("did Sharp sue Leica over patents?", "no source that answers this about Sharp and Leica"),
        ("who will win the world cup?", "I have no source on this."),
    ],
)
async def test_abstaining_says_what_was_looked_for_and_states_nothing(small: App, question: str, reason: str) -> None:
    answer = await small.ask(question)
    assert answer.abstains
    assert reason in answer.text
    assert 1 <= len(answer.nearest) <= 3
    what_always_holds(answer)


async def test_articles_on_other_matters_change_no_answer(small: App) -> None:
    questions = ("is Leica with Sharp?", "who works with Sharp?", "is Leica with Nokia?", "is Canon with Leica?")
    before = [(a.text, [q.quote.text for q in a.quotes]) for a in [await small.ask(q) for q in questions]]
    gardens = [article(f"Tomatoes like sun. Bed {n} has the best soil.", f"Garden {n}") for n in range(20)]
    await small.add(gardens)
    after = [(a.text, [q.quote.text for q in a.quotes]) for a in [await small.ask(q) for q in questions]]
    assert after == before
