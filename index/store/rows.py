"""Between the words of the house and the rows of the tables."""

import json
from collections.abc import Sequence
from typing import Any

import numpy as np
from sqlalchemy import RowMapping

from index.article import Article, Claim, Owner, Passage, Source, Span, Stored, digest
from index.dates import PartialDate
from index.store import HalfVectors

Row = RowMapping


def revision_row(article: Article, article_id: str, number: int, names: Sequence[str]) -> dict[str, Any]:
    """An article as a row of `revision`."""
    return {
        "article_id": article_id,
        "number": number,
        "title": article.title,
        "url": article.url,
        "publisher": article.publisher,
        "published": _text(article.published),
        "author": article.author,
        "sources": json.dumps([[s.publisher, s.url, _text(s.published)] for s in article.sources]),
        "text": article.text,
        "content_hash": article.content_hash,
        "text_hash": text_hash(article),
        "names": json.dumps(list(names)),
    }


def stored(row: Row) -> Stored:
    """A row of `revision` joined to its `article`, as it was put in."""
    sources = tuple(Source(p, u, _date(d)) for p, u, d in json.loads(row["sources"]))
    key = row["key"]
    article = Article(
        title=row["title"],
        text=row["text"],
        publisher=row["publisher"],
        url=row["url"],
        published=_date(row["published"]),
        author=row["author"],
        sources=sources,
        origin=key if key.startswith("seed:") else None,
    )
    return Stored(row["article_id"], row["id"], row["owner"], article)


def claim_row(claim: Claim, revision: int, owner: Owner) -> dict[str, Any]:
    """A claim as a row of `claim`."""
    return {
        "revision_id": revision,
        "owner": owner,
        "a": claim.a,
        "b": claim.b,
        "start": claim.span.start,
        "end": claim.span.end,
        "phase": claim.phase,
        "standing": claim.standing,
        "negated": claim.negated,
        "scope": claim.scope,
        "exclusive": claim.exclusive,
        "said_by": claim.said_by,
        "holds_from": _text(claim.holds_from),
        "holds_until": _text(claim.holds_until),
    }


def claim(row: Row) -> Claim:
    """A row of `claim`, as it was put in."""
    return Claim(
        a=row["a"],
        b=row["b"],
        span=Span(row["start"], row["end"]),
        phase=row["phase"],
        standing=row["standing"],
        negated=row["negated"],
        scope=row["scope"],
        exclusive=row["exclusive"],
        said_by=row["said_by"],
        holds_from=_date(row["holds_from"]),
        holds_until=_date(row["holds_until"]),
    )


def passage_rows(
    passages: Sequence[Passage], vectors: HalfVectors, revision: int, owner: Owner
) -> list[dict[str, Any]]:
    """Passages with their vectors as rows of `passage`. Raises ValueError where their numbers differ."""
    return [
        {
            "revision_id": revision,
            "owner": owner,
            "start": passage.span.start,
            "end": passage.span.end,
            "vector": vector.astype("<f2").tobytes(),
        }
        for passage, vector in zip(passages, vectors, strict=True)
    ]


def as_vectors(blobs: Sequence[bytes]) -> HalfVectors:
    """The stored bytes as one array, one row a passage."""
    if not blobs:
        return np.zeros((0, 0), np.float16)
    return np.frombuffer(b"".join(blobs), dtype="<f2").reshape(len(blobs), -1)


def text_hash(article: Article) -> str:
    """The same for texts that differ in white space only."""
    return digest(" ".join(article.text.split()))


def _text(date: PartialDate | None) -> str | None:
    return str(date) if date else None


def _date(text: str | None) -> PartialDate | None:
    return PartialDate.parse(text) if text else None
