"""What a moderator typed → a correction, and a correction → words."""

from collections.abc import Mapping, Sequence
from datetime import date
from textwrap import shorten

from bot.known import organisation_called
from bot.wording import joined, on_date
from index.article import Stored
from index.claims.words import word_list
from index.correcting import Decide
from index.correction import Alias, Content, Correction, Hide, Merge, Redate
from index.errors import PlainError
from index.indexing import the_one
from index.reading.published import parse_published, refuse_future
from index.sentences import sentence_at, sentences
from index.snapshot import Snapshot, Statement

_LONGEST_SPELLING = 100  # characters
_SHOWN_CLAIMS = 5
_SHOWN = 120  # characters of a sentence in a list


def alias(spelling: str, organisation: str) -> Decide:
    """A spelling stands for an organisation."""

    def decide(snapshot: Snapshot, held: Sequence[Correction]) -> Content:
        content = Alias(_checked(spelling), organisation_called(snapshot, organisation))
        standing = snapshot.known.named(content.spelling) or content.spelling
        if standing == content.organisation and not _is_held(content, held):
            raise PlainError(f"{content.spelling!r} stands for {standing} already. There is nothing to correct.")
        return content

    return decide


def merge(name: str, organisation: str) -> Decide:
    """One organisation counts as another."""

    def decide(snapshot: Snapshot, held: Sequence[Correction]) -> Content:
        corrections = snapshot.corrections
        into = organisation_called(snapshot, organisation)
        typed = " ".join(name.split())
        if corrections.counts_as(typed) == typed:
            typed = corrections.read_by.named(typed) or organisation_called(snapshot, typed)
        content = Merge(typed, into)
        counts_as = corrections.counts_as(typed)
        if typed == into:
            raise PlainError(f"{' '.join(name.split())!r} is {into} already. Name two organisations.")
        if counts_as == into and not _is_held(content, held):
            raise PlainError(f"{typed} counts as {into} already. There is nothing to correct.")
        if counts_as != typed and content.subject not in {c.content.subject for c in held}:
            raise PlainError(f"{typed} counts as {counts_as}. Merge that one.")
        return content

    return decide


def hide(article: str, sentence: str, pair: Sequence[str] = ()) -> Decide:
    """A sentence, known by a piece of it, makes no claim any more; `pair` are the organisations of the claim.

    With a pair, a sentence that makes no claim will do as well: it answers nothing on the two any more.
    """

    def decide(snapshot: Snapshot, held: Sequence[Correction]) -> Content:
        stored = the_one(snapshot.articles, article)
        wanted = " ".join(sentence.casefold().split())
        if not wanted:
            raise PlainError("Give a piece of the sentence.")
        names = frozenset(organisation_called(snapshot, name) for name in pair)
        if pair and len(names) != 2:
            raise PlainError("--pair names two different organisations: --pair Leica --pair Huawei.")
        made = [s for s in snapshot.all_statements() if s.stored.id == stored.id]
        hidden = [c.content for c in held if isinstance(c.content, Hide) and c.content.article == stored.id]
        claims = {c.subject: c for c in (*hidden, *map(_hiding, made))}
        fitting = [c for c in claims.values() if _fits(c, wanted, names, snapshot)]
        if not fitting and pair:
            fitting = [c for c in _of_every_sentence(stored, names) if _fits(c, wanted, names, snapshot)]
        if not fitting:
            told = f"It makes these: {_listed(list(claims.values()))}" if claims else "It makes none"
            raise PlainError(f"No claim in {stored.article.title!r} fits. {told}.")
        if len(fitting) > 1:
            told = _listed(fitting)
            raise PlainError(f"{len(fitting)} claims fit. Give more of the sentence, or --pair A --pair B: {told}.")
        return fitting[0]

    return decide


def redate(article: str, published: str, today: date) -> Decide:
    """An article was published on another date."""

    def decide(snapshot: Snapshot, held: Sequence[Correction]) -> Content:
        when = parse_published(published)
        refuse_future(when, today)
        stored = the_one(snapshot.articles, article)
        content = Redate(stored.id, when)
        if stored.article.published == when and not _is_held(content, held):
            raise PlainError(f"{stored.article.title!r} is dated {when} already. There is nothing to correct.")
        return content

    return decide


def in_words(content: Content, titles: Mapping[str, str]) -> str:
    """What a correction says. `titles` are those of the articles that are there, by id."""
    match content:
        case Alias(spelling, organisation):
            return f"“{spelling}” stands for {organisation}"
        case Merge(name, organisation):
            return f"{name} counts as {organisation}"
        case Hide(article, organisations, sentence):
            about = joined(list(organisations))
            return f"{_called(article, titles)} makes no claim on {about} by “{' '.join(sentence.split())}”"
        case Redate(article, published):
            return f"{_called(article, titles)} was published {on_date(published)}"


def _called(article: str, titles: Mapping[str, str]) -> str:
    return f"“{titles[article]}” ({article})" if article in titles else f"article {article}, which is not there,"


def _checked(spelling: str) -> str:
    """A spelling that may be looked for in questions and articles."""
    spelling = " ".join(spelling.split())
    if not 2 <= len(spelling) <= _LONGEST_SPELLING or not any(c.isalpha() for c in spelling):
        raise PlainError(f"A spelling has 2 to {_LONGEST_SPELLING} characters and at least one letter.")
    if spelling.casefold() in word_list("never_a_name") | word_list("not_in_names"):
        raise PlainError(f"{spelling!r} is an everyday word and would be found everywhere. Give another spelling.")
    return spelling


def _is_held(content: Content, held: Sequence[Correction]) -> bool:
    return any((c.content.subject, c.content.says) == (content.subject, content.says) for c in held)


def _hiding(statement: Statement) -> Hide:
    """What would hide a statement: it is known by its whole sentence, even where a clause of it is quoted."""
    text, span = statement.stored.article.text, statement.claim.span
    home = sentence_at(text, span.start) or span
    return Hide(statement.stored.id, (statement.claim.a, statement.claim.b), text[home.start : home.end])


def _of_every_sentence(stored: Stored, names: frozenset[str]) -> list[Hide]:
    first, second = sorted(names)
    text = stored.article.text
    return [Hide(stored.id, (first, second), text[span.start : span.end]) for span in sentences(text)]


def _fits(claim: Hide, wanted: str, names: frozenset[str], snapshot: Snapshot) -> bool:
    pair = frozenset(map(snapshot.corrections.counts_as, claim.organisations))
    return (not names or names == pair) and wanted in " ".join(claim.sentence.casefold().split())


def _listed(claims: Sequence[Hide]) -> str:
    told = [f"{joined(list(c.organisations))}: “{shorten(c.sentence, _SHOWN, placeholder=' …')}”" for c in claims]
    more = len(told) - _SHOWN_CLAIMS
    return "; ".join(told[:_SHOWN_CLAIMS]) + (f"; and {more} more" if more > 0 else "")
