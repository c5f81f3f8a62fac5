"""Sentence → Claims, by the learned judge; by rules alone where its weights are absent, or read claims no better."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from index.article import Article, Claim, Span, digest
from index.claims import rules
from index.claims.scope import scope_of
from index.judge import CLAIM_MARK, ClaimJudgement, Judge, Reading, marked, reading, shipped_judge
from index.organisations import Directory, Mention, directory, mentions, open_names
from index.sentences import sentences
from index.store import Told

_MOST_NAMED = 6  # organisations in a sentence: of more than these only neighbours are judged together
_MOST_PAIRS = 12  # of one sentence
_MOST_CLAIMS = 400  # of one article
_SURE = 0.5  # of a pair that the sentence names
_SURE_OF_CARRIED = 0.65  # of one that it takes from the title or the sentence before


def claims_version(known: Directory | None = None, judge: Judge | None = None) -> str:
    """Another one means that the claims of stored articles are out of date."""
    judge = judge or shipped_judge()
    reads = judge.version if judge and judge.reads_claims else "rules alone"
    return digest(rules.claims_version(known), reads)[:16]


def told_by(article: Article, known: Directory | None = None, judge: Judge | None = None) -> Told:
    """All claims that an article's sentences make, in the order of the text, and all organisations that it names."""
    known, judge = known or directory(), judge or shipped_judge()
    if judge is None or not judge.reads_claims:
        return rules.told_by(article, known)
    read = _Read(article, known)
    asked = list(read.pairs())
    judgements = judge.claims([read.reading(pair) for pair in asked])
    claims = [read.claim(*told) for told in zip(asked, judgements, strict=True) if _holds(*told)]
    return Told(claims[:_MOST_CLAIMS], read.named)


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two organisations that a sentence may be about. `carried`: one of them stands only in what is before it."""

    sentence: int
    a: str
    b: str
    carried: bool = False


class _Read:
    """An article with its sentences and the mentions in each."""

    def __init__(self, article: Article, known: Directory) -> None:
        self.article = article
        names = open_names(article.text, known)
        found = mentions(article.text, known, names)
        self._spans = sentences(article.text)
        starts = [mention.span.start for mention in found]
        self._title = mentions(article.title, known, names)
        self._here = [
            _moved(found[bisect_left(starts, span.start) : bisect_left(starts, span.end)], -span.start)
            for span in self._spans
        ]
        self.named = sorted({m.name for m in (*self._title, *found)})
        self._standing = rules.article_standing(article)

    def pairs(self) -> Iterator[_Pair]:
        """All pairs to be judged, in the order of the text."""
        for i, here in enumerate(self._here):
            names = list(dict.fromkeys(m.name for m in here))
            text = self._text(i)
            inside = combinations(names, 2) if len(names) <= _MOST_NAMED else rules.pairs_in(text, here)
            found = [_Pair(i, min(pair), max(pair)) for pair in inside]
            found += [_Pair(i, min(pair), max(pair), carried=True) for pair in self._carried(i, names, text)]
            yield from list(dict.fromkeys(found))[:_MOST_PAIRS]

    def reading(self, pair: _Pair) -> Reading:
        """The sentence as the judge reads it."""
        i = pair.sentence
        return reading(
            CLAIM_MARK,
            _with_marks(self.article.title, self._title, pair),
            _with_marks(self._text(i - 1), self._here[i - 1], pair) if i else "",
            [_with_marks(self._text(i), self._here[i], pair)],
            str(self.article.published or ""),
            self.article.publisher or "",
        )

    def claim(self, pair: _Pair, told: ClaimJudgement) -> Claim:
        """The claim that was found in the sentence, with the dates that it tells."""
        span, text = self._spans[pair.sentence], self._text(pair.sentence)
        assert told.phase is not None
        claim = Claim(
            a=pair.a,
            b=pair.b,
            span=span,
            phase=told.phase,
            standing=told.standing,
            negated=told.negated,
            scope=scope_of(text, rules.relation_at(text)),
            exclusive=rules.exclusive_by_words(text) if told.exclusive is None else told.exclusive,
            said_by=rules.speaker(text, self._here[pair.sentence]),
        )
        return rules.quotable(self.article.text, rules.dated(claim, text, self.article.published))

    def _text(self, i: int) -> str:
        return self.article.text[self._spans[i].start : self._spans[i].end]

    def _carried(self, i: int, names: Sequence[str], text: str) -> Iterator[tuple[str, str]]:
        """Pairs of which the sentence names one or none, where it speaks of a relation or points back to one."""
        if not (rules.speaks_of_a_relation(text) or rules.points_back(text)):
            return
        near = dict.fromkeys(m.name for m in (*self._title, *(self._here[i - 1] if i else ())))
        others = [name for name in near if name not in names][:4]
        if names:
            yield from ((name, other) for name in names[:3] for other in others)
        elif rules.points_back(text):
            yield from combinations(others[:3], 2)


def _holds(pair: _Pair, told: ClaimJudgement) -> bool:
    return told.phase is not None and told.certainty >= (_SURE_OF_CARRIED if pair.carried else _SURE)


def _with_marks(text: str, here: Sequence[Mention], pair: _Pair) -> str:
    return marked(text, ((m.span, int(m.name == pair.b)) for m in here if m.name in (pair.a, pair.b)))


def _moved(found: Sequence[Mention], by: int) -> list[Mention]:
    return [Mention(m.name, Span(m.span.start + by, m.span.end + by), m.product) for m in found]
