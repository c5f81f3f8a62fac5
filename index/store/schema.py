"""The tables. Whose a row is stands in each of them, or in the row it belongs to."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, LargeBinary, MetaData, String, Table, Text
from sqlalchemy.schema import UniqueConstraint

SCHEMA_VERSION = 1

metadata = MetaData()

meta = Table("meta", metadata, Column("key", String, primary_key=True), Column("value", Text, nullable=False))

segment = Table(  # an owner's searchable part of the library; its generation grows with every change
    "segment",
    metadata,
    Column("owner", String, primary_key=True),
    Column("generation", Integer, nullable=False),
)

article = Table(  # what stays the same when a text changes; a removed one is remembered, so that it is not brought back
    "article",
    metadata,
    Column("id", String, primary_key=True),
    Column("owner", String, nullable=False),
    Column("key", Text, nullable=False),
    Column("added_at", String, nullable=False),
    Column("added_by", String),
    Column("removed_at", String),
    UniqueConstraint("owner", "key"),
)

revision = Table(
    "revision",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("article_id", ForeignKey("article.id"), nullable=False, index=True),
    Column("number", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("url", Text),
    Column("publisher", Text),
    Column("published", String),
    Column("author", Text),
    Column("sources", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("content_hash", String, nullable=False),
    Column("text_hash", String, nullable=False),
    Column("names", Text, nullable=False),  # the organisations its text names, made with the claims
)

passage = Table(
    "passage",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("revision_id", ForeignKey("revision.id"), nullable=False, index=True),
    Column("owner", String, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("vector", LargeBinary, nullable=False),  # fp16, little-endian
)

claim = Table(
    "claim",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("revision_id", ForeignKey("revision.id"), nullable=False, index=True),
    Column("owner", String, nullable=False),
    Column("a", Text, nullable=False),
    Column("b", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("phase", String, nullable=False),
    Column("standing", String, nullable=False),
    Column("negated", Boolean, nullable=False),
    Column("scope", Text),
    Column("exclusive", Boolean),
    Column("said_by", Text),
    Column("holds_from", String),
    Column("holds_until", String),
)

Index("passage_owner", passage.c.owner)
Index("claim_owner", claim.c.owner)

correction = Table(  # what moderators know better; only those in force
    "correction",
    metadata,
    Column("owner", String, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("kind", String, nullable=False),
    Column("subject", Text, nullable=False),  # what it is about
    Column("article_id", String),  # no foreign key: it waits for an article that was taken out to come back
    Column("name", Text),  # the spelling, the merged name, or the first of a pair
    Column("organisation", Text),  # what that stands for, or the second of the pair
    Column("sentence", Text),
    Column("published", String),
    Column("made_by", Text, nullable=False),
    Column("made_at", String, nullable=False),
    UniqueConstraint("owner", "subject"),
)

corrected = Table(  # how an owner's corrections have been counted
    "corrected",
    metadata,
    Column("owner", String, primary_key=True),
    Column("last", Integer, nullable=False),  # the number of the newest that was ever made
    Column("changes", Integer, nullable=False),  # generations that differ by corrections alone from the one before
)

quota = Table(  # questions asked by a user in an hour of the clock
    "quota",
    metadata,
    Column("user", String, primary_key=True),
    Column("hour", Integer, primary_key=True),
    Column("questions", Integer, nullable=False),
)
