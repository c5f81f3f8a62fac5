"""The word lists of the rules, from `cues.toml`."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from index.article import digest


@dataclass(frozen=True, slots=True)
class Cue:
    """One way of saying something: a pattern, what it says, and a sentence in which it says so."""

    says: str
    pattern: re.Pattern[str]
    example: str


@cache
def cues(group: str) -> tuple[Cue, ...]:
    """The cues of one group ("phase", "standing", "relation", …) in the order of the file."""
    return tuple(
        Cue(entry["says"], re.compile(rf"(?<!\w)(?:{entry['pattern']})(?!\w)", re.IGNORECASE), entry["example"])
        for entry in _table()[group]
    )


@cache
def word_list(name: str) -> frozenset[str]:
    """A plain list of words in lower case."""
    return frozenset(word for line in _table()["words"][name] for word in line.split())


@cache
def version() -> str:
    """A hash of all word lists."""
    return digest(_text())[:16]


@cache
def _text() -> str:
    return files("index.claims").joinpath("cues.toml").read_text(encoding="utf-8")


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(_text())
