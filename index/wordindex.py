"""An index of words: BM25 over one owner's passages."""

import re
from collections import Counter
from collections.abc import Sequence

import bm25s
import numpy as np
import numpy.typing as npt

from index.article import Passage

_TOKEN = re.compile(r"[^\W_]+(?:[’'\-.][^\W_]+)*")
_POSSESSIVE = re.compile(r"[’']s$")

Scores = npt.NDArray[np.float32]  # one a passage


def tokens(text: str) -> list[str]:
    """The words of a text in lower case, possessives cut."""
    return [_POSSESSIVE.sub("", token) for token in _TOKEN.findall(text.casefold())]


class WordIndex:
    """Immutable. A passage is found by its own words and those of its article's title."""

    def __init__(self, passages: Sequence[Passage], titles: Sequence[str]) -> None:
        """`titles` has one title a passage."""
        self._size = len(passages)
        self._lower: Counter[str] = Counter()
        self._capital: Counter[str] = Counter()
        corpus = [tokens(title) + self._counted(passage.text) for passage, title in zip(passages, titles, strict=True)]
        self._index: bm25s.BM25 | None = None
        if any(corpus):
            self._index = bm25s.BM25()
            self._index.index(corpus, show_progress=False)

    def scores(self, query: str) -> Scores:
        """The BM25 score of each passage for the words of a query."""
        if self._index is None:
            return np.zeros(self._size, np.float32)
        known = [token for token in dict.fromkeys(tokens(query)) if token in self._index.vocab_dict]
        if not known:
            return np.zeros(self._size, np.float32)
        return np.asarray(self._index.get_scores(known), np.float32)

    def shares(self, words: Sequence[str]) -> Scores:
        """The share of these words that each passage or its title has, whatever the others have."""
        found = np.zeros(self._size, np.float32)
        known = self._index.vocab_dict if self._index else {}
        distinct = list(dict.fromkeys(word.casefold() for word in words))
        for word in distinct:
            if self._index is not None and word in known:
                starts = self._index.scores["indptr"]
                found[self._index.scores["indices"][starts[known[word]] : starts[known[word] + 1]]] += 1
        return found / np.float32(max(1, len(distinct)))

    def knows(self, word: str) -> bool:
        """Whether any passage or title has this word."""
        return self._index is not None and word.casefold() in self._index.vocab_dict

    def spellings(self, word: str) -> tuple[int, int]:
        """How often the passages write this word without a capital, and how often with one."""
        return self._lower[word.casefold()], self._capital[word.casefold()]

    def _counted(self, text: str) -> list[str]:
        for token in _TOKEN.findall(text):
            if token.islower():
                self._lower[token] += 1
            else:
                self._capital[_POSSESSIVE.sub("", token.casefold())] += 1
        return tokens(text)
