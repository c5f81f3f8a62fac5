"""Tiny builders for tests."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from index.article import Article, Claim, Phase, Span, Standing, Stored
from index.dates import PartialDate
from index.encoder import Vectors
from index.snapshot import Statement
from index.wordindex import tokens

DIMENSION = 64


class HashingEncoder:
    """Bags of words, each word hashed to a direction: texts that share words are near one another."""

    def __init__(self, version: str = "hashing@1") -> None:
        self.version = version
        self.encoded = 0

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.encoded += len(texts)
        rows = np.zeros((len(texts), DIMENSION), np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in tokens(text):
                row[int(hashlib.sha256(word.encode()).hexdigest(), 16) % DIMENSION] += 1
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        return rows / np.where(lengths == 0, 1, lengths)


def article(
    text: str,
    title: str = "A title",
    *,
    published: str | None = "2021-05-16",
    publisher: str = "The Gazette",
    **more: str,
) -> Article:
    date = PartialDate.parse(published) if published else None
    return Article(title, text, publisher, published=date, **more)


def statement(
    phase: Phase = "running",
    standing: Standing = "reported",
    *,
    said: str | None = "2021-05-16",
    text: str = "Leica and Huawei work together.",
    negated: bool = False,
    until: str | None = None,
    begun: str | None = None,
    publisher: str = "The Gazette",
    pair: tuple[str, str] = ("Huawei", "Leica"),
    scope: str | None = None,
) -> Statement:
    """A statement on Leica and Huawei, or on another pair; each with an article of its own."""
    source = article(text, f"{publisher} {phase} {said}", published=said, publisher=publisher)
    claim = Claim(
        *sorted(pair),
        Span(0, len(text)),
        phase,
        standing,
        negated=negated,
        scope=scope,
        holds_from=PartialDate.parse(begun) if begun else None,
        holds_until=PartialDate.parse(until) if until else None,
    )
    return Statement(Stored(source.id_for("shared"), 1, "shared", source), claim)


def lines(path: Path) -> list[dict[str, Any]]:
    """The objects of a .jsonl file."""
    with path.open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def written(path: Path, rows: Sequence[dict[str, Any]]) -> Path:
    """A .jsonl file of these objects."""
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path
