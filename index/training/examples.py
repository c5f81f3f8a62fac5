"""Stories → what the judges learn: one reading and its labels."""

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from index.judge import CLAIM_MARK, HEADS, MARKS, MOST_SENTENCES, SUPPORTS, Reading, marked, reading
from index.organisations import directory, open_names, spelled
from index.training.asked import OPEN, asked_of_claims
from index.training.stories import LabelledClaim, LabelledQuestion, Story

UNLABELLED = -1  # a head that an example says nothing of

_UNNAMED = 0.15  # share of examples whose names stay as they are: a question's names are not always recognised
_TYPO = 0.12  # share of questions that get one
_CLAIMLESS = 0.3  # share of the pairs without a claim that an epoch takes
_NO_ORGANISATION = 0.15  # share of the pairs of an organisation and another name that an epoch takes
_BEARING = 0.85  # share of the readings of an answerable question that hold an answer
_OTHER_STORY = 0.15  # share of questions that are put to another story too
_BY_CLAIMS = 2  # questions a story and epoch that its claims answer by themselves
_OTHER_PARTY = 0.35  # share of those on two parties that are asked with another one too
_ONLY = re.compile(r"\bonly\b|exclusiv|\bsole\b|\bjust\b", re.IGNORECASE)


Labels = tuple[int, int, int, int, int]  # phase, standing, polarity, exclusive, support: in the order of the heads


@dataclass(frozen=True, slots=True)
class Example:
    """A reading, and for each of its sentences the number of the label of each head; UNLABELLED where there is none."""

    reading: Reading
    labels: tuple[Labels, ...]


def every_example(stories: Sequence[Story]) -> list[Example]:
    """All labelled examples, each once, with marks for names: for validation, and to count them."""
    result: list[Example] = []
    for story in stories:
        result += [_claim_example(story, *found) for found in _pairs(story)]
        result += [
            _answer_example(story, question, window=part) for question in story.questions for part in _parts(story)
        ]
    return result


def _parts(story: Story) -> Iterator[range]:
    """All sentences, as few at a time as are read at once."""
    size = len(story.sentences)
    yield from (range(start, min(start + MOST_SENTENCES, size)) for start in range(0, size, MOST_SENTENCES))


def count(stories: Sequence[Story]) -> int:
    """How many labelled examples there are: sentences with a pair, and sentences with a question."""
    return sum(len(example.labels) for example in every_example(stories))


def sampled(stories: Sequence[Story], rng: random.Random) -> list[Example]:
    """One epoch: all that is labelled, and some of what is beside the point, another part each time."""
    result: list[Example] = []
    for story in stories:
        result += _claims_of_an_epoch(story, rng)
        for question in story.questions:
            result += _answers_of_an_epoch(story, question, stories, rng)
        result += _by_claims(story, rng)
    rng.shuffle(result)
    return result


def _claims_of_an_epoch(story: Story, rng: random.Random) -> Iterator[Example]:
    for sentence, a, b, claim in _pairs(story):
        if claim is None and rng.random() >= _CLAIMLESS:
            continue
        first, second = (a, b) if rng.random() < 0.5 else (b, a)
        yield _claim_example(story, sentence, first, second, claim)
    for sentence, name, stranger in _with_no_organisation(story):
        if rng.random() < _NO_ORGANISATION:
            first, second = (name, stranger) if rng.random() < 0.5 else (stranger, name)
            yield _claim_example(story, sentence, first, second, None)


def _with_no_organisation(story: Story) -> Iterator[tuple[int, str, str]]:
    """Sentences with an organisation and a name that is none - a person, a place, a product: they claim nothing."""
    spellings = {spelling.casefold() for names in story.names.values() for spelling in names}
    found = sorted(open_names(" ".join(story.sentences), directory()))
    strangers = [
        name for name in found if not any(name.casefold() in known or known in name.casefold() for known in spellings)
    ]
    for i, sentence in enumerate(story.sentences):
        here = [name for name in story.names if spelled(sentence, story.names[name])]
        yield from ((i, name, other) for other in strangers if spelled(sentence, (other,)) for name in here)


def _answers_of_an_epoch(
    story: Story, question: LabelledQuestion, stories: Sequence[Story], rng: random.Random
) -> Iterator[Example]:
    named = rng.random() >= _UNNAMED
    text = _mistyped(question.text, rng) if rng.random() < _TYPO else question.text
    asked = LabelledQuestion(text, question.kind, question.labels)
    yield _answer_example(story, asked, named=named, window=_window(story, question, rng))
    other = rng.choice(stories)
    if other is story:
        return
    if rng.random() < _OTHER_STORY:
        yield _answer_example(other, asked, names_of=story, named=named, window=_window(other, None, rng, 2))
    if question.labels and not _ONLY.search(question.text) and rng.random() < _OTHER_PARTY:
        yield from _with_another_party(story, question, other, rng)


def _by_claims(story: Story, rng: random.Random) -> Iterator[Example]:
    for _ in range(_BY_CLAIMS):
        found = asked_of_claims(story, rng)
        if found:
            question = LabelledQuestion(*found)
            yield _answer_example(story, question, named=rng.random() >= _UNNAMED, window=_window(story, question, rng))


def _window(story: Story, question: LabelledQuestion | None, rng: random.Random, most: int = MOST_SENTENCES) -> range:
    """A few neighbouring sentences, mostly with one that bears on the question, where there is one."""
    size = len(story.sentences)
    length = min(size, most, rng.randint(2, most))
    start = rng.randint(0, size - length)
    if question is not None and question.labels and rng.random() < _BEARING:
        wanted = rng.choice(list(question.labels))
        start = rng.randint(max(0, wanted - length + 1), min(wanted, size - length))
    return range(start, start + length)


def _with_another_party(
    story: Story, question: LabelledQuestion, other: Story, rng: random.Random
) -> Iterator[Example]:
    """The question with one of two parties exchanged for one the article never names: nothing answers it."""
    parties = [name for name in story.names if spelled(question.text, story.names[name])]
    strangers = [name for name in other.names if name not in story.names]
    if len(parties) < 2 or not strangers:
        return
    gone, stranger = rng.choice(parties), rng.choice(strangers)
    text = question.text
    for span in sorted(spelled(text, story.names[gone]), key=lambda s: -s.start):
        text = text[: span.start] + stranger + text[span.end :]
    names = {name: spellings for name, spellings in story.names.items() if name != gone} | {stranger: (stranger,)}
    order = _in_question(text, names)
    sentence = rng.choice(list(question.labels))
    window = range(max(0, sentence - 1), min(len(story.sentences), sentence + 2))
    nothing = _support("beside")
    yield Example(_reading(story, _with_marks(text, order), window, order), (nothing,) * len(window))


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
    order = {name: _Marked(story.names.get(name, (name,)), number) for number, name in enumerate((a, b))}
    what = _reading(story, CLAIM_MARK, range(sentence, sentence + 1), order)
    if claim is None:
        return Example(what, ((0, UNLABELLED, UNLABELLED, UNLABELLED, UNLABELLED),))
    exclusive = {None: "unsaid", True: "exclusive", False: "open"}[claim.exclusive]
    phase, standing = HEADS["phase"].index(claim.phase), HEADS["standing"].index(claim.standing)
    return Example(what, ((phase, standing, int(claim.negated), HEADS["exclusive"].index(exclusive), UNLABELLED),))


def _answer_example(
    story: Story,
    question: LabelledQuestion,
    *,
    names_of: Story | None = None,
    named: bool = True,
    window: range | None = None,
) -> Example:
    """`names_of` is the story the question belongs to, where it is put to the sentences of another one."""
    window = window or range(len(story.sentences))[:MOST_SENTENCES]
    order = _in_question(question.text, (names_of or story).names) if named else {}
    labels = {} if names_of else question.labels
    asked = _with_marks(question.text, order)
    supports = tuple(_support(labels.get(i, "beside")) for i in window)
    return Example(_reading(story, asked, window, order), supports)


def _support(label: str) -> Labels:
    if label == OPEN:
        return UNLABELLED, UNLABELLED, UNLABELLED, UNLABELLED, UNLABELLED
    return UNLABELLED, UNLABELLED, UNLABELLED, UNLABELLED, SUPPORTS.index(label)


@dataclass(frozen=True, slots=True)
class _Marked:
    spellings: tuple[str, ...]
    number: int


def _in_question(text: str, names: dict[str, tuple[str, ...]]) -> dict[str, _Marked]:
    """The names a question has, numbered in its order."""
    first = {name: min(s.start for s in found) for name in names if (found := spelled(text, names[name]))}
    ordered = sorted(first, key=first.__getitem__)[: len(MARKS)]
    return {name: _Marked(names[name], number) for number, name in enumerate(ordered)}


def _reading(story: Story, asked: str, window: range, order: dict[str, _Marked]) -> Reading:
    before = story.sentences[window[0] - 1] if window[0] else ""
    return reading(
        asked,
        _with_marks(story.title, order),
        _with_marks(before, order),
        [_with_marks(story.sentences[i], order) for i in window],
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
