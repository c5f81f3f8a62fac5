from hypothesis import given
from hypothesis import strategies as st

from index.article import LONGEST_QUOTE, Span, normalise
from index.sentences import narrowed, passages, sentence_at, sentences

TEXTS = st.text(
    alphabet=st.one_of(st.sampled_from("aB.!? \n“”\"',;é🙂中"), st.characters(exclude_categories=["Cs"])), max_size=900
).map(normalise)


@given(TEXTS)
def test_sentences_are_slices_in_order_and_leave_out_only_white_space(text: str) -> None:
    spans = sentences(text)
    end = 0
    for span in spans:
        assert not text[end : span.start].strip()
        assert text[span.start : span.end].strip() == text[span.start : span.end] != ""
        end = span.end
    assert not text[end:].strip()


@given(TEXTS)
def test_passages_are_slices_and_hold_every_sentence(text: str) -> None:
    cut = passages(text)
    assert all(text[p.span.start : p.span.end] == p.text for p in cut)
    for span in sentences(text):
        assert any(p.span.start <= span.start and span.end <= p.span.end for p in cut)


@given(TEXTS, st.integers(0, 2000))
def test_a_narrowed_sentence_fits_a_quote_and_stays_inside(text: str, around: int) -> None:
    span = Span(0, len(text))
    cut = narrowed(text, span, around)
    assert 0 <= cut.start <= cut.end <= len(text)
    assert cut.end - cut.start <= LONGEST_QUOTE


def test_a_long_sentence_is_narrowed_to_whole_clauses() -> None:
    text = ", ".join(f"clause number {n} of a sentence that will not end" for n in range(20)) + "."
    cut = narrowed(text, Span(0, len(text)))
    assert text[cut.start : cut.end].endswith(",")
    assert cut.start == 0


def test_a_long_quotation_is_cut_where_its_sentences_end() -> None:
    text = f"He said: “{'The work goes on as it did before and will for long. ' * 8}It is so.”"
    assert len(sentences(text)) == 9


def test_each_line_is_a_paragraph_unless_lines_are_wrapped() -> None:
    long = "A paragraph, which a page has in one line, as most pages have theirs today, " * 2 + "and so on."
    assert len(sentences(f"A heading\n{long} It goes on.")) == 3
    assert len(sentences("A line that is\nwrapped goes on.")) == 1


def test_the_sentence_at_a_place() -> None:
    text = "One. Two."
    assert sentence_at(text, 5) == Span(5, 9)
    assert sentence_at(text, 4) is None
