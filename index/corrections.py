"""Corrections, applied: an owner's articles and claims as moderators have corrected them.

The shared corrections come first and the owner's own after them. Among one owner's no two have one subject, so the
order in which they were made changes nothing.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from index.article import SHARED, Article, Claim, Span, Stored, digest
from index.correction import Alias, Correction, Hide, Merge, Redate
from index.dates import PartialDate
from index.organisations import Directory, Organisation, directory
from index.store import SegmentRows, Told


@dataclass(frozen=True, slots=True)
class Rereading:
    """An article that says something else under corrections: its date is another, or these spellings count."""

    article: Article
    spellings: tuple[tuple[str, str], ...]  # with the organisation that each stands for

    def key(self, version: str) -> str:
        """The same for whatever makes the same claims; `version` is that of the rules."""
        told = [part for spelling in self.spellings for part in spelling]
        return digest(version, self.article.content_hash, *told)[:32]


class Corrections:
    """The corrections that one owner sees by, ready to be applied."""

    def __init__(self, made: Sequence[Correction] = ()) -> None:
        self.made = tuple(made)
        self._layers = [_Layer(c for c in made if c.owner == SHARED), _Layer(c for c in made if c.owner != SHARED)]
        self._spellings: dict[str, tuple[str, str]] = {}
        self._dates: dict[str, PartialDate] = {}
        for layer in self._layers:
            self._spellings |= {a.spelling.casefold(): (a.spelling, a.organisation) for a in layer.aliases}
            self._dates |= layer.dates

    @cached_property
    def read_by(self) -> Directory:
        """The organisations that articles are read by: those of the list, with moderators' spellings."""
        known = {organisation.name: organisation for organisation in directory().organisations}
        for spelling, name in self._spellings.values():
            known[name] = _with_spelling(known.get(name) or Organisation(name, common=True), spelling)
        return Directory(tuple(known.values())) if self._spellings else directory()

    @cached_property
    def known(self) -> Directory:
        """The organisations that questions are understood by: what counts as another goes by that one's name."""
        merges = [merge for layer in self._layers for merge in layer.merges]
        if not merges:
            return self.read_by
        known: dict[str, Organisation] = {}
        for one in self.read_by.organisations:
            name = self.counts_as(one.name)
            counted = one if name == one.name else replace(one, name=name, aliases=(one.name, *one.aliases))
            known[name] = _joined(known[name], counted) if name in known else counted
        for merge in merges:
            name = self.counts_as(merge.name)
            known[name] = _with_spelling(known.get(name) or Organisation(name, common=True), merge.name)
        return Directory(tuple(known.values()))

    def counts_as(self, name: str) -> str:
        """The organisation that one counts as: itself where nobody has merged it."""
        for layer in self._layers:
            name = layer.counts_as(name)
        return name

    def dated(self, stored: Stored) -> Stored:
        """An article with the date that it is known to have been published on; a starter's source with it."""
        article, published = stored.article, self._dates.get(stored.id)
        if published is None or published == article.published:
            return stored
        sources = tuple(
            replace(source, published=published) if source.published == article.published else source
            for source in article.sources
        )
        return replace(stored, article=replace(article, published=published, sources=sources))

    def rereading(self, stored: Stored) -> Rereading | None:
        """How an article is to be read; None where its stored claims hold."""
        dated = self.dated(stored)
        spellings = self._spelled(stored.article) if self._spellings else ()
        return Rereading(dated.article, spellings) if spellings or dated is not stored else None

    def corrected(self, rows: SegmentRows, told: Mapping[int, Told]) -> SegmentRows:
        """An owner's rows with these corrections; `told` has, by revision, what was read anew."""
        articles = {revision: self.dated(stored) for revision, stored in rows.articles.items()}
        names = {revision: told[revision].names if revision in told else rows.names[revision] for revision in articles}
        claims = [(revision, claim) for revision, claim in rows.claims if revision not in told]
        claims += [(revision, claim) for revision, found in told.items() for claim in found.claims]
        counted = ((revision, self._counted(claim)) for revision, claim in claims)
        kept = {
            (revision, claim): None
            for revision, claim in counted
            if claim.a != claim.b and not self._is_hidden(articles[revision], claim)
        }
        return replace(
            rows,
            articles=articles,
            claims=sorted(kept, key=lambda found: _place(articles[found[0]], found[1])),
            names={revision: sorted({self.counts_as(n) for n in found}) for revision, found in names.items()},
        )

    def hides(self, stored: Stored, span: Span, asked: Collection[str]) -> bool:
        """Whether a sentence is hidden for the organisations asked about, or for the one of them."""
        return any(
            (hidden.pair.issubset(asked) or hidden.pair.issuperset(asked)) and hidden.is_at(stored.article.text, span)
            for hidden in self._hidden.get(stored.id, ())
        )

    @cached_property
    def _looked_for(self) -> Directory:
        """Moderators' spellings alone, each as an organisation of its own."""
        given = (spelling for spelling, _ in self._spellings.values())
        return Directory(tuple(Organisation(spelling, common=spelling != spelling.lower()) for spelling in given))

    def _spelled(self, article: Article) -> tuple[tuple[str, str], ...]:
        """The moderators' spellings that an article has."""
        mentions = self._looked_for.listed(f"{article.title}\n{article.text}")
        found = {mention.name.casefold() for mention in mentions}
        return tuple(sorted(self._spellings[spelling] for spelling in found))

    def _counted(self, claim: Claim) -> Claim:
        """A claim on what its organisations count as."""
        a, b = self.counts_as(claim.a), self.counts_as(claim.b)
        said_by = self.counts_as(claim.said_by) if claim.said_by else claim.said_by
        if (a, b, said_by) == (claim.a, claim.b, claim.said_by):
            return claim
        return replace(claim, a=min(a, b), b=max(a, b), said_by=said_by)

    @cached_property
    def _hidden(self) -> Mapping[str, Sequence["_Hidden"]]:
        """What is hidden, by article: under whatever its organisations are called or count as by now."""
        found: defaultdict[str, list[_Hidden]] = defaultdict(list)
        for hide in (hide for layer in self._layers for hide in layer.hides):
            pair = frozenset(self.counts_as(self.read_by.named(name) or name) for name in hide.organisations)
            found[hide.article].append(_Hidden(pair, _pattern(hide.sentence)))
        return found

    def _is_hidden(self, stored: Stored, claim: Claim) -> bool:
        return any(
            hidden.pair == claim.pair and hidden.is_at(stored.article.text, claim.span)
            for hidden in self._hidden.get(stored.id, ())
        )


class _Layer:
    """One owner's corrections, by what they do."""

    def __init__(self, made: Iterable[Correction]) -> None:
        contents = [correction.content for correction in made]
        self.aliases = [c for c in contents if isinstance(c, Alias)]
        self.merges = [c for c in contents if isinstance(c, Merge)]
        self.hides = [c for c in contents if isinstance(c, Hide)]
        self.dates = {c.article: c.published for c in contents if isinstance(c, Redate)}
        self._into = {merge.name.casefold(): merge.organisation for merge in self.merges}

    def counts_as(self, name: str) -> str:
        """Follows merges to their end; a circle, which no moderator can make, would be left where it closes."""
        passed = set()
        while (folded := name.casefold()) in self._into and folded not in passed:
            passed.add(folded)
            name = self._into[folded]
        return name


@dataclass(frozen=True, slots=True)
class _Hidden:
    pair: frozenset[str]
    sentence: re.Pattern[str]

    def is_at(self, text: str, span: Span) -> bool:
        """Whether a stretch of a text is the hidden sentence: each may hold a clause that the other has not."""
        return any(overlap(span, Span(*match.span())) for match in self.sentence.finditer(text))


def overlap(one: Span, other: Span) -> bool:
    """Whether two stretches share more than half of the shorter one."""
    shared = min(one.end, other.end) - max(one.start, other.start)
    return 2 * shared > min(one.end - one.start, other.end - other.start)


def _pattern(sentence: str) -> re.Pattern[str]:
    """A sentence, however its words are spaced."""
    return re.compile(r"\s+".join(map(re.escape, sentence.split())))


def _with_spelling(organisation: Organisation, spelling: str) -> Organisation:
    return replace(organisation, spellings=(*organisation.spellings, spelling))


def _joined(one: Organisation, other: Organisation) -> Organisation:
    """Two entries of one name."""
    return Organisation(
        one.name,
        (*one.aliases, *other.aliases),
        (*one.products, *other.products),
        one.common or other.common,
        one.example or other.example,
        (*one.spellings, *other.spellings),
        (*one.nicknames, *other.nicknames),
    )


def _place(stored: Stored, claim: Claim) -> tuple[str, int, int, str, str, str]:
    """The order of claims in the store."""
    return stored.id, claim.span.start, claim.span.end, claim.a, claim.b, claim.phase
