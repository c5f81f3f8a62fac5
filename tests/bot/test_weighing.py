"""Stories of sentences that say something to a question, and of the verdict they give together."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.evidence import Candidate
from bot.question import Question
from bot.reading import asked_of, read, reading_of, windows_of
from bot.weighing import Decision, Thresholds, Weighed, decided, weighed
from index.article import Article, Quote, Span, Stored
from index.judge import MARKS, AnswerJudgement, ClaimJudgement, Reading
from index.organisations import directory
from index.sentences import sentences
from tests.building import article

QUESTION = Question("is tarsk with ondine", "yes_no", "present", ("Tarsk", "Ondine"), plain="is tarsk with ondine")
USUAL = Thresholds()
WHO = Question("who works with ondine", "who", "present", ("Ondine",), plain="who works with ondine")


class SaidJudge:
    """A judge that is told what each sentence says: "yes .9" in it is a yes of 0.9."""

    version = "told"
    reads_claims = False

    def __init__(self) -> None:
        self.read: list[Reading] = []

    def claims(self, readings: Sequence[Reading]) -> list[ClaimJudgement]:
        raise NotImplementedError

    def answers(self, readings: Sequence[Reading]) -> list[list[AnswerJudgement]]:
        self.read += readings
        return [[said(sentence) for sentence in reading.sentences] for reading in readings]


def said(sentence: str) -> AnswerJudgement:
    """What the words `yes .9` in a sentence say."""
    told = {"yes": 0.0, "no": 0.0, "rumour": 0.0, "fact": 0.0}
    for word in told:
        if f"{word} ." in sentence:
            told[word] = float(sentence.split(f"{word} ", 1)[1][:2])
    return AnswerJudgement(1 - sum(told.values()), **told)


def stored(source: Article) -> Stored:
    return Stored(source.id_for("shared"), 1, "shared", source)


def candidate(text: str, published: str | None = "2021-05-16", publisher: str = "The Gazette") -> Candidate:
    source = stored(
        article(text, f"Tarsk and Ondine, {publisher} {published}", published=published, publisher=publisher)
    )
    return Candidate(Quote(source, Span(0, len(text))), 0.5, 1.0, 1.0, 1.0, False, "running", "reported", False)


def verdict(*candidates: Candidate, question: Question = QUESTION) -> Decision | None:
    return decided(question, weighed(read(question, candidates, SaidJudge(), directory()), USUAL), USUAL)


def test_what_is_beside_the_point_gives_no_verdict() -> None:
    assert verdict(candidate("They sell shoes."), candidate("A weak yes .2 here.")) is None
    assert decided(QUESTION, [], USUAL) is None


@pytest.mark.parametrize(("word", "expected"), [("yes", "yes"), ("no", "no"), ("rumour", "rumoured")])
def test_one_sentence_decides_as_it_says(word: str, expected: str) -> None:
    found = verdict(candidate(f"It says {word} .9 to this."))
    assert found
    assert found.verdict == expected


def test_among_equals_the_later_one_wins_in_any_order() -> None:
    old = candidate("They work together, yes .9 indeed.", "2016-01-01")
    new = candidate("They parted, no .9 more.", "2022-01-01")
    for order in ((old, new), (new, old)):
        found = verdict(*order)
        assert found
        assert found.verdict == "no"
        assert found.because[0].candidate is new


def test_a_later_rumour_overturns_nothing_that_is_confirmed() -> None:
    found = verdict(
        candidate("They work together, yes .8 indeed.", "2021-01-01"),
        candidate("It ends, rumour .9 has it.", "2022-01-01"),
    )
    assert found
    assert found.verdict == "yes"


@pytest.mark.parametrize(
    ("plain", "expected"), [("is tarsk leaving ondine", "rumoured"), ("did tarsk leave ondine", "no")]
)
def test_a_newer_rumour_tells_of_what_is_to_come_and_of_nothing_else(plain: str, expected: str) -> None:
    asked = replace(QUESTION, plain=plain, aspect="end")
    found = verdict(
        candidate("They work together, no .8 indeed.", "2021-01-01"),
        candidate("It ends, rumour .7 has it.", "2022-01-01"),
        question=asked,
    )
    assert found
    assert found.verdict == expected


@pytest.mark.parametrize(
    ("plain", "text", "unsaid"),
    [
        ("does tarsk own ondine", "Tarsk and Ondine make shoes together.", True),
        ("did tarsk buy ondine", "Tarsk and Ondine make shoes together.", True),
        ("does tarsk own ondine", "Tarsk has a stake in Ondine.", False),
        ("does tarsk buy shoes from ondine", "Tarsk gets its shoes from Ondine.", False),
        ("is tarsk with ondine", "Tarsk and Ondine make shoes together.", False),
    ],
)
def test_who_owns_whom_is_said_by_words_of_ownership_only(plain: str, text: str, unsaid: bool) -> None:
    asked = replace(QUESTION, plain=plain, written=(("Tarsk", "tarsk"), ("Ondine", "ondine")))
    source = stored(article(text, "A note"))
    found = Candidate(Quote(source, Span(0, len(text))), 0.5, 1.0, 1.0, 1.0, False, "running", "reported", False)
    assert [one.unsaid for one in read(asked, [found], SaidJudge(), directory())] == [unsaid]


def test_a_quote_that_hardly_answers_does_not_lead() -> None:
    poor = replace(candidate("Tarsk and Ondine, fact .1 perhaps."), fit=1.5)
    found = verdict(poor, candidate("Tarsk does, fact .9 sure."), question=WHO)
    assert found
    assert "fact .9" in found.because[0].candidate.quote.text


def test_a_clash_within_days_is_disputed_and_both_sides_lead() -> None:
    one = candidate("They work together, yes .9 indeed.", "2022-01-01", "One")
    other = candidate("They do not, no .9 never.", "2022-01-02", "Other")
    found = verdict(one, other)
    assert found
    assert found.verdict == "disputed"
    assert {w.candidate.quote.stored.article.publisher for w in found.because[:2]} == {"One", "Other"}


def test_another_kind_of_question_has_no_verdict_and_the_fact_first() -> None:
    found = verdict(candidate("They sell shoes."), candidate("Tarsk does, fact .9 sure."), question=WHO)
    assert found
    assert found.verdict is None
    assert "fact" in found.because[0].candidate.quote.text


def test_a_candidate_is_read_between_its_neighbours_and_gets_its_own_judgement() -> None:
    text = "First comes a long sentence. Second yes .9 here. Third comes a long sentence. Fourth no .7 here. A name."
    source = stored(article(text, "Tarsk and Ondine"))
    spans = sentences(text)
    chosen = [
        Candidate(Quote(source, spans[i]), 0.5, 1.0, 1.0, 1.0, False, "running", "reported", False) for i in (3, 1)
    ]
    judge = SaidJudge()
    found = weighed(read(QUESTION, chosen, judge, directory()), USUAL)
    assert [w.says for w in found[:2]] == ["no", "yes"]
    assert [w.candidate.quote.text for w in found[2:]] == [
        "Third comes a long sentence.",
        "First comes a long sentence.",
    ]
    assert [reading.sentences[0].split()[0] for reading in judge.read] == ["Third", "First"]


def test_every_candidate_is_in_some_window_and_no_window_is_longer_than_is_read() -> None:
    text = " ".join(f"Sentence number {i} is here." for i in range(30))
    source = stored(article(text))
    chosen = [
        Candidate(Quote(source, span), 0.5, 1.0, 1.0, 1.0, False, "running", "reported", False)
        for span in sentences(text)[::3]
    ]
    windows = list(windows_of(chosen))
    there = {span for window in windows for span in window.spans}
    assert {c.quote.span for c in chosen} <= there
    assert all(len(window.spans) <= 3 for window in windows)


def test_names_are_marks_in_the_question_and_in_what_is_read() -> None:
    question = Question(
        "is tarks w/ ondine",
        "yes_no",
        "present",
        ("Tarsk", "Ondine"),
        plain="is tarks with ondine",
        written=(("Tarsk", "tarks"), ("Ondine", "ondine")),
    )
    assert asked_of(question).split() == ["is", MARKS[0], "with", MARKS[1]]
    window = next(windows_of([candidate("Tarsk and Ondine, like Novaq, sell shoes.")]))
    assert reading_of(question, window, directory()).sentences[0].split()[:3] == [MARKS[0], "and", MARKS[1]]


def test_a_product_that_the_question_names_beside_its_maker_keeps_its_name() -> None:
    text = "Disney is buying the rest of Hulu."
    window = next(windows_of([candidate(text)]))
    for plain, read_as in (("does disney own hulu?", f"{MARKS[0]} is buying the rest of Hulu."), ("is hulu sold?", "")):
        apart = frozenset({"Disney"} if read_as else ())
        question = Question(plain, "yes_no", "present", ("Disney",), plain=plain, apart=apart)
        found = " ".join(reading_of(question, window, directory()).sentences[0].split())
        assert found == (read_as or f"{MARKS[0]} is buying the rest of {MARKS[0]} .")


def test_what_the_judge_takes_for_a_rumour_is_shown_as_one() -> None:
    rumour = Weighed(candidate("Soon, rumour .9 has it."), said("rumour .9"))
    assert rumour.standing == "rumoured"
    assert Weighed(candidate("They do, yes .9 indeed."), said("yes .9")).standing == "reported"


def test_what_a_question_takes_for_granted_can_be_refuted() -> None:
    when = Question(
        "when did tarsk leave ondine", "what", "end", ("Tarsk", "Ondine"), plain="why did tarsk leave ondine"
    )
    found = verdict(candidate("Tarsk stays, no .8 doubt."), candidate("They sell shoes, fact .1 sure."), question=when)
    assert found
    assert (found.verdict, found.refuted) == (None, True)
    kept = verdict(candidate("Tarsk left in May, fact .8 sure."), question=when)
    assert kept
    assert not kept.refuted
