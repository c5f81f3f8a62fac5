"""Names in texts: the list that comes with the project, and the names that a text spells by itself."""

from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import Span
from index.organisations import Directory, Mention, Organisation, directory, folded, mentions, open_names

NOBODY = Directory(())
LISTED = directory()
EVERYDAY = [organisation for organisation in LISTED.organisations if organisation.common]
NAMES = [
    (organisation.name, spelling)
    for organisation in LISTED.organisations
    for spelling in (organisation.name, *organisation.aliases, *organisation.products)
]


def names_in(text: str, known: Directory = LISTED, *, strict: bool = True) -> list[str]:
    return [mention.name for mention in known.listed(text, strict=strict)]


def slices(text: str, found: list[Mention]) -> list[str]:
    return [text[mention.span.start : mention.span.end] for mention in found]


# --- the list ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("organisation", LISTED.organisations, ids=lambda organisation: organisation.name)
def test_each_example_names_its_organisation(organisation: Organisation) -> None:
    assert organisation.name in names_in(organisation.example)


def test_no_two_entries_share_a_spelling() -> None:
    seen = Counter(spelling.casefold() for _, spelling in NAMES)
    assert [spelling for spelling, count in seen.items() if count > 1] == []


def test_every_spelling_leads_to_its_organisation() -> None:
    wrong = [
        (name, spelling) for name, spelling in NAMES if names_in(f"we met {spelling} there", strict=False) != [name]
    ]
    assert wrong == []


def test_no_product_spells_out_its_maker() -> None:
    """Such an entry would add nothing, unless it keeps another name from being read into it."""
    redundant = [
        product
        for organisation in LISTED.organisations
        for product in organisation.products
        if organisation.name in names_in(product, Directory((Organisation(organisation.name),)))
    ]
    assert redundant == ["Oura Ring"]  # else it names Ring


def test_the_version_changes_with_any_name() -> None:
    before = Directory((Organisation("Leica", ("Leitz",)),))
    after = Directory((Organisation("Leica", ("Leitz", "Ernst Leitz")),))
    assert before.version == Directory(before.organisations).version != after.version


# --- everyday words ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("organisation", EVERYDAY, ids=lambda organisation: organisation.name)
def test_an_everyday_word_is_a_name_in_an_article_only_with_its_capital(organisation: Organisation) -> None:
    text = f"they saw {organisation.name.lower()} there"
    assert names_in(text) == []
    assert names_in(text, strict=False) == [organisation.name]
    assert names_in(f"they saw {organisation.name} there") == [organisation.name]
    assert LISTED.is_common(organisation.name.upper())


def test_a_name_in_capitals_needs_all_of_them() -> None:
    assert names_in("Red is a colour, RED makes cameras") == ["RED"]
    assert names_in("An engine of 300 hp") == []


def test_a_headline_in_capitals_counts() -> None:
    assert names_in("NOTHING AND BEATS WORK TOGETHER") == ["Nothing", "Beats"]


def test_a_product_needs_its_capital_in_an_article_but_its_maker_does_not() -> None:
    assert names_in("each pixel is large, says google") == ["Google"]
    assert names_in("will the pixel have a leica lens?", strict=False) == ["Google", "Leica"]


def test_a_name_in_no_list_is_no_everyday_word() -> None:
    assert not LISTED.is_common("Frobnicate")
    assert "Frobnicate" not in LISTED
    assert "leica" in LISTED


# --- where a name stands ----------------------------------------------------------------------------------------------


def test_the_longest_name_wins() -> None:
    assert names_in("Harman Kardon is a brand of Harman International") == ["Harman Kardon", "Harman"]
    assert names_in("Porsche Design is not Porsche, and Sony Music is not Sony") == [
        "Porsche Design",
        "Porsche",
        "Sony Music",
        "Sony",
    ]


@pytest.mark.parametrize("text", ["Leicas", "Zeissig", "xleica", "leica_x", "Sonymous", "11+", "1+1", "2020PSA"])
def test_a_name_inside_a_word_is_none(text: str) -> None:
    assert names_in(text) == []


@pytest.mark.parametrize(
    "text", ["Leica.", "(Leica)", "Leica's", "Leica’s", "Leica-tuned", "non-Leica", "“Leica”", "Huawei/Leica", "@leica"]
)
def test_punctuation_beside_a_name_does_no_harm(text: str) -> None:
    assert "Leica" in names_in(text)


def test_nicknames_and_former_names_are_known() -> None:
    assert names_in("is 1+ still w/ hassy? and B&O w/ HP?") == ["OnePlus", "Hasselblad", "Bang & Olufsen", "HP"]
    assert names_in("HMD Global, Carl Zeiss, Leitz, Facebook, PSA") == ["Nokia", "Zeiss", "Leica", "Meta", "Peugeot"]


def test_a_product_says_that_it_is_one() -> None:
    known = Directory((Organisation("Sony", ("Sony Group",), ("Xperia",)),))
    assert [mention.product for mention in known.listed("Sony Group sells the Xperia")] == [False, True]


@pytest.mark.parametrize("before", ["İ", "İİİ ", "ß", "ŉ", "ΑΣ", "𝐀", "é", "🙂"])
def test_letters_that_grow_in_lower_case_move_no_place(before: str) -> None:
    text = f"{before} İstanbul ZEISS İ Leica"
    assert slices(text, LISTED.listed(text)) == ["ZEISS", "Leica"]


CASES = st.sampled_from([str, str.lower, str.upper, str.title])
FILLER = st.text(st.characters(blacklist_categories=["Cs"]) | st.sampled_from("İßΣıﬁ &+.-’"), max_size=12)


@given(st.lists(st.tuples(FILLER, st.sampled_from(NAMES), CASES), max_size=6), FILLER)
def test_a_found_name_is_spelled_at_its_place(
    parts: list[tuple[str, tuple[str, str], Callable[[str], str]]], end: str
) -> None:
    text = " ".join([f"{filler} {case(name[1])}" for filler, name, case in parts] + [end])
    spellings: dict[str, set[str]] = {}
    for name, spelling in NAMES:
        spellings.setdefault(name, set()).add(spelling.lower())
    for organisation in LISTED.organisations:
        spellings[organisation.name].update(organisation.nicknames)
    found = LISTED.listed(text, strict=False)
    for mention, written in zip(found, slices(text, found), strict=True):
        assert written.lower() in spellings[mention.name]
    ends = [mention.span.end for mention in found]
    assert all(end <= mention.span.start for end, mention in zip(ends, found[1:], strict=False))


@given(FILLER, st.sampled_from(NAMES), FILLER)
def test_a_name_between_spaces_is_found(before: str, name: tuple[str, str], after: str) -> None:
    text = f"{before} | {name[1]} | {after}"
    place = Span(len(before) + 3, len(before) + 3 + len(name[1]))
    assert any(mention.name == name[0] and mention.span == place for mention in LISTED.listed(text))


# --- names in no list -------------------------------------------------------------------------------------------------


def test_an_article_teaches_its_own_names() -> None:
    text = (
        "Ford put a billion dollars into Argo AI. The carrier looked at Iridium too. Later Argo AI closed, "
        "while a venture with Peugeot went on."
    )
    assert {"Argo AI", "Iridium", "Peugeot"} <= open_names(text, NOBODY)


def test_a_word_that_opens_a_sentence_is_no_name() -> None:
    assert open_names("However, it is over. Meanwhile they talk. Partners come and go.", NOBODY) == set()


def test_a_name_that_opens_two_sentences_is_one() -> None:
    assert open_names("Iridium sends texts. Iridium has no phone.", NOBODY) == {"Iridium"}


def test_a_word_seen_in_lower_case_is_no_name() -> None:
    assert open_names("It is called Partner. Many a partner left.", NOBODY) == set()


def test_months_days_and_places_are_no_names() -> None:
    text = "It began in March, on a Monday, and ended in May 2021 in Japan, after the MWC in December."
    assert open_names(text, NOBODY) == set()


def test_artificial_intelligence_alone_is_no_name() -> None:
    assert open_names("They sell AI, and more AI. It is Generative AI, not generative art.", NOBODY) == set()


def test_a_possessive_parts_two_names() -> None:
    assert open_names("We played Bethesda’s Starfield on it, then Sega's Sonic.", NOBODY) == {
        "Bethesda",
        "Starfield",
        "Sega",
        "Sonic",
    }


def test_an_ampersand_joins_a_name() -> None:
    assert "Bang & Olufsen" in open_names("The speakers are by Bang & Olufsen again.", NOBODY)


def test_a_listed_name_is_not_learned_again() -> None:
    assert open_names("They met Leica and Frobnia there.", LISTED) == {"Frobnia"}


def test_listed_and_learned_names_come_in_the_order_of_the_text() -> None:
    text = "They say that Frobnia and Leica Camera left Frobnia Labs."
    found = mentions(text, LISTED, open_names(text, LISTED))
    assert [mention.name for mention in found] == ["Frobnia", "Leica", "Frobnia"]
    assert slices(text, found) == ["Frobnia", "Leica Camera", "Frobnia Labs"]


def test_a_name_goes_by_the_shorter_form_that_its_text_uses() -> None:
    text = "Both Oskarine Pharma and Quell Labs signed. Oskarine pays. They met at Quell Hall."
    learned = open_names(text, LISTED)
    assert [m.name for m in mentions(text, LISTED, learned)] == ["Oskarine", "Quell Labs", "Oskarine", "Quell Hall"]


def test_a_name_goes_by_the_longer_one_that_it_ends() -> None:
    text = "They met Lucky Otters. Later the Otters and the Reds, once called Bold Reds or Sad Reds, left."
    found = [m.name for m in mentions(text, LISTED, open_names(text, LISTED))]
    assert found == ["Lucky Otters", "Lucky Otters", "Reds", "Bold Reds", "Sad Reds"]


@pytest.mark.parametrize("joined", ["Tarsk Ondine", "Tarsk & Ondine"])
def test_two_names_side_by_side_are_no_third(joined: str) -> None:
    text = f"Today Tarsk and Ondine signed. They said the {joined} deal covers lenses. So Tarsk and Ondine profit."
    found = [m.name for m in mentions(text, LISTED, open_names(text, LISTED))]
    assert found[:2] == found[-2:] == ["Tarsk", "Ondine"]
    assert set(found) == {"Tarsk", "Ondine"}


def test_a_long_name_and_its_short_form_are_never_parted() -> None:
    for extra in ("the Otters Foundation", "the Bold Otters"):
        text = f"They met Lucky Otters and {extra}. Later the Otters left."
        found = [m.name for m in mentions(text, LISTED, open_names(text, LISTED))]
        assert found in (["Lucky Otters", "Otters", "Otters"], ["Lucky Otters", "Bold Otters", "Otters"])


def test_an_everyday_word_at_the_head_of_a_sentence_shortens_nothing() -> None:
    text = "They met Digital Realty, and Quell. Digital sales rose, and digital wallets and digital media too."
    assert [m.name for m in mentions(text, LISTED, open_names(text, LISTED))] == ["Digital Realty", "Quell"]


def test_where_a_company_is_from_is_no_part_of_its_name() -> None:
    assert open_names("They met Beijing-based Qingche there.", NOBODY) == {"Qingche"}


def test_a_very_long_word_is_read_like_any_other() -> None:
    word = "A-" * 200_000 + "A"
    assert open_names(f"They met {word}.", NOBODY) == {word}


def test_a_name_is_typed_without_its_accents() -> None:
    assert folded("Estévane & Ød") == "estevane and ød"


def test_nicknames_count_in_questions_only() -> None:
    text = "why did ms leave fb"
    assert LISTED.listed(text) == []
    assert [m.name for m in LISTED.listed(text, strict=False)] == ["Microsoft", "Meta"]


def test_a_learned_name_does_not_cut_into_a_listed_one() -> None:
    found = mentions("By Harman Kardon, of course", LISTED, {"Kardon"})
    assert [mention.name for mention in found] == ["Harman Kardon"]


@given(st.text() | st.lists(FILLER | st.sampled_from([s for _, s in NAMES])).map(" ".join))
def test_any_text_can_be_read_and_every_name_stands_in_it(text: str) -> None:
    learned = open_names(text, LISTED)
    found = mentions(text, LISTED, learned)
    assert found == sorted(found, key=lambda mention: mention.span.start)
    for mention, written in zip(found, slices(text, found), strict=True):
        assert mention.name in LISTED or {written, mention.name} <= learned
