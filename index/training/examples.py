"""Stories → what the judges learn: one reading and its labels."""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from index.judge import CLAIM_MARK, HEADS, MARKS, SUPPORTS, Reading, marked, reading
from index.organisations import spelled
from index.training.stories import LabelledClaim, LabelledQuestion, Story

UNLABELLED = -1  # a head that an example says nothing of

_UNNAMED = 0.2  # share of examples whose names stay as they are: a question's names are not always recognised
_TYPO = 0.12  # share of questions that get one
_BESIDE_PER_QUESTION = 3  # sentences of the same story
_ONLY = re.compile(r"\bonly\b|exclusiv|\bsole\b|\bjust\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Example:
    """A reading, and for each head the number of its label; UNLABELLED where there is none."""

    reading: Reading
    phase: int = UNLABELLED
    standing: int = UNLABELLED
    polarity: int = UNLABELLED
    exclusive: int = UNLABELLED
    support: int = UNLABELLED

    @property
    def labels(self) -> tuple[int, ...]:
        """In the order of the model's heads."""
        return self.phase, self.standing, self.polarity, self.exclusive, self.support


def every_example(stories: Sequence[Story]) -> list[Example]:
    """All labelled examples, each once, with marks for names: for validation, and to count them."""
    result: list[Example] = []
    for story in stories:
        result += [_claim_example(story, *found) for found in _pairs(story)]
        for question in story.questions:
            result += [_answer_example(story, question, i) for i in range(len(story.sentences))]
    return result


def sampled(stories: Sequence[Story], rng: random.Random) -> list[Example]:
    """One epoch: all that is labelled, and some of what is beside the point, another part each time."""
    result: list[Example] = []
    for story in stories:
        result += _claims_of_an_epoch(story, rng)
        for question in story.questions:
            result += _answers_of_an_epoch(story, question, stories, rng)
    rng.shuffle(result)
    return result


def _claims_of_an_epoch(story: Story, rng: random.Random) -> Iterator[Example]:
    for sentence, a, b, claim in _pairs(story):
        if claim is None and rng.random() < 0.3:
            continue
        first, second = (a, b) if rng.random() < 0.5 else (b, a)
        yield _claim_example(story, sentence, first, second, claim)


def _answers_of_an_epoch(
    story: Story, question: LabelledQuestion, stories: Sequence[Story], rng: random.Random
) -> Iterator[Example]:
    named = rng.random() >= _UNNAMED
    text = _mistyped(question.text, rng) if rng.random() < _TYPO else question.text
    asked = LabelledQuestion(text, question.kind, question.labels)
    beside = [i for i in range(len(story.sentences)) if i not in question.labels]
    for i in (*question.labels, *rng.sample(beside, min(_BESIDE_PER_QUESTION, len(beside)))):
        yield _answer_example(story, asked, i, named=named)
    other = rng.choice(stories)
    if other is not story:
        yield _answer_example(other, asked, rng.randrange(len(other.sentences)), names_of=story, named=named)
    if question.labels and not _ONLY.search(question.text) and rng.random() < 0.4:
        yield from _with_another_party(story, question, other, rng)


def _with_another_party(
    story: Story, question: LabelledQuestion, other: Story, rng: random.Random
) -> Iterator[Example]:
    """The question with one of two parties exchanged for one the article never names: nothing answers it."""
    parties = [name for name in story.names if spelled(question.text, story.names[name])]
    strangers = [name for name in other.names if name not in story.names]
    if other is story or len(parties) < 2 or not strangers:
        return
    gone, stranger = rng.choice(parties), rng.choice(strangers)
    text = question.text
    for span in sorted(spelled(text, story.names[gone]), key=lambda s: -s.start):
        text = text[: span.start] + stranger + text[span.end :]
    sentence = rng.choice(list(question.labels))
    names = {name: spellings for name, spellings in story.names.items() if name != gone} | {stranger: (stranger,)}
    order = _in_question(text, names)
    yield Example(_reading(story, _with_marks(text, order), sentence, order), support=SUPPORTS.index("beside"))


def _pairs(story: Story) -> Iterator[tuple[int, str, str, LabelledClaim | None]]:
    """Every sentence with every pair it may be about; pairs that are not labelled say nothing of a partnership."""
    for i, sentence in enumerate(story.sentences):
        told = {frozenset((claim.a, claim.b)): claim for claim in story.claims if claim.sentence == i}
        here = [name for name in story.names if spelled(sentence, story.names[name])]
        around = f"{story.title} {story.sentences[i - 1] if i else ''}"
        near = [name for name in story.names if name not in here and spelled(around, story.names[name])]
        unsaid = [frozenset(pair) for pair in combinations(here, 2)]
        unsaid += [frozenset((a, b)) for a in here for b in near]
        for pair in sorted({*unsaid, *told}, key=sorted):
            a, b = sorted(pair)
            yield i, a, b, told.get(pair)


def _claim_example(story: Story, sentence: int, a: str, b: str, claim: LabelledClaim | None) -> Example:
    order = {a: 0, b: 1}
    what = _reading(story, CLAIM_MARK, sentence, order)
    if claim is None:
        return Example(what, phase=0)
    exclusive = {None: "unsaid", True: "exclusive", False: "open"}[claim.exclusive]
    return Example(
        what,
        phase=HEADS["phase"].index(claim.phase),
        standing=HEADS["standing"].index(claim.standing),
        polarity=int(claim.negated),
        exclusive=HEADS["exclusive"].index(exclusive),
    )


def _answer_example(
    story: Story, question: LabelledQuestion, sentence: int, names_of: Story | None = None, *, named: bool = True
) -> Example:
    """`names_of` is the story the question belongs to, where it is put to a sentence of another one."""
    order = _in_question(question.text, (names_of or story).names) if named else {}
    label = "beside" if names_of else question.labels.get(sentence, "beside")
    asked = _with_marks(question.text, order)
    return Example(_reading(story, asked, sentence, order), support=SUPPORTS.index(label))


@dataclass(frozen=True, slots=True)
class _Marked:
    spellings: tuple[str, ...]
    number: int


def _in_question(text: str, names: dict[str, tuple[str, ...]]) -> dict[str, _Marked]:
    """The names a question has, numbered in its order."""
    first = {name: min(s.start for s in found) for name in names if (found := spelled(text, names[name]))}
    ordered = sorted(first, key=first.__getitem__)[: len(MARKS)]
    return {name: _Marked(names[name], number) for number, name in enumerate(ordered)}


def _reading(story: Story, asked: str, sentence: int, order: dict[str, int] | dict[str, _Marked]) -> Reading:
    numbered = {
        name: number if isinstance(number, _Marked) else _Marked(story.names[name], number)
        for name, number in order.items()
    }
    before = story.sentences[sentence - 1] if sentence else ""
    return reading(
        asked,
        _with_marks(story.title, numbered),
        _with_marks(before, numbered),
        _with_marks(story.sentences[sentence], numbered),
        story.published,
        story.publisher,
    )


def _with_marks(text: str, names: dict[str, _Marked]) -> str:
    return marked(text, ((span, name.number) for name in names.values() for span in spelled(text, name.spellings)))


def _mistyped(text: str, rng: random.Random) -> str:
    """The text with two neighbouring letters swapped, one left out or one doubled."""
    at = rng.randrange(1, max(2, len(text) - 1))
    before, here, after = text[: at - 1], text[at - 1 : at + 1], text[at + 1 :]
    return before + rng.choice((here[::-1], here[:1], here[:1] + here)) + after
