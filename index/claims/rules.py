"""Sentence → Claims, by rules and word lists."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from itertools import combinations, pairwise, product

from index.article import Article, Claim, Phase, Span, Standing, digest
from index.claims import words
from index.claims.scope import scope_of
from index.claims.scope import text as scopes_text
from index.claims.when import dates_in
from index.dates import PartialDate
from index.organisations import Directory, Mention, directory, mentions, open_names
from index.sentences import narrowed, sentences
from index.store import Told

_CLAUSE = re.compile(r";\s|[,—–]?\s(?:but|while|whereas|although|though|unlike|whose)\s", re.IGNORECASE)
_JOINED = frozenset((",", "and", "&", "or", ", and", ", or", "/", "–", "-"))  # between two members of one list
_MOST_NAMED = 8  # organisations in a clause: more than these are a list, and say nothing of any two
_MOST_CLAIMS = 400  # of one article
_NEAR = 30  # characters: a negation that belongs to a verb stands so near before it
_REACH = 3  # sentences: how far back "the partnership" may point
_OVER_SINCE = re.compile(
    r"\b(?:over|ended|gone|expired|stopped|finished|history|no longer|not|apart|split|parted)\b[^.;]{0,60}\bsince\b",
    re.IGNORECASE,
)
_BEGINS = re.compile(
    r"\b(?:beg[aiu]ns?|start\w*|launch\w*|sign\w*|announc\w*|form\w*|found\w*|join\w*|team\w*|partnered|first"
    r"|debut\w*|introduc\w*|agreed|struck|enter\w*|unveil\w*|releas\w*|bought|acquir\w*|invest\w*|took|began"
    r"|set up|creat\w*|establish\w*|date[sd]? back|inked|sealed|came together|chose\w*|picked)\b",
    re.IGNORECASE,
)
_BACK = re.compile(
    r"\b(?:the (?:company|companies|two|pair|partners|partnership|deal|cooperation|collaboration|agreement|alliance"
    r"|venture|contract)|both (?:companies|firms|sides|parties)|its partner|they)\b",
    re.IGNORECASE,
)


def claims_version(known: Directory | None = None) -> str:
    """Another one means that the claims of stored articles are out of date."""
    return digest(_code(), words.version(), scopes_text(), (known or directory()).version)[:16]


@cache
def _code() -> str:
    """The text of all that reads claims: a change of it may read others."""
    places = (
        ("index", "judge.py"),
        ("index", "organisations.py"),
        ("index", "sentences.py"),
        ("index.claims", "judged.py"),
        ("index.claims", "rules.py"),
        ("index.claims", "scope.py"),
        ("index.claims", "when.py"),
    )
    return "\x1f".join(files(package).joinpath(name).read_text(encoding="utf-8") for package, name in places)


def told_by(article: Article, known: Directory | None = None) -> Told:
    """All claims that an article's sentences make, in the order of the text, and all organisations that it names."""
    known = known or directory()
    names = open_names(article.text, known)
    found = mentions(article.text, known, names)
    topic = _topic(article, known, names, found)
    said_as = article_standing(article)
    result: list[Claim] = []
    starts = [m.span.start for m in found]
    recent, age = topic, 0
    for span in sentences(article.text):
        here = found[bisect_left(starts, span.start) : bisect_left(starts, span.end)]
        sentence = _Sentence(article.text[span.start : span.end], span, article.published)
        fresh = list(_claims(sentence, _shifted(here, span.start), recent, said_as))
        pairs = {claim.pair for claim in fresh}
        recent, age = (pairs.pop(), 0) if len(pairs) == 1 else (recent, age + 1)
        recent = recent if age < _REACH else topic
        result += fresh
    in_title = (m.name for m in mentions(article.title, known, names))
    claims = [quotable(article.text, claim) for claim in list(dict.fromkeys(result))[:_MOST_CLAIMS]]
    return Told(claims, sorted({*in_title, *(m.name for m in found)}))


@dataclass(frozen=True, slots=True)
class _Sentence:
    text: str
    span: Span
    said: PartialDate | None


def _claims(
    sentence: _Sentence, here: Sequence[Mention], topic: frozenset[str], said_as: Standing | None
) -> Iterator[Claim]:
    for clause, pairs in _clauses(sentence.text, here, topic):
        for a, b in sorted(pairs):
            claim = Claim(
                a=min(a, b),
                b=max(a, b),
                span=sentence.span,
                phase=_phase(clause)[0],
                standing=_standing(sentence.text, said_as),
                negated=_is_negated(clause),
                scope=scope_of(clause, relation_at(clause)),
                exclusive=exclusive_by_words(sentence.text),
                said_by=speaker(sentence.text, here),
            )
            yield dated(claim, sentence.text, sentence.said)


def _clauses(text: str, here: Sequence[Mention], topic: frozenset[str]) -> Iterator[tuple[str, set[tuple[str, str]]]]:
    """Clauses that speak of a relation, with the pairs each is about: of its own mentions, else with the subject's."""
    cuts = [0, *(m.end() for m in _CLAUSE.finditer(text)), len(text)]
    several = len(cuts) > 2
    spoken = False
    for start, end in pairwise(cuts):
        clause = text[start:end]
        inside = [m for m in here if start <= m.span.start < end]
        if not inside or not _fits("relation", clause):
            continue
        pairs = _pairs(clause, _shifted(inside, start), frozenset())
        if several and not pairs and inside[0].name != here[0].name:
            pairs = {(here[0].name, inside[0].name)}
        if pairs:
            spoken = True
            yield clause, pairs
    if not spoken and _fits("relation", text):
        yield text, _pairs(text, here, topic)


def dated(claim: Claim, text: str, said: PartialDate | None) -> Claim:
    """The claim with the dates that its sentence tells for its phase.

    What is over since a day ended on it. What runs began at a date only where the sentence speaks of a beginning: "it
    sold ten million in 2019" tells none.
    """
    told = [t for t in dates_in(text, said) if t.bound != "said"]
    since = next((t for t in told if t.bound == "from"), None)
    at = [t.date for t in told if t.bound == "at"]
    if claim.phase == "ended":
        ends = [t.date for bound in ("until", "at") for t in reversed(told) if t.bound == bound]
        over = since is not None and not ends and bool(_OVER_SINCE.search(text[: since.span.start + 6]))
        start = since.date if since and not over else None
        return replace(claim, holds_from=start, holds_until=since.date if since and over else next(iter(ends), None))
    begins = claim.phase == "agreed" or (claim.phase == "running" and _BEGINS.search(text))
    start = since.date if since else next(iter(at), None) if begins else None
    return replace(claim, holds_from=start, holds_until=None)


def quotable(text: str, claim: Claim) -> Claim:
    """The claim with a span that may be quoted."""
    return replace(claim, span=narrowed(text, claim.span))


def _pairs(text: str, here: Sequence[Mention], topic: frozenset[str]) -> set[tuple[str, str]]:
    """Which organisations the sentence puts together; who is not named is taken from the article's topic."""
    groups = [list(dict.fromkeys(m.name for m in group)) for group in _groups(text, here)]
    names = {name for group in groups for name in group}
    if len(names) > _MOST_NAMED:
        return set()
    if len(names) >= 2:
        if len(groups) == 1:
            return set(combinations(groups[0], 2))
        return {pair for one, other in pairwise(groups) for pair in product(one, other) if pair[0] != pair[1]}
    if len(topic) == 2 and (names <= topic) and (names or _BACK.search(text)):
        first, second = sorted(topic)
        return {(first, second)}
    return set()


def _groups(text: str, here: Sequence[Mention]) -> list[list[Mention]]:
    """Mentions, those joined by a comma or "and" together: `Xiaomi, Honor, and Sharp` is one group of three."""
    groups: list[list[Mention]] = []
    for mention in here:
        between = text[groups[-1][-1].span.end : mention.span.start] if groups else None
        if between is not None and between.strip(" ").casefold() in _JOINED:
            groups[-1].append(mention)
        else:
            groups.append([mention])
    return groups


def _topic(article: Article, known: Directory, names: Iterable[str], found: Sequence[Mention]) -> frozenset[str]:
    """The two organisations that an article is about: those of its title, else of its first sentence with two."""
    title = [m.name for m in mentions(article.title, known, names)]
    if len(set(title)) >= 2:
        return frozenset(list(dict.fromkeys(title))[:2])
    for span in sentences(article.text):
        here = [m.name for m in found if span.start <= m.span.start < span.end]
        if len(set(here)) >= 2:
            first = list(dict.fromkeys(here))
            return frozenset(first[:2]) if not title or title[0] in first[:2] else frozenset((title[0], first[0]))
    return frozenset(title)


def _phase(text: str) -> tuple[Phase, int]:
    """The phase of a clause, and where the word stands that tells it."""
    for cue in words.cues("phase"):
        match = cue.pattern.search(text)
        if match:
            return cue.says, match.start()  # type: ignore[return-value]  # a test reads the whole file
    relation = next((m for cue in words.cues("relation") if (m := cue.pattern.search(text))), None)
    return "running", relation.start() if relation else 0


def relation_at(text: str) -> int:
    """Where the word stands that tells of the relation."""
    return _phase(text)[1]


def _is_negated(text: str) -> bool:
    """Whether a negation stands right before the word that tells the phase; one further off belongs elsewhere."""
    at = _phase(text)[1]
    near = text[max(0, at - _NEAR) : at]
    return any(cue.pattern.search(near) for cue in words.cues("negation"))


def _standing(text: str, said_as: Standing | None) -> Standing:
    for cue in words.cues("standing"):
        if cue.pattern.search(text):
            return cue.says  # type: ignore[return-value]  # likewise
    return said_as or "reported"


def article_standing(article: Article) -> Standing | None:
    """What a whole article is: where title or first sentence tell of a rumour, what follows is one too."""
    lead = sentences(article.text)[:1]
    opening = article.title + "\n" + (article.text[lead[0].start : lead[0].end] if lead else "")
    rumoured = any(cue.says == "rumoured" and cue.pattern.search(opening) for cue in words.cues("standing"))
    return "rumoured" if rumoured else None


def exclusive_by_words(text: str) -> bool | None:
    said = next((cue.says for cue in words.cues("exclusive") if cue.pattern.search(text)), None)
    return None if said is None else said == "yes"


def speaker(text: str, here: Sequence[Mention]) -> str | None:
    """Who says so: the organisation right before or after a word of saying."""
    for cue in words.cues("standing"):
        match = cue.pattern.search(text) if cue.says in ("official", "denied") else None
        if match:
            return next((m.name for m in here if _is_beside(m.span, match)), None)
    return None


def _is_beside(span: Span, match: re.Match[str]) -> bool:
    return 0 <= match.start() - span.end < 20 or 0 <= span.start - match.end() < 5


def _fits(group: str, text: str) -> bool:
    return any(cue.pattern.search(text) for cue in words.cues(group))


def _shifted(found: Iterable[Mention], by: int) -> list[Mention]:
    return [Mention(m.name, Span(m.span.start - by, m.span.end - by), m.product) for m in found]


def pairs_in(text: str, here: Sequence[Mention]) -> set[tuple[str, str]]:
    """Which organisations a sentence puts together: neighbours, and members of a list with what stands beside it."""
    return _pairs(text, here, frozenset())


def points_back(text: str) -> bool:
    """Whether a sentence speaks of "the company", "both firms" or "the deal", named before it."""
    return bool(_BACK.search(text))


def reading_of(text: str) -> tuple[Phase, Standing, bool]:
    """Phase, standing and negation of a sentence by itself, whoever it is about."""
    return _phase(text)[0], _standing(text, None), _is_negated(text)


def speaks_of_a_relation(text: str) -> bool:
    """Whether a sentence has a word of working together."""
    return _fits("relation", text)
