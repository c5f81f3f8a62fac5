"""The learned judges: what a sentence says of two organisations, and what it says to a question.

Both are heads of one small model that `python -m index.training` makes. They read organisations as marks, not as names,
so that they judge those they have never met as they do the others.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Literal, Protocol, TypeAlias, get_args

import numpy as np
import numpy.typing as npt

from index.article import Phase, Span, Standing
from index.encoder import packaged_folder

WEIGHTS = Path(__file__).parent / "weights" / "judge.onnx"

Support: TypeAlias = Literal["beside", "yes", "no", "rumour", "fact"]

PHASES: tuple[str, ...] = ("none", *get_args(Phase))
STANDINGS: tuple[str, ...] = get_args(Standing)
SUPPORTS: tuple[Support, ...] = get_args(Support)
HEADS = {"phase": PHASES, "standing": STANDINGS, "polarity": ("+", "-"), "exclusive": ("unsaid", "exclusive", "open")}
WIDTH = sum(len(labels) for labels in HEADS.values()) + len(SUPPORTS)  # logits of one reading

MARKS = tuple(f"[unused{number}]" for number in range(1, 7))  # in the vocabulary, and free: one for each organisation
CLAIM_MARK = "[unused9]"  # stands where a question would: what does it say of the first two?
SENTENCE_MARK = "[unused10]"  # before each sentence
NOTHING = 0.4  # what "none" and "beside" weighed in training, being the most: probabilities are put right by it
LONGEST = 288  # tokens
MOST_SENTENCES = 4  # that are judged in one reading
ASKED = MOST_SENTENCES + 1  # the group of the question
_HEAD, _TITLE, _BEFORE, _SENTENCE = 40, 120, 140, 420  # characters

Logits = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Reading:
    """What is read at once: a question or the claim mark, what stands around, and the sentences to be judged."""

    asked: str
    around: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClaimJudgement:
    """What a sentence says of two organisations. `phase` is None where it says nothing of their working together."""

    phase: Phase | None
    standing: Standing
    negated: bool
    exclusive: bool | None
    certainty: float  # the probability of that phase, or of none


@dataclass(frozen=True, slots=True)
class AnswerJudgement:
    """The probability of each thing that a sentence can be to a question; they add up to 1."""

    beside: float
    yes: float
    no: float
    rumour: float
    fact: float

    @property
    def answers(self) -> float:
        """The probability that it answers at all."""
        return 1.0 - self.beside


class Judge(Protocol):
    """Reads sentences."""

    @property
    def version(self) -> str:
        """A hash of the weights."""
        ...

    @property
    def reads_claims(self) -> bool:
        """Whether it reads claims better than rules do; else it is asked about answers only."""
        ...

    def claims(self, readings: Sequence[Reading]) -> list[ClaimJudgement]:
        """What the one sentence of each reading says of the organisations with the first two marks."""
        ...

    def answers(self, readings: Sequence[Reading]) -> list[list[AnswerJudgement]]:
        """What each sentence of each reading is to its question."""
        ...


class LearnedJudge:
    """The judge of the weights that ship, or of others."""

    def __init__(self, weights: Path = WEIGHTS) -> None:
        self._weights = weights
        self._session: Any = None

    @cached_property
    def version(self) -> str:
        """See `Judge.version`."""
        return self._about["weights"][:16]

    @property
    def reads_claims(self) -> bool:
        """See `Judge.reads_claims`."""
        return "claims" in self._about["reads"]

    @cached_property
    def _about(self) -> dict[str, str]:
        about: dict[str, str] = json.loads(self._weights.with_suffix(".json").read_text(encoding="utf-8"))
        return about

    def claims(self, readings: Sequence[Reading]) -> list[ClaimJudgement]:
        """See `Judge.claims`."""
        return [claim_of(rows[0]) for rows in self.logits(readings)]

    def answers(self, readings: Sequence[Reading]) -> list[list[AnswerJudgement]]:
        """See `Judge.answers`."""
        return [[answer_of(row) for row in rows] for rows in self.logits(readings)]

    def logits(self, readings: Sequence[Reading]) -> list[Logits]:
        """The model's own numbers, for each reading of shape (sentences, WIDTH): a claim's heads, then an answer's."""
        return [self._of_one(item) for item in readings]

    def _of_one(self, item: Reading) -> Logits:
        """Each by itself: 8-bit numbers share one scale a batch, and what is read must not depend on what else is."""
        ids, mask, groups = encoded([item])
        logits: Logits = self._run({"ids": ids, "mask": mask, "groups": groups})[0, : len(item.sentences)]
        return logits

    def _run(self, inputs: dict[str, npt.NDArray[np.int64]]) -> Logits:
        if self._session is None:
            import onnxruntime

            options = onnxruntime.SessionOptions()
            options.log_severity_level = 3
            self._session = onnxruntime.InferenceSession(
                str(self._weights), options, providers=["CPUExecutionProvider"]
            )
        logits: Logits = self._session.run(["logits"], inputs)[0]
        return logits


@cache
def shipped_judge() -> LearnedJudge | None:
    """The judge whose weights ship with the program; None where they are absent, and rules alone judge."""
    present = WEIGHTS.is_file() and WEIGHTS.with_suffix(".json").is_file()
    return LearnedJudge() if present else None


def reading(asked: str, title: str, before: str, sentences: Sequence[str], published: str, publisher: str) -> Reading:
    """What the judge reads of at most `MOST_SENTENCES`. `published` is an ISO date or empty."""
    head = " ".join(part for part in (published[:7], publisher) if part)[:_HEAD]
    around = " : ".join(part for part in (head, title[:_TITLE], before[-_BEFORE:]) if part)
    return Reading(asked, around, tuple(sentence[:_SENTENCE] for sentence in sentences[:MOST_SENTENCES]))


def marked(text: str, places: Iterable[tuple[Span, int]]) -> str:
    """The text with a mark in place of each span: the first of `MARKS` for number 0; of two that overlap the longer."""
    result, done = [], 0
    for span, number in sorted(places, key=lambda place: (place[0].start, -place[0].end)):
        if span.start >= done and number < len(MARKS):
            result += [text[done : span.start], f" {MARKS[number]} "]
            done = span.end
    return "".join([*result, text[done:]])


def encoded(readings: Sequence[Reading], width: int = 0) -> tuple[npt.NDArray[np.int64], ...]:
    """Token ids, mask and groups, each of shape (readings, tokens), the tokens as many as the longest has, or `width`.

    Group 1 is the first sentence, `ASKED` the question, 0 what is around.
    """
    parts = [tokens_of(item) for item in readings]
    width = max(width, *(len(ids) for ids, _ in parts))
    ids = np.zeros((len(parts), width), np.int64)
    mask, groups = np.zeros_like(ids), np.zeros_like(ids)
    for i, (row, group) in enumerate(parts):
        ids[i, : len(row)] = row
        mask[i, : len(row)] = 1
        groups[i, : len(row)] = group
    return ids, mask, groups


def claim_of(row: Logits) -> ClaimJudgement:
    """The claim that a row of logits stands for."""
    parts = _heads(row)
    phases = _softmax(_put_right(parts["phase"]))
    best = int(phases.argmax())
    told = {name: HEADS[name][int(part.argmax())] for name, part in parts.items()}
    return ClaimJudgement(
        phase=None if best == 0 else PHASES[best],  # type: ignore[arg-type]  # after none come the phases
        standing=told["standing"],  # type: ignore[arg-type]
        negated=told["polarity"] == "-",
        exclusive={"unsaid": None, "exclusive": True, "open": False}[told["exclusive"]],
        certainty=float(phases[best]),
    )


def answer_of(row: Logits) -> AnswerJudgement:
    """The judgement that a row of logits stands for."""
    return AnswerJudgement(*map(float, _softmax(_put_right(row[-len(SUPPORTS) :]))))


def _heads(row: Logits) -> dict[str, Logits]:
    parts, start = {}, 0
    for name, labels in HEADS.items():
        parts[name] = row[start : start + len(labels)]
        start += len(labels)
    return parts


def _put_right(row: Logits) -> Logits:
    """The logits as if all labels had weighed the same: the first one is the one that weighed less."""
    right: Logits = row.copy()
    right[0] -= np.log(NOTHING)
    return right


def _softmax(row: Logits) -> Logits:
    powers: Logits = np.exp(row - row.max())
    share: Logits = powers / powers.sum()
    return share


def tokens_of(item: Reading) -> tuple[list[int], list[int]]:
    """`[CLS] asked [SEP] around [SEP] mark sentence mark sentence … [SEP]`, and the group of each token.

    Where that is too long, every part gives up its end, the longest first.
    """
    tokenizer = tokenizer_of_marks()
    texts = [item.asked, item.around, *(f"{SENTENCE_MARK} {sentence}" for sentence in item.sentences)]
    rows = [found.ids for found in tokenizer.encode_batch(texts, add_special_tokens=False)]
    while sum(map(len, rows)) > LONGEST - 4:
        longest = max(range(len(rows)), key=lambda i: len(rows[i]))
        rows[longest] = rows[longest][: int(len(rows[longest]) * 0.9)]
    cls, sep = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")
    ids = [cls, *rows[0], sep, *rows[1], sep]
    groups = [0, *[ASKED] * len(rows[0]), *[0] * (len(rows[1]) + 2)]
    for number, row in enumerate(rows[2:], 1):
        ids += row
        groups += [number] * len(row)
    return [*ids, sep], [*groups, 0]


@cache
def tokenizer_of_marks() -> Any:
    from tokenizers import AddedToken, Tokenizer

    tokenizer = Tokenizer.from_file(str(packaged_folder() / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    tokenizer.add_special_tokens([AddedToken(mark, special=True) for mark in (*MARKS, CLAIM_MARK, SENTENCE_MARK)])
    return tokenizer
