"""Two questions in one text."""

import pytest

from bot.answer import Answer, ShownQuote
from bot.compound import both, questions_in
from index.article import Quote, Span, Stored
from index.dates import PartialDate
from tests.building import article


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("is tarsk still with ondine? and who replaced them", ("is tarsk still with ondine?", "who replaced them")),
        ("did they sign it and how much did it cost", ("did they sign it?", "how much did it cost")),
        ("when did it end, and why did they part", ("when did it end?", "why did they part")),
        ("who works with tarsk and ondine", ("who works with tarsk and ondine",)),
        ("what did tarsk and ondine announce", ("what did tarsk and ondine announce",)),
        ("tarsk and ondine", ("tarsk and ondine",)),
    ],
)
def test_a_text_is_one_question_or_two(text: str, parts: tuple[str, ...]) -> None:
    assert questions_in(text) == parts


def told(text: str, sentence: str, *, verdict: str | None = None, said: str = "2021-05-16") -> Answer:
    source = article(text, text, published=said)
    stored = Stored(source.id_for("shared"), 1, "shared", source)
    quote = ShownQuote(1, Quote(stored, Span(0, len(text))), "running", "reported")
    kind = "yes_no" if verdict else "what"
    return Answer("asked", kind, ("Tarsk",), verdict, sentence, PartialDate.parse(said), quotes=(quote,))  # type: ignore[arg-type]


NOTHING = Answer("asked", "what", ("Ondine",), "no_source", "I have no source on this.")


def test_both_are_answered_and_numbered_through() -> None:
    first = told("They work together.", "Yes. They do [1].", verdict="yes")
    second = told("It cost a lot.", "It cost a lot [1].", said="2022-01-01")
    answer = both("is it, and how much", first, second)
    assert answer.sentence == "Yes. They do [1]. It cost a lot [2]."
    assert [quote.n for quote in answer.quotes] == [1, 2]
    assert (answer.verdict, str(answer.holds_for)) == ("yes", "2022-01-01")


def test_one_quote_that_answers_both_is_shown_once() -> None:
    answer = told("They work together since 2015.", "They do [1].")
    assert both("asked", answer, answer).sentence == "They do [1]. They do [1]."
    assert len(both("asked", answer, answer).quotes) == 1


def test_what_only_one_has_a_source_for_is_said_and_the_other_too() -> None:
    answer = both("asked", NOTHING, told("It cost a lot.", "It cost a lot [1]."))
    assert answer.sentence == "I have no source on this. It cost a lot [1]."
    assert not answer.abstains


def test_neither_has_a_source() -> None:
    assert both("asked", NOTHING, NOTHING).abstains
