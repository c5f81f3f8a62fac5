"""Between the words of the house and the rows of the tables."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np
from sqlalchemy import RowMapping

from index.article import Article, Claim, Owner, Passage, Source, Span, Stored, digest
from index.correction import Alias, Content, Correction, Hide, Merge, Redate
from index.dates import PartialDate
from index.store import HalfVectors

Row: TypeAlias = RowMapping | Mapping[str, Any]


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
    return {"revision_id": revision, "owner": owner, **claim_fields(claim)}


def claim_fields(claim: Claim) -> dict[str, Any]:
    """What `claim` makes a claim of again."""
    return {
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


def correction_row(owner: Owner, number: int, content: Content, made_by: str, made_at: str) -> dict[str, Any]:
    """A correction as a row of `correction`."""
    row: dict[str, Any] = {"owner": owner, "number": number, "kind": content.kind, "subject": content.subject}
    row |= {"made_by": made_by, "made_at": made_at}
    match content:
        case Alias(name, organisation) | Merge(name, organisation):
            return row | {"name": name, "organisation": organisation}
        case Hide(article_id, (name, other), sentence):
            return row | {"article_id": article_id, "name": name, "organisation": other, "sentence": sentence}
        case Redate(article_id, published):
            return row | {"article_id": article_id, "published": _text(published)}


def correction(row: Row) -> Correction:
    """A row of `correction`, as it was put in."""
    return Correction(row["owner"], row["number"], _content(row), row["made_by"], row["made_at"])


def _content(row: Row) -> Content:
    match row["kind"]:
        case Alias.kind:
            return Alias(row["name"], row["organisation"])
        case Merge.kind:
            return Merge(row["name"], row["organisation"])
        case Hide.kind:
            return Hide(row["article_id"], (row["name"], row["organisation"]), row["sentence"])
        case _:
            return Redate(row["article_id"], PartialDate.parse(row["published"]))


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
