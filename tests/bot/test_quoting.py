"""Stories of quotes: exact or not shown, each story once, copies counted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from structlog.testing import capture_logs

from bot.answer import ShownQuote
from bot.quoting import Draft, ellipses, is_exact, shown
from index.article import LONGEST_QUOTE, Quote, Span, Stored
from tests.building import article

STORY = (
    "Ricoh and realme have announced a partnership of several years for the cameras of phones. "
    "The first phone made together is to come in the autumn, the two companies said at an event in Beijing."
)


def stored(
    text: str = STORY, publisher: str = "The Gazette", *, published: str = "2021-05-16", owner: str = "shared"
) -> Stored:
    written = article(text, f"As {publisher} has it", publisher=publisher, published=published)
    return Stored(written.id_for(owner), 1, owner, written)


def draft(source: Stored, start: int = 0, end: int | None = None) -> Draft:
    return Quote(source, Span(start, len(source.article.text) if end is None else end)), "running", "reported"


def first_sentence(source: Stored) -> Draft:
    return draft(source, 0, source.article.text.index(".") + 1)


def texts(quotes: tuple[ShownQuote, ...]) -> list[str]:
    return [quote.quote.text for quote in quotes]


def test_quotes_are_numbered_in_their_order() -> None:
    one, other = stored("Leica left Huawei."), stored("Zeiss stays with vivo.", "The Herald")
    quotes = shown([draft(one), draft(other)], 4)
    assert [(quote.n, quote.quote.text) for quote in quotes] == [
        (1, "Leica left Huawei."),
        (2, "Zeiss stays with vivo."),
    ]


@pytest.mark.parametrize(("start", "end"), [(-1, 5), (0, 0), (5, 2), (2, 99)])
def test_a_quote_that_is_not_in_its_article_is_dropped_and_logged(start: int, end: int) -> None:
    source = stored("Leica left Huawei.")
    with capture_logs() as logs:
        quotes = shown([draft(source, start, end), draft(source)], 4)
    assert texts(quotes) == ["Leica left Huawei."]
    assert [quote.n for quote in quotes] == [1]
    assert [(log["event"], log["log_level"], log["article"]) for log in logs] == [("quote_dropped", "error", source.id)]


def test_a_quote_is_at_most_500_characters() -> None:
    source = stored("x" * 600)
    assert is_exact(draft(source, 0, LONGEST_QUOTE)[0])
    with capture_logs() as logs:
        assert shown([draft(source, 0, LONGEST_QUOTE + 1)], 4) == ()
    assert len(logs) == 1


def test_one_article_shows_at_most_800_characters() -> None:
    source = stored(" ".join(f"word{n}" for n in range(300)))
    quotes = shown([draft(source, 0, 450), draft(source, 450, 800), draft(source, 800, 801)], 4)
    assert [quote.quote.span for quote in quotes] == [Span(0, 450), Span(450, 800)]


def test_no_stretch_of_an_article_is_shown_twice() -> None:
    source = stored()
    assert len(shown([draft(source, 0, 89), draft(source, 50, 120)], 4)) == 1


def test_a_story_and_its_copies_are_shown_once_and_counted() -> None:
    copies = [stored(STORY + f" More on {name}.", name) for name in ("The Herald", "The Courier", "The Mirror")]
    (quote,) = shown([first_sentence(one) for one in (stored(), *copies)], 4)
    assert quote.also_in == 3
    assert quote.quote.stored.article.publisher == "The Gazette"


def test_copies_are_counted_when_as_many_quotes_as_fit_are_chosen() -> None:
    (quote,) = shown(
        [first_sentence(stored()), draft(stored("Leica left.", "Else")), first_sentence(stored(STORY, "The Herald"))], 1
    )
    assert quote.also_in == 1


def test_the_same_outlet_twice_is_no_other_outlet() -> None:
    again = stored(STORY + " Updated.", published="2021-05-17")
    (quote,) = shown([first_sentence(stored()), first_sentence(again)], 4)
    assert quote.also_in == 0


def test_two_copies_in_one_outlet_are_one_more_outlet() -> None:
    twice = [stored(STORY, "The Herald", published=day) for day in ("2021-05-17", "2021-05-18")]
    (quote,) = shown([first_sentence(one) for one in (stored(), *twice)], 4)
    assert quote.also_in == 1


def test_what_is_not_the_same_story_is_another_source() -> None:
    later = stored(STORY, "The Herald", published="2022-05-16")
    own = stored(STORY, "The Courier", owner="7")
    assert [quote.also_in for quote in shown([first_sentence(one) for one in (stored(), later, own)], 4)] == [0, 0, 0]


def test_what_a_copy_adds_is_a_source_of_its_own() -> None:
    addition = "Update: Ricoh says that nothing is signed."
    copy = stored(f"{STORY} {addition}", "The Herald")
    quotes = shown([first_sentence(stored()), draft(copy, len(STORY) + 1)], 4)
    assert [quote.also_in for quote in quotes] == [0, 0]
    assert texts(quotes)[1] == addition


@pytest.mark.parametrize(
    ("text", "quoted", "around"),
    [
        ("Leica left. Zeiss stays.", "Leica left.", ("", "")),
        ("Leica left. Zeiss stays.", "Zeiss stays.", ("", "")),
        ("Leica left, said Huawei, and Zeiss stays.", "said Huawei", ("… ", " …")),
        ("Leica left, said Huawei, and Zeiss stays.", "Leica left", ("", " …")),
        ("Leica left, said Huawei, and Zeiss stays.", "and Zeiss stays.", ("… ", "")),
        ("Leica left. Zeiss stays.", "Leica left. Zeiss stays.", ("", "")),
    ],
)
def test_ellipses_stand_where_a_sentence_is_cut(text: str, quoted: str, around: tuple[str, str]) -> None:
    start = text.index(quoted)
    assert ellipses(Quote(stored(text), Span(start, start + len(quoted)))) == around


@given(st.lists(st.tuples(st.integers(-5, 700), st.integers(-5, 700)), max_size=12))
def test_whatever_is_drafted_what_is_shown_is_exact(spans: list[tuple[int, int]]) -> None:
    source = stored(STORY * 3)
    quotes = shown([draft(source, start, end) for start, end in spans], 4)
    assert [quote.n for quote in quotes] == list(range(1, len(quotes) + 1))
    assert sum(len(quote.quote.text) for quote in quotes) <= 800
    for quote in quotes:
        span = quote.quote.span
        assert quote.quote.text == source.article.text[span.start : span.end] != ""
