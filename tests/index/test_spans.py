"""More that holds of every span, whatever the text."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from index.article import LONGEST_QUOTE, Span, normalise
from index.sentences import narrowed, passages, sentence_at, sentences

WORDS = st.sampled_from(
    ["Leica", "Huawei's", "and", "which", "ended;", "2022,", "“Yes.", "No.”", "e.g.", "中文。", "\n", "🙂"]
)
TEXTS = st.lists(st.one_of(WORDS, st.text(max_size=12)), max_size=250).map(lambda words: normalise(" ".join(words)))


@given(TEXTS)
def test_sentences_neither_overlap_nor_have_white_space_at_their_ends(text: str) -> None:
    spans = sentences(text)
    assert all(one.end <= other.start for one, other in pairwise(spans))
    for span in spans:
        assert 0 <= span.start < span.end <= len(text)
        assert text[span.start : span.end] == text[span.start : span.end].strip()


@given(TEXTS)
def test_each_place_in_a_sentence_is_in_that_sentence(text: str) -> None:
    for span in sentences(text):
        assert sentence_at(text, span.start) == sentence_at(text, span.end - 1) == span


@given(TEXTS)
def test_passages_come_in_order_and_begin_and_end_with_a_sentence(text: str) -> None:
    cut = passages(text)
    starts, ends = {s.start for s in sentences(text)}, {s.end for s in sentences(text)}
    assert all(p.span.start in starts and p.span.end in ends for p in cut)
    assert [p.span.start for p in cut] == sorted({p.span.start for p in cut})
    assert [p.span.end for p in cut] == sorted({p.span.end for p in cut})


@given(TEXTS, st.data())
def test_what_is_asked_for_is_in_the_narrowed_sentence(text: str, data: st.DataObject) -> None:
    for span in sentences(text):
        around = data.draw(st.integers(span.start, span.end - 1))
        cut = narrowed(text, span, around)
        assert span.start <= cut.start < cut.end <= span.end
        assert cut.end - cut.start <= LONGEST_QUOTE
        assert cut.start <= around < cut.end or text[around].isspace()
        assert narrowed(text, cut) == cut


def test_a_sentence_without_any_clause_is_cut_between_words() -> None:
    text = "word " * 300 + "end."
    (span,) = sentences(text)
    cut = narrowed(text, span, 700)
    assert cut.start <= 700 < cut.end
    assert cut.end - cut.start <= LONGEST_QUOTE
    assert text[cut.start : cut.end].startswith("word")
    assert text[cut.end] == " "


def test_a_text_without_white_space_has_sentences_of_bounded_length() -> None:
    spans = sentences("x" * 10_000)
    assert [span.end - span.start for span in spans] == [2000] * 5
    assert spans[0] == Span(0, 2000)


def test_a_long_text_of_many_lines_is_cut_line_by_line() -> None:
    line = "A paragraph that stands in one line, as pages have it, " + "and goes on, " * 8 + "and ends."
    assert len(sentences(f"{line} It goes on.\nA heading\n" * 2000)) == 6000
