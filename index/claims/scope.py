"""What a partnership is about: a field from `scopes.toml`."""

import re
import tomllib
from functools import cache
from importlib.resources import files


@cache
def scopes() -> tuple[tuple[str, re.Pattern[str], str], ...]:
    """Each field's name, its words and an example, in the order of the file."""
    return tuple(
        (entry["name"], re.compile(rf"(?<![\w-])(?:{entry['pattern']})(?![\w-])", re.IGNORECASE), entry["example"])
        for entry in tomllib.loads(text())["scope"]
    )


@cache
def text() -> str:
    """The whole file: claims are made anew when it changes."""
    return files("index.claims").joinpath("scopes.toml").read_text(encoding="utf-8")


def scope_of(sentence: str, near: int = 0) -> str | None:
    """The field whose word stands nearest to a place in the sentence; of two as near, the one first in the file."""
    found = [
        (abs(match.start() - near), order, name)
        for order, (name, pattern, _) in enumerate(scopes())
        for match in pattern.finditer(sentence)
    ]
    return min(found)[2] if found else None


def fields_in(text: str) -> frozenset[str]:
    """All fields that a text has words of."""
    return frozenset(name for name, pattern, _ in scopes() if pattern.search(text))
