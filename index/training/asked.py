"""Questions that a story's claims answer by themselves: templates filled with two of its names."""

import random
import tomllib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from index.organisations import spelled
from index.training.stories import LabelledClaim, Story

BESIDE = "beside"
OPEN = "open"  # a sentence that may or may not answer


@dataclass(frozen=True, slots=True)
class Template:
    """Questions that mean the same, and what a claim of each phase is to them."""

    name: str
    kind: str
    says: Mapping[str, str]
    denies: Mapping[str, str]
    rumoured: Mapping[str, str]
    questions: tuple[str, ...]
    party: bool = False  # whether the questions name one of the two only

    def label(self, claims: Sequence[LabelledClaim]) -> str:
        """What a sentence with these claims on the asked pair, or on the asked one and others, is to the questions."""
        labels = {self._label(claim) for claim in claims}
        if not labels:
            return BESIDE
        if self.party and "fact" in labels:
            return "fact"
        return labels.pop() if len(labels) == 1 else OPEN

    def _label(self, claim: LabelledClaim) -> str:
        if claim.negated:
            return self.denies.get(claim.phase, OPEN)
        return (self.rumoured if claim.standing == "rumoured" else self.says).get(claim.phase, OPEN)


@cache
def templates() -> tuple[Template, ...]:
    """All of `asked.toml`."""
    told: list[dict[str, Any]] = tomllib.loads(files(__package__).joinpath("asked.toml").read_text("utf-8"))["asked"]
    return tuple(Template(**{**entry, "questions": tuple(entry["questions"])}) for entry in told)


def asked_of_claims(story: Story, rng: random.Random) -> tuple[str, str, dict[int, str]] | None:
    """One such question on a story, its kind, and the label of each sentence that is not beside the point; `OPEN` where
    nobody knows. None where the story has no claim on two that its text names."""
    if not story.claims:
        return None
    claim = rng.choice(story.claims)
    fitting = [t for t in templates() if t.label([claim]) not in (OPEN, BESIDE)]
    if not fitting:
        return None
    template = rng.choice(fitting)
    a, b = (claim.a, claim.b) if rng.random() < 0.7 else (claim.b, claim.a)
    text = rng.choice(template.questions).format(a=_written(story, a, rng), b=_written(story, b, rng))
    about: dict[int, list[LabelledClaim]] = defaultdict(list)
    unclear: set[int] = set()
    for other in story.claims:
        if {a, b} == {other.a, other.b} or (template.party and a in (other.a, other.b)):
            about[other.sentence].append(other)
        elif {a, b} & {other.a, other.b}:
            unclear.add(other.sentence)  # that A chose C may well say that it is not with B
    labels = {sentence: template.label(claims) for sentence, claims in about.items()}
    labels |= dict.fromkeys(unclear - set(labels), OPEN)
    return text, template.kind, {sentence: label for sentence, label in labels.items() if label != BESIDE}


def _written(story: Story, name: str, rng: random.Random) -> str:
    """A name as members write it: one of its spellings that the text has, mostly in lower case."""
    text = " ".join((story.title, *story.sentences))
    spellings = [spelling for spelling in story.names[name] if spelled(text, (spelling,))] or [name]
    chosen = rng.choice(spellings)
    return chosen.lower() if rng.random() < 0.7 else chosen
