"""Claims by a judge that reads them: which pairs it is asked about, and what is made of what it says."""

from collections.abc import Sequence

from index.claims.judged import claims_version, told_by
from index.dates import PartialDate
from index.judge import MARKS, AnswerJudgement, ClaimJudgement, Reading
from tests.building import article


class EndingJudge:
    """A judge to whom every sentence with "over" and both marks near by tells of an end."""

    version = "ending"
    reads_claims = True

    def __init__(self, certainty: float = 0.9) -> None:
        self.certainty = certainty

    def claims(self, readings: Sequence[Reading]) -> list[ClaimJudgement]:
        return [
            ClaimJudgement("ended" if "over" in reading.sentences[0] else None, "official", False, None, self.certainty)
            for reading in readings
        ]

    def answers(self, readings: Sequence[Reading]) -> list[list[AnswerJudgement]]:
        raise NotImplementedError


TEXT = "Leica and Huawei work on phones. The partnership is over since 31 March 2022."


def test_a_pair_named_in_the_title_is_carried_to_a_sentence_that_points_back() -> None:
    (claim,) = told_by(article(TEXT, "Leica and Huawei"), judge=EndingJudge()).claims
    assert (claim.a, claim.b, claim.phase) == ("Huawei", "Leica", "ended")
    assert TEXT[claim.span.start : claim.span.end].startswith("The partnership is over")
    assert (claim.holds_from, claim.holds_until) == (None, PartialDate(2022, 3, 31))


def test_what_the_judge_is_unsure_of_is_no_claim() -> None:
    assert not told_by(article(TEXT, "Leica and Huawei"), judge=EndingJudge(0.4)).claims


def test_the_two_of_a_pair_are_marks_in_what_is_read() -> None:
    read: list[Reading] = []

    class Listening(EndingJudge):
        def claims(self, readings: Sequence[Reading]) -> list[ClaimJudgement]:
            read.extend(readings)
            return super().claims(readings)

    told_by(article("Leica, Zeiss and Huawei met.", "A title"), judge=Listening())
    assert len(read) == 3
    assert all({MARKS[0], MARKS[1]} <= set(reading.sentences[0].replace(",", " ").split()) for reading in read)


def test_another_judge_of_claims_makes_claims_anew() -> None:
    assert claims_version(judge=EndingJudge()) != claims_version()
