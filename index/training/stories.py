"""The labelled stories that the judges learn from."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from index.article import Phase, Standing
from index.errors import PlainError

KINDS = ("yes_no", "who", "when", "what", "why", "list")
FOLDER = Path(__file__).parent
_FIELDS = {"id", "field", "style", "publisher", "published", "title", "names", "sentences", "claims", "questions"}


@dataclass(frozen=True, slots=True)
class LabelledClaim:
    """What one sentence says of two organisations; `exclusive` is None where it does not speak of that."""

    sentence: int
    a: str
    b: str
    phase: Phase
    standing: Standing
    negated: bool
    exclusive: bool | None = None


@dataclass(frozen=True, slots=True)
class LabelledQuestion:
    """A question, its kind, and the label of every sentence that bears on it."""

    text: str
    kind: str
    labels: dict[int, str]


@dataclass(frozen=True, slots=True)
class Story:
    """A short invented article with labels; see the README beside this file."""

    id: str
    field: str
    publisher: str
    published: str
    title: str
    names: dict[str, tuple[str, ...]]
    sentences: tuple[str, ...]
    claims: tuple[LabelledClaim, ...]
    questions: tuple[LabelledQuestion, ...]


def stories(path: Path) -> Iterator[Story]:
    """The stories of a file. Raises PlainError naming file and line for one that breaks the README's rules."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip():
            try:
                yield _story(json.loads(line))
            except (ValueError, KeyError, IndexError, TypeError) as error:
                raise PlainError(f"{path.name}, line {number}: {error}") from None


def _story(record: dict[str, Any]) -> Story:
    if set(record) != _FIELDS:
        raise ValueError(f"fields missing or unknown: {sorted(set(record) ^ _FIELDS)}")
    names = {name: (name, *others) for name, others in record["names"].items()}
    return Story(
        id=record["id"],
        field=record["field"],
        publisher=record["publisher"],
        published=record["published"],
        title=record["title"],
        names=names,
        sentences=tuple(record["sentences"]),
        claims=tuple(_claim(claim, record) for claim in record["claims"]),
        questions=tuple(_question(question, record) for question in record["questions"]),
    )


def _claim(told: list[Any], record: dict[str, Any]) -> LabelledClaim:
    sentence, a, b, phase, standing, polarity, *rest = told
    _check(sentence in range(len(record["sentences"])), f"claim on sentence {sentence}, which is not there")
    _check(a != b and {a, b} <= set(record["names"]), f"claim on {a} and {b}: both must be under names")
    _check(phase in get_args(Phase), f"{phase} is no phase")
    _check(standing in get_args(Standing), f"{standing} is no standing")
    _check(polarity in "+-" and (standing != "denied" or polarity == "-"), "polarity is + or -, and - where denied")
    _check(rest in ([], ["exclusive"], ["open"]), "a seventh entry is exclusive or open")
    return LabelledClaim(sentence, a, b, phase, standing, polarity == "-", rest == ["exclusive"] if rest else None)


def _question(told: list[Any], record: dict[str, Any]) -> LabelledQuestion:
    text, kind, labels = told
    _check(kind in KINDS, f"{kind} is no kind")
    allowed = {"yes", "no", "rumour"} if kind == "yes_no" else {"fact", "no"}
    _check(set(labels.values()) <= allowed, f"labels of a {kind} question are {sorted(allowed)}: {text}")
    _check(all(int(i) in range(len(record["sentences"])) for i in labels), f"a label's sentence is not there: {text}")
    return LabelledQuestion(text, kind, {int(i): label for i, label in labels.items()})


def _check(holds: bool, otherwise: str) -> None:
    if not holds:
        raise ValueError(otherwise)
