"""The words of questions, from `questions.toml`."""

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from index.wordindex import tokens


def written_out(text: str) -> str:
    """Chat spelling written out: `y is leica w/ huawei rn` → `why is leica with huawei right now`."""
    spelling = _table()["spelling"]
    words = re.findall(r"w/|[&+]|[^\s]+", text)
    result = []
    for word in words:
        core = word.strip('?!.,;:"“”()').casefold()
        if core in spelling and not (len(core) == 1 and core.isalpha() and word[:1].isupper()):
            tail = "?" if word.endswith("?") else ""
            result.append(spelling[core] + tail)
        else:
            result.append(word)
    return " ".join(part for part in result if part)


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files("bot").joinpath("questions.toml").read_text(encoding="utf-8"))


@cache
def patterns(group: str) -> tuple[tuple[str, re.Pattern[str], str], ...]:
    """What each entry of a group says, its pattern and its example, in the order of the file."""
    return tuple(
        (entry["says"], re.compile(rf"(?<!\w)(?:{entry['pattern']})(?!\w)"), entry["example"])
        for entry in _table()[group]
    )


@cache
def word_list(name: str) -> frozenset[str]:
    """A plain list of words in lower case."""
    return frozenset(word for line in _table()[name]["words"] for word in line.split())


@cache
def no_content() -> frozenset[str]:
    """Words that ask for a partnership or carry nothing: evidence need not repeat them."""
    return word_list("relation") | word_list("stop")


def is_foreign(text: str) -> bool:
    """Whether a text is in another language than English, by its small words or its script."""
    letters = [c for c in text if c.isalpha()]
    if letters and sum(not c.isascii() for c in letters) > len(letters) / 2:
        return True
    words = tokens(text)
    foreign = sum(word in word_list("foreign") for word in words)
    return foreign >= 2 and foreign > sum(word in no_content() for word in words)
