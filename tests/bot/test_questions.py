from collections.abc import Collection
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.naming import Vocabulary
from bot.question import Question, follow_up, understand
from bot.question_words import is_foreign, patterns, written_out
from bot.reading import speaks_of_ownership
from index.dates import PartialDate
from index.organisations import directory, folded

TODAY = date(2026, 11, 24)


def vocabulary(
    *names: str, words: str = "", everyday: str = "", together: Collection[tuple[str, ...]] = ()
) -> Vocabulary:
    """`everyday`: words that articles write without a capital; `together`: names that stand in one article."""
    known = set(words.casefold().split())
    return Vocabulary(
        {folded(name): name for name in names},
        lambda word: word.casefold() in everyday.split(),
        lambda word: word.casefold() in known,
        lambda *pair: any(set(pair) <= set(article) for article in together),
        lambda word: [
            n for n in names if " " in n and word.casefold() in (n.casefold().split()[0], n.casefold().split()[-1])
        ],
    )


def asked(text: str, *names: str, words: str = "", **told: Any) -> Question:
    return understand(text, vocabulary(*names, words=words, **told), directory(), TODAY)


@pytest.mark.parametrize("group", ["kind", "aspect"])
def test_each_example_is_understood_as_what_it_stands_for(group: str) -> None:
    for says, _, example in patterns(group):
        assert getattr(asked(example), group) == says, example


def test_each_example_asks_for_what_it_stands_for() -> None:
    for says, _, example in patterns("asks"):
        assert getattr(asked(example), says), example
        assert not getattr(asked("is leica with huawei?"), says)


def test_each_example_speaks_of_ownership() -> None:
    for _, pattern, example in patterns("owning"):
        assert pattern.search(example.casefold()), example
        assert speaks_of_ownership(example)
    assert not speaks_of_ownership("They make phones together.")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("is leica still with huawei?", "yes_no"),
        ("so did honor go with leica", "yes_no"),
        ("leica and huawei still a thing?", "yes_no"),
        ("y did they split", "why"),
        ("whos with leica now", "who"),
        ("how much did apple pay", "what"),
    ],
)
def test_kinds_in_chat_spelling(text: str, kind: str) -> None:
    assert asked(text).kind == kind


def test_chat_spelling_is_written_out() -> None:
    assert written_out("y is leica w/ huawei rn?") == "why is leica with huawei right now?"
    assert asked("is hassy w/ 1+ rn").organisations == ("Hasselblad", "OnePlus")


def test_typos_and_possessives_find_their_name() -> None:
    assert asked("is hasselblat with oppo").organisations == ("Hasselblad", "Oppo")
    assert asked("was leica's deal with huawei’s phones real").organisations == ("Leica", "Huawei")


def test_a_word_that_articles_have_is_no_typo() -> None:
    assert asked("is hasselblat with oppo", words="hasselblat").organisations == ("Oppo",)


def test_everyday_names_need_a_place_where_a_name_would_stand() -> None:
    assert asked("is canon with nothing?").organisations == ("Canon", "Nothing")
    assert asked("did nothing come of the leica talks").organisations == ("Leica",)


def test_names_in_no_list_are_known_from_the_articles() -> None:
    assert asked("is argyle labs with leica", "Argyle Labs").organisations == ("Argyle Labs", "Leica")
    assert asked("is argyle labs with leica").organisations == ("Leica",)


@pytest.mark.parametrize(
    "text", ["is wing with quell?", "does quell own wing", "did quell drop wing?", "was wing the one that left quell"]
)
def test_an_everyday_word_is_a_name_beside_one_that_it_stands_in_an_article_with(text: str) -> None:
    named = asked(text, "Wing", "Quell", everyday="wing", together=[("Wing", "Quell")])
    assert set(named.organisations) == {"Wing", "Quell"}


def test_an_everyday_word_is_no_name_elsewhere() -> None:
    assert asked("did quell drop wing?", "Wing", "Quell", everyday="wing").organisations == ("Quell",)
    text = "does quell make the wide wing of a jet"
    assert asked(text, "Wing", "Quell", everyday="wing", together=[("Wing", "Quell")]).organisations == ("Quell",)


def test_a_sign_in_a_name_may_be_written_out() -> None:
    assert asked("did bulwark and finch buy quell", "Bulwark & Finch", "Quell").organisations[0] == "Bulwark & Finch"
    assert asked("did bulwark & finch buy quell", "Bulwark & Finch", "Quell").organisations[0] == "Bulwark & Finch"


def test_nicknames_are_understood() -> None:
    assert asked("did ms buy ubi").organisations == ("Microsoft", "Ubisoft")
    assert asked("is fb with the merc team").organisations == ("Meta", "Mercedes-Benz")


def test_the_possessive_of_an_alias_needs_no_apostrophe() -> None:
    assert asked("who got activisions cloud rights").organisations == ("Activision Blizzard",)


def test_a_name_is_known_by_its_beginning() -> None:
    assert asked("is oskarine with quell", "Oskarine Pharma", "Quell").organisations == ("Oskarine Pharma", "Quell")
    beside = [("Lucky Otters", "Quell")]
    found = asked("is quell with the otters", "Lucky Otters", "Quell", together=beside)
    assert found.organisations == ("Quell", "Lucky Otters")
    two = ("Oskarine Pharma", "Oskarine Foods", "Quell")
    assert asked("is oskarine with quell", *two).organisations == ("Quell",)
    assert asked("are drugs made by quell", "Drug Office", "Quell", everyday="drug").organisations == ("Quell",)
    assert asked("did quell build it in texas", "Texas Robots", "Quell").organisations == ("Quell",)
    assert asked("which european makers work with nvidia").organisations == ("Nvidia",)


def test_a_longer_name_that_articles_have_goes_before_a_listed_one_in_it() -> None:
    assert asked("is aston villa with quell", "Aston Villa", "Quell").organisations == ("Aston Villa", "Quell")
    assert asked("is aston with quell", "Aston Villa", "Quell").organisations == ("Aston Martin", "Quell")


def test_a_question_word_with_its_capital_is_no_name() -> None:
    assert asked("Who owns Leica?", "WHO", "Leica").organisations == ("Leica",)


def test_a_short_name_means_the_longer_one_that_is_named_with_the_others() -> None:
    names = ("Hollow", "Hollow Pictures", "Hollow Songs", "Quell")
    told = [("Hollow Pictures", "Quell"), ("Hollow Songs", "Tern")]
    assert asked("is quell buying hollow", *names, together=told).organisations == ("Quell", "Hollow Pictures")
    beside = [*told, ("Hollow", "Quell")]
    assert asked("is quell buying hollow", *names, together=beside).organisations == ("Quell", "Hollow")


def test_the_kind_of_company_behind_a_name_is_no_content() -> None:
    question = asked("is quell robotics still with tern semi", "Quell", "Tern")
    assert (question.organisations, question.content) == (("Quell", "Tern"), ())


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("is leica with honor or not", "is leica with honor?"),
        ("does leica own all of honor or just part", "does leica own all of honor?"),
        ("did leica and honor split? asking for dec 2023", "did leica and honor split?"),
        ("leica honor partners? (nov 2025)", "leica honor partners?"),
        ("is leica with honor as of 3 May 2021", "is leica with honor"),
        ("who works with leica, honor or huawei", "who works with leica, honor or huawei"),
        ("is leica or zeiss with xiaomi?", "is leica or zeiss with xiaomi?"),
        ("will xiaomi or huawei use leica cameras", "will xiaomi or huawei use leica cameras"),
        ("did leica leave huawei or did it stay with honor", "did leica leave huawei?"),
        ("was leica with huawei in 2019", "was leica with huawei in 2019"),
    ],
)
def test_the_judge_reads_neither_the_date_beside_a_question_nor_its_alternative(text: str, read: str) -> None:
    assert asked(text).plain == read


def test_a_name_that_no_article_has_is_unknown() -> None:
    assert asked("is Leica with Foobarix?").unknown == ("Foobarix",)
    assert asked("is leica with foobarix").unknown == ("foobarix",)
    assert asked("is leica with foobarix", words="foobarix").unknown == ()
    assert asked("is foobarix licensing to leica").unknown == ("foobarix",)
    assert asked("did leica buy foobarix").unknown == ("foobarix",)
    assert asked("Is foobarix licensing to leica").unknown == ("foobarix",)
    assert asked("who tunes the speakers in foobarix laptops").unknown == ("foobarix",)
    assert asked("who tunes leica speakers in foobarix laptops").unknown == ()
    assert asked("is there any deal").unknown == ()
    assert asked("is anybody working with leica").unknown == ()
    assert asked("were discussions held between leica and huawei").unknown == ()


def test_dates_beside_the_question() -> None:
    assert asked("is leica with huawei as of May 2021").as_of == PartialDate(2021, 5)
    assert asked("was leica with huawei in 2019").about == PartialDate(2019)
    assert asked("was leica with huawei last year").about == PartialDate(2025)
    assert asked("was leica with huawei last month").about == PartialDate(2026, 10)


def test_last_year_counts_from_the_as_of_date() -> None:
    both = "who did leica work with last year, as of May 2021"
    assert (asked(both).about, asked(both).as_of) == (PartialDate(2020), PartialDate(2021, 5))


def test_according_to_whom() -> None:
    assert asked("according to GSMArena, is leica with honor?").publisher == "GSMArena"


def test_what_leans_on_the_question_before_takes_from_it() -> None:
    before = asked("is leica with huawei?")
    assert follow_up(asked("and sharp?"), before).organisations == ("Leica", "Sharp")
    assert follow_up(asked("since when?"), before).organisations == ("Leica", "Huawei")
    assert follow_up(asked("is it with honor too?"), before).organisations == ("Leica", "Honor")


def test_a_whole_question_takes_nothing() -> None:
    assert follow_up(asked("who works with zeiss?"), asked("is leica with huawei?")).organisations == ("Zeiss",)


def test_a_question_on_two_takes_no_words_from_the_one_before() -> None:
    found = follow_up(asked("is hasselblad with oppo as well?"), asked("what gen hasselblad camera is on the oneplus"))
    assert (found.organisations, found.content) == (("Hasselblad", "Oppo"), ())


@pytest.mark.parametrize(
    ("text", "ownership"),
    [
        ("who owns leica?", True),
        ("did huawei buy leica", True),
        ("is leica part of huawei", True),
        ("does xiaomi still use its own lenses with leica", False),
        ("is zeiss still part of the vivo partnership", False),
        ("does huawei buy lenses from leica", False),
    ],
)
def test_what_asks_about_ownership(text: str, ownership: bool) -> None:
    assert asked(text).asks_about_ownership is ownership
    assert follow_up(asked("since when?"), asked(text)).asks_about_ownership is False


def test_a_product_named_beside_its_maker_is_a_word_like_any_other() -> None:
    question = asked("does disney own all of hulu or just part")
    assert (question.organisations, question.content, question.apart) == (("Disney",), ("hulu",), {"Disney"})
    assert asked("did comcast sell hulu").organisations == ("Comcast", "Disney")


def test_english_is_told_from_other_languages() -> None:
    assert is_foreign("arbeitet leica noch mit huawei")
    assert is_foreign("ライカはまだファーウェイと")
    assert not is_foreign("is leica still with huawei?")
    assert not is_foreign("Leica Huawei")
    assert not is_foreign("what did Die Zeit say of Leica")


@given(st.text(max_size=300))
def test_any_text_is_understood_as_some_question(text: str) -> None:
    question = asked(text, "Argyle Labs")
    assert question.text == text
    assert follow_up(question, asked("is leica with huawei?")).kind


@pytest.mark.parametrize("text", ["leica", "tell me about leica", "news about hasselblad"])
def test_a_mere_name_asks_for_what_is_known_and_for_no_yes(text: str) -> None:
    assert asked(text).kind == "what"


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("did huawei leave leica?", ()),
        ("so leica dumped huawei?", ()),
        ("is leica in talks with honor about lenses?", ("lenses",)),
        ("when did leica and xiaomi start?", ()),
        ("did huawei sue leica over patents?", ("sue", "patents")),
        ("how much did the leica deal cost?", ("cost",)),
    ],
)
def test_what_evidence_must_speak_of_is_neither_the_pair_nor_the_phase(text: str, content: tuple[str, ...]) -> None:
    assert asked(text).content == content


@pytest.mark.parametrize(
    ("text", "aspect"),
    [
        ("is it over for leica and huawei", "end"),
        ("leica x huawei over??", "end"),
        ("did huawei sue leica over patents?", "past"),
        ("did amazon invest in leica in the end", "past"),
        ("did leica end up with xiaomi", "past"),
        ("is leica with huawei", "present"),
        ("is leica still with huawei", "still"),
    ],
)
def test_an_end_is_asked_about_only_where_one_is_meant(text: str, aspect: str) -> None:
    assert asked(text).aspect == aspect


@pytest.mark.parametrize(
    ("text", "now"),
    [
        ("is leica still with huawei?", True),
        ("who works with leica?", True),
        ("which phones have hasselblad cameras?", True),
        ("did leica work with huawei?", False),
        ("was leica with huawei in 2019?", False),
        ("is leica with huawei in 2019?", False),
        ("when did leica leave huawei?", False),
        ("why is leica with huawei?", False),
    ],
)
def test_only_some_questions_ask_about_now(text: str, now: bool) -> None:
    assert asked(text).asks_about_now == now
