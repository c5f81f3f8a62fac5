"""Cards: each as it was looked at, and within Discord's limits whatever stands in an answer."""

import re
from dataclasses import replace

import pytest
from discord import ui
from hypothesis import given
from hypothesis import strategies as st

from bot.answer import Answer, Rumour
from bot.app import Status
from bot.discord.about.render import about_card, greeting_card, help_card, how_to_ask
from bot.discord.asking.render import answer_card
from bot.discord.card import fits
from bot.discord.library.render import added_card, progress_card, reindexed_card, removed_card, status_card
from bot.discord.partners.render import partners_card, timeline_card
from bot.discord.rumours.render import rumours_card
from bot.discord.text import unescape
from bot.partners import Listing
from bot.quoting import SHOWN_OF_ONE
from index.article import Source
from index.dates import PartialDate
from index.indexing import Added, Progress
from index.reading import Refusal
from index.store import Counts
from tests.bot.cards.examples import ABSTAINING, ENDED, NO, PARTNERS, RUMOURS, STALE, quote, shown, stored
from tests.bot.cards.golden import assert_golden, text_of

ADDED = Added(
    new=["0123456789ab"],
    changed=["ba9876543210"],
    unchanged=3,
    refusals=[Refusal("notes.jsonl line 3", "It is no JSON."), Refusal("**x**.md", "It has no @everyone title.")],
)
TITLES = {"0123456789ab": "Leica *and* Huawei part", "ba9876543210": "No red dot"}
STATUS = Status(Counts(104, 310, 280), Counts(2, 5, 4), "all-MiniLM-L6-v2@53aa51172d142c89", "local")

CARDS = {
    "answer": answer_card(NO),
    "answer-echoed": answer_card(NO, echo=True),
    "answer-stale": answer_card(STALE),
    "answer-none": answer_card(ABSTAINING),
    "rumours": rumours_card(RUMOURS, "Leica"),
    "rumours-none": rumours_card((), "Canon"),
    "partners": partners_card(PARTNERS, None),
    "partners-none": partners_card(Listing(("Canon",), ()), PartialDate(2021, 6)),
    "timeline": timeline_card(Listing(("Leica", "Huawei"), PARTNERS.partnerships[1:])),
    "library-added": added_card(ADDED, TITLES),
    "library-progress": progress_card("Adding articles", Progress(32, 240)),
    "library-removed": removed_card([ENDED]),
    "library-reindexed": reindexed_card(3),
    "library-status": status_card(STATUS),
    "about": about_card("0.1.0", 106),
    "help": help_card(),
    "how-to-ask": how_to_ask(),
    "greeting": greeting_card("<@1234>"),
}


@pytest.mark.parametrize("name", CARDS)
def test_every_card_is_as_it_was_looked_at(name: str) -> None:
    assert_golden(name, CARDS[name])


def test_a_quote_within_a_sentence_has_its_ellipsis_outside_the_quotation_marks() -> None:
    assert "… “Leica has moved on to Xiaomi” …" in text_of(answer_card(NO))


def test_a_whole_sentence_has_no_ellipsis() -> None:
    assert "**1** “The partnership ended on 31 March 2022, Leica said.”\n" in text_of(answer_card(NO))


def test_the_age_warning_stands_before_the_verdict() -> None:
    text = text_of(answer_card(STALE))
    assert text.index("My newest source") < text.index("Yes.")


def test_an_abstention_states_nothing_but_offers_links() -> None:
    text = text_of(answer_card(ABSTAINING))
    assert "“" not in text
    assert "[read it](<https://lens.example/leica-huawei>)" in text


def test_at_most_800_characters_of_one_article_are_shown() -> None:
    words = [f"Sentence {n} has {'many ' * 70}words." for n in range(4)]
    long = stored(" ".join(words))
    quotes = tuple(shown(n + 1, quote(long, each)) for n, each in enumerate(words))
    told = re.findall("“(.*?)”", text_of(answer_card(replace(NO, quotes=quotes))))
    assert told == words[:2]
    assert sum(map(len, told)) <= SHOWN_OF_ONE


def test_a_statement_goes_when_its_quote_goes() -> None:
    same = stored("A" * 450 + ". " + "B" * 450 + ".")
    quotes = (shown(1, quote(same, "A" * 450 + ".")), shown(2, quote(same, "B" * 450 + ".")))
    answer = replace(
        NO, sentence="No. It ended in 2022 [1]. It had begun in 2016 [2]. Both say so [1] [2].", quotes=quotes
    )
    text = unescape(text_of(answer_card(answer)))
    assert "No. It ended in 2022 [1]. Both say so [1]." in text
    assert "[2]" not in text


HOSTILE = (
    "@everyone **b** [x](https://evil.example) ||s|| `c`\n# h\n- l\n> q <@1> <#2> <@&3> <t:1:R> :smile: \u202e\u200b\\"
)


def hostile_answer(size: int) -> Answer:
    """Everything in it is markup, and far too long."""
    text = (HOSTILE * 40)[:495]
    long = (HOSTILE * 200)[:size]
    articles = [
        stored(text, id=f"h{n}", title=long, publisher=long, url=f"https://evil.example/{'(' * size}") for n in range(4)
    ]
    articles[3] = replace(articles[3], article=replace(articles[3].article, sources=(Source(long, long, None),)))
    return Answer(
        question=long,
        kind="yes_no",
        organisations=(long, long),
        verdict="disputed",
        sentence=f"Disputed. {long} wrote so [1] [2]. {long} [3].",
        holds_for=PartialDate(2022),
        warning="My newest source on this is from 2022.",
        quotes=tuple(shown(n + 1, quote(one, one.article.text), also_in=9) for n, one in enumerate(articles)),
        nearest=tuple(articles),
    )


def assert_within_limits(view: ui.LayoutView) -> None:
    assert view.content_length() <= 4000
    assert sum(1 for _ in view.walk_children()) <= 40
    assert all(item.content for item in view.walk_children() if isinstance(item, ui.TextDisplay))
    assert fits([item.content for item in view.walk_children() if isinstance(item, ui.TextDisplay)])


@pytest.mark.parametrize("size", [10, 300, 1000, 5000])
@pytest.mark.parametrize("echo", [True, False])
def test_a_hostile_answer_fits_and_its_first_quote_is_whole(size: int, echo: bool) -> None:
    answer = hostile_answer(size)
    view = answer_card(answer, echo=echo)
    assert_within_limits(view)
    assert answer.quotes[0].quote.text in unescape(text_of(view))
    assert_within_limits(answer_card(replace(answer, verdict="no_source", quotes=()), echo=echo))


def test_hostile_rumours_fit() -> None:
    answer = hostile_answer(1000)
    one = Rumour(("x" * 1000, HOSTILE), "ended", "rumoured", None, HOSTILE * 50, RUMOURS[1].outcome, answer.quotes)
    rumours = [replace(one, quotes=(each,)) for each in answer.quotes]
    view = rumours_card(rumours, HOSTILE * 9)
    assert_within_limits(view)
    assert "did not fit" in text_of(view)


def test_a_thousand_refusals_are_cut_and_counted() -> None:
    added = Added(refusals=[Refusal(f"{HOSTILE}{n}", HOSTILE * 20) for n in range(1000)])
    view = added_card(added, {})
    assert_within_limits(view)
    assert "more" in text_of(view)


def test_a_thousand_new_articles_are_cut_and_counted() -> None:
    ids = [f"{n:012x}" for n in range(1000)]
    view = added_card(Added(new=ids), dict.fromkeys(ids, HOSTILE * 40))
    assert_within_limits(view)
    assert "and 990 more" in text_of(view)


@given(st.lists(st.text(min_size=1, max_size=500), min_size=1, max_size=4), st.text(max_size=300), st.booleans())
def test_whatever_an_answer_says_its_card_fits_and_its_quotes_are_exact(
    texts: list[str], words: str, echo: bool
) -> None:
    articles = [stored(text, id=str(n), title=words, publisher=words) for n, text in enumerate(texts)]
    quotes = tuple(shown(n + 1, quote(one, one.article.text)) for n, one in enumerate(articles))
    view = answer_card(replace(NO, question=words, sentence=f"No. {words} [1].", quotes=quotes), echo=echo)
    assert_within_limits(view)
    assert f"“{texts[0]}”" in unescape(text_of(view))
