"""Candidates → what each says to the question, as the learned judge reads it, and the verdict they give together."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.evidence import Candidate
from bot.question import Question
from index.judge import AnswerJudgement, Judge, Reading, marked, reading
from index.organisations import Directory, places_of, spelled
from index.sentences import sentences


@dataclass(frozen=True, slots=True)
class Weighed:
    """A candidate, and what it is to the question."""

    candidate: Candidate
    judgement: AnswerJudgement


def weighed(question: Question, candidates: Sequence[Candidate], judge: Judge, known: Directory) -> list[Weighed]:
    """What each candidate says to the question, in the same order."""
    judgements = judge.answers([reading_of(question, candidate, known) for candidate in candidates])
    return [Weighed(*pair) for pair in zip(candidates, judgements, strict=True)]


def reading_of(question: Question, candidate: Candidate, known: Directory) -> Reading:
    """What the judge reads: the question and the sentence with title and the sentence before, names as marks."""
    stored, span = candidate.quote.stored, candidate.quote.span
    article = stored.article
    before = [s for s in sentences(article.text) if s.end <= span.start][-1:]
    names = question.organisations

    def with_marks(text: str) -> str:
        return marked(text, ((s, i) for i, name in enumerate(names) for s in places_of(text, name, known)))

    return reading(
        asked_of(question),
        with_marks(article.title),
        with_marks(article.text[before[0].start : before[0].end]) if before else "",
        with_marks(candidate.quote.text),
        str(article.published or ""),
        article.publisher or "",
    )


def asked_of(question: Question) -> str:
    """The question with marks for its organisations, numbered as they are; of others it keeps the words."""
    numbers = {name: i for i, name in enumerate(question.organisations)}
    return marked(
        question.plain,
        (
            (span, numbers[name])
            for name, written in question.written
            if name in numbers
            for span in spelled(question.plain, (written,))
        ),
    )
