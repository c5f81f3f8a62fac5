"""Stories of verdicts: what a partnership's statements say to each of the questions that can be asked of it."""

from dataclasses import replace

import pytest

from bot.answer import ShownQuote, Verdict
from bot.judging import Judgement, judge_pair, publisher_of
from bot.question import Aspect, Question
from index.article import Quote, Source, Span, Stored
from index.dates import PartialDate
from index.snapshot import Statement
from tests.building import article, statement

PAIR = ("Leica", "Huawei")
RUNNING = statement(
    "running", "official", said="2021-05-16", begun="2015", text="Leica has worked with Huawei since 2015."
)
ENDED = statement("ended", "official", said="2022-05-24", until="2022-03-31", text="It ended on 31 March 2022.")
SOUGHT = statement("sought", said="2020-05-16", text="Leica is in talks with Huawei.")
LEAK = statement("running", "rumoured", said="2021-06-01", text="A leak says that Leica works with Huawei.")
LEAKED_END = statement("ended", "rumoured", said="2021-07-01", text="A leak says that it ends.")
DENIAL = statement("running", "denied", said="2021-08-01", text="Leica denied that it works with Huawei.")
NOT_EXCLUSIVE = statement(said="2021-05-17", text="The deal is not exclusive.")


def asked(aspect: Aspect, about: str | None = None) -> Question:
    day = PartialDate.parse(about) if about else None
    return Question("a question", "yes_no", aspect, PAIR, about=day)


def judged(aspect: Aspect, *statements: Statement, about: str | None = None) -> Judgement:
    judgement = judge_pair(asked(aspect, about), statements)
    assert judgement
    return judgement


def sentence(judgement: Judgement) -> str:
    """What is said, with the deciding statements as quotes."""
    return judgement.sentence([ShownQuote(n, s.quote, None, "reported") for n, s in enumerate(judgement.because, 1)])


@pytest.mark.parametrize(
    ("aspect", "statements", "verdict"),
    [
        ("present", [RUNNING], "yes"),
        ("still", [RUNNING], "yes"),
        ("still", [RUNNING, ENDED], "no"),
        ("still", [RUNNING, LEAKED_END], "yes"),
        ("still", [LEAK], "rumoured"),
        ("still", [LEAK, DENIAL], "no"),
        ("still", [SOUGHT], "rumoured"),
        ("past", [RUNNING, ENDED], "yes"),
        ("past", [RUNNING], "yes"),
        ("begin", [RUNNING, ENDED], "yes"),
        ("past", [ENDED], "no"),
        ("end", [RUNNING, ENDED], "yes"),
        ("end", [RUNNING], "no"),
        ("end", [RUNNING, LEAKED_END], "rumoured"),
        ("sought", [SOUGHT], "rumoured"),
        ("sought", [SOUGHT, RUNNING], "yes"),
        ("sought", [LEAK, DENIAL], "no"),
        ("confirmed", [LEAK], "rumoured"),
        ("confirmed", [LEAK, RUNNING], "yes"),
        ("denied", [LEAK, DENIAL], "yes"),
    ],
)
def test_a_verdict_follows_from_what_was_said(aspect: Aspect, statements: list[Statement], verdict: Verdict) -> None:
    assert judged(aspect, *statements).verdict == verdict


@pytest.mark.parametrize(
    ("aspect", "statements"),
    [
        ("present", []),
        ("exclusive", [RUNNING]),
        ("end", [LEAK]),
        ("denied", [RUNNING]),
        ("sought", [RUNNING]),
    ],
)
def test_where_nothing_bears_on_what_is_asked_there_is_no_verdict(aspect: Aspect, statements: list[Statement]) -> None:
    assert judge_pair(asked(aspect), statements) is None


@pytest.mark.parametrize(
    ("aspect", "statements", "first", "said"),
    [
        ("still", [RUNNING], RUNNING, "Yes. Leica and Huawei have worked together since 2015 [1]."),
        ("still", [RUNNING, ENDED], ENDED, "No. The work of Leica and Huawei together ended on 31 March 2022 [1]."),
        ("past", [RUNNING, ENDED], RUNNING, "Yes. Leica and Huawei worked together [1]."),
        (
            "end",
            [RUNNING, LEAKED_END],
            LEAKED_END,
            "Only rumoured. The Gazette wrote of Leica and Huawei what nobody has ",
        ),
        ("sought", [SOUGHT, RUNNING], SOUGHT, "Yes. The Gazette wrote so [1]."),
        ("denied", [LEAK, DENIAL], DENIAL, "Yes. The Gazette wrote so [1]."),
    ],
)
def test_what_is_said_is_what_the_first_quote_says(
    aspect: Aspect, statements: list[Statement], first: Statement, said: str
) -> None:
    judgement = judged(aspect, *statements)
    assert judgement.because[0] == first
    assert sentence(judgement).startswith(said)


def test_a_later_date_in_passing_is_no_beginning() -> None:
    again = statement("running", said="2026-01-01", begun="2026", text="They are partners, says a report of 2026.")
    assert sentence(judged("still", RUNNING, again)) == "Yes. Leica and Huawei work together [1]."


def test_two_outlets_that_clash_are_both_quoted() -> None:
    over = statement("ended", said="2021-05-17", publisher="The Herald", text="It is over.")
    judgement = judged("still", statement(said="2021-05-16"), over)
    assert judgement.verdict == "disputed"
    assert len(judgement.because) == 2
    assert sentence(judgement) == (
        "Disputed. Sources on Leica and Huawei contradict each other: The Herald on 17 May 2021 [1] and The Gazette on "
        "16 May 2021 [2]."
    )


def test_the_newest_word_on_exclusivity_counts() -> None:
    not_now = replace(NOT_EXCLUSIVE, claim=replace(NOT_EXCLUSIVE.claim, exclusive=False))
    before = replace(RUNNING, claim=replace(RUNNING.claim, exclusive=True))
    assert judged("exclusive", before).verdict == "yes"
    assert judged("exclusive", before, not_now).verdict == "no"
    assert sentence(judged("exclusive", before, not_now)) == (
        "No. The deal of Leica and Huawei is called non-exclusive [1]."
    )


@pytest.mark.parametrize(
    ("about", "verdict", "said"),
    [
        ("2019", "yes", "Yes. Leica and Huawei worked together [1]."),
        ("2022", "yes", "Yes. Leica and Huawei worked together [1]."),
        ("2024-05", "no", "No. The work of Leica and Huawei together has ended [1]."),
    ],
)
def test_what_held_in_a_year_is_told_from_all_that_is_known(about: str, verdict: Verdict, said: str) -> None:
    judgement = judged("past", RUNNING, ENDED, about=about)
    assert (judgement.verdict, sentence(judgement)) == (verdict, said)
    assert not judgement.open


def test_before_it_began_it_was_not() -> None:
    dated = statement("running", said="2021-05-16", begun="2015", text="Leica has worked with Huawei since 2015.")
    judgement = judged("past", dated, about="2010")
    assert (judgement.verdict, judgement.because) == ("no", (dated,))
    assert sentence(judgement) == "No. The work of Leica and Huawei together began in 2015 [1]."


def test_where_no_beginning_is_told_nothing_is_known_of_the_time_before() -> None:
    assert judge_pair(asked("past", "2010"), [statement(said="2021-05-16")]) is None


def test_the_quote_on_a_year_is_one_that_reaches_it() -> None:
    later = statement(said="2022-01-01", text="Leica and Huawei work together.", publisher="The Herald")
    assert judged("past", later, RUNNING, about="2019").because[0] == RUNNING


def test_only_what_a_later_article_could_end_is_open() -> None:
    assert judged("still", RUNNING).open
    assert judged("still", LEAK).open
    assert not judged("still", RUNNING, ENDED).open
    assert not judged("still", LEAK, DENIAL).open


@pytest.mark.parametrize(
    ("publisher", "said"),
    [
        ("The Gazette", "The Gazette"),
        ("Yahoo! News", "Yahoo News"),
        ("He said so. [1] Yes", "He said so 1 Yes"),
        ("long " * 30, " ".join(["long"] * 11) + " long…"),
    ],
)
def test_a_publisher_cannot_write_a_statement_or_a_number_of_its_own(publisher: str, said: str) -> None:
    named = article("Leica left.", publisher=publisher)
    found = publisher_of(Quote(Stored("id", 1, "shared", named), Span(0, 5)))
    assert found.split() == said.split()


def test_a_statement_of_ours_names_the_source_that_it_is_from() -> None:
    source = Source("Engadget", "https://engadget.example", None)
    ours = article("Leica left.", publisher="Rangefinder desk", sources=(source,))  # type: ignore[arg-type]
    assert publisher_of(Quote(Stored("id", 1, "shared", ours), Span(0, 5))) == "Engadget"
    assert publisher_of(Quote(Stored("id", 1, "shared", article("It left.", publisher="")), Span(0, 5))) == (
        "An unnamed publisher"
    )
