"""Which articles carry the same wire story, and which sentences in them are the same."""

import re
from functools import lru_cache

from index.article import Article

_ENOUGH = 0.55  # of the shorter text's shingles: Jaccard and simhash miss a copy of half the length
_DAYS = 7
_SHINGLE = 4  # words
_WORD = re.compile(r"\w+")


def same_story(one: Article, other: Article) -> bool:
    """Whether one article is a copy of the other, published within a week of it. Undated ones are compared too."""
    if one.published and other.published:
        apart = abs((one.published.first - other.published.first).days)
        if apart > _DAYS:
            return False
    return containment(one.text, other.text) >= _ENOUGH


def same_sentence(one: str, other: str) -> bool:
    """Whether two sentences are the same but for a few words."""
    return " ".join(_WORD.findall(one.casefold())) == " ".join(_WORD.findall(other.casefold())) or (
        containment(one, other) >= _ENOUGH and containment(other, one) >= _ENOUGH
    )


def containment(one: str, other: str) -> float:
    """The share of the shorter text's runs of four words that the other has too, 0 to 1."""
    a, b = _shingles(one), _shingles(other)
    shorter = min(len(a), len(b))
    return len(a & b) / shorter if shorter else 0.0


@lru_cache(maxsize=4096)
def _shingles(text: str) -> frozenset[int]:
    """A hash of each run of four words: the runs themselves would take ten times the memory of the text."""
    words = _WORD.findall(text.casefold())
    return frozenset(hash(tuple(words[i : i + _SHINGLE])) for i in range(len(words) - _SHINGLE + 1))
