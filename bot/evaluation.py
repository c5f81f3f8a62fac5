"""How good answers are: questions with known answers → figures.

right: for yes/no the verdict is an accepted one and one of the first three quotes supports it; for an unanswerable
question it abstains; for all others it answers and one of the first three quotes supports it. points: for each question
right +1, wrong −1, abstaining on what can be answered −¼. exact: quotes that are in their article, character for
character. stale: answers that open with an article that another one has overtaken. abstain: precision and recall.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from bot.answer import Answer, ShownQuote
from index.article import LONGEST_QUOTE

Mark: TypeAlias = Literal["right", "wrong", "abstained"]

UNANSWERABLE = "unanswerable"
LOOKED_AT = 3  # quotes: what a reader sees first
_LONGER = 1.2  # times a gold quote that is itself longer than a quote may be
_HALF = 0.5  # of a gold quote, or of a quote that lies in one, must be shared
_SHORTEST = 40  # characters; less of a gold quote, shown by itself, tells too little


@dataclass(frozen=True, slots=True)
class Gold:
    """A stretch of an article that answers a question; `article` is a key of the `Book`."""

    article: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Task:
    """A question and what is known of its answer. `superseded` are keys of articles that others have overtaken."""

    question: str
    kind: str
    accepted: frozenset[str | None] = frozenset()
    expected: str | None = None
    superseded: tuple[str, ...] = ()
    gold: tuple[Gold, ...] = ()


@dataclass(slots=True)
class Book:
    """The articles as they were given: their titles by key, and their texts by title."""

    titles: dict[str, set[str]] = field(default_factory=dict)
    texts: dict[str, list[str]] = field(default_factory=dict)

    def put(self, keys: Iterable[str], title: str, text: str) -> None:
        """One more article, by any of these keys; several may share one."""
        for key in keys:
            self.titles.setdefault(key, set()).add(tidy(title))
        self.texts.setdefault(tidy(title), []).append(text)

    def holds(self, key: str, quote: ShownQuote) -> bool:
        """Whether a quote is from the article of this key."""
        return _title(quote) in self.titles.get(key, ())


@dataclass(frozen=True, slots=True)
class Figures:
    """What a run of answers is worth; None where nothing was asked that would tell."""

    kinds: Mapping[str, Mapping[Mark, int]]
    right: float
    points: float
    exact: float | None
    stale: float | None
    abstain_precision: float | None
    abstain_recall: float | None
    questions: int


def tidy(title: str) -> str:
    """A title with its white space as single blanks: so articles are told apart."""
    return " ".join(title.split())


def figures(answered: Sequence[tuple[Task, Answer]], book: Book) -> Figures:
    """The figures of at least one answered question. Raises ValueError where there is none."""
    if not answered:
        raise ValueError("there is no question to count")
    kinds: dict[str, Counter[Mark]] = {}
    for task, answer in answered:
        kinds.setdefault(task.kind, Counter())[mark(task, answer, book)] += 1
    total: Counter[Mark] = sum(kinds.values(), Counter())
    abstained = [task.kind == UNANSWERABLE for task, answer in answered if answer.abstains]
    unanswerable = sum(task.kind == UNANSWERABLE for task, _ in answered)
    every = len(answered)
    return Figures(
        kinds={kind: dict(kinds[kind]) for kind in sorted(kinds)},
        right=round(total["right"] / every, 3),
        points=round((total["right"] - total["wrong"] - total["abstained"] / 4) / every, 3),
        exact=_share(_is_exact(quote, book) for _, answer in answered for quote in answer.quotes),
        stale=_share(
            _is_stale(task, a, book) for task, a in answered if task.superseded and a.quotes and not a.abstains
        ),
        abstain_precision=_share(abstained),
        abstain_recall=round(sum(abstained) / unanswerable, 3) if unanswerable else None,
        questions=every,
    )


def mark(task: Task, answer: Answer, book: Book) -> Mark:
    """Whether an answer is right."""
    if task.kind == UNANSWERABLE:
        return "right" if answer.abstains else "wrong"
    if answer.abstains:
        return "abstained"
    return "right" if _is_accepted(task, answer) and _is_supported(task, answer.quotes, book) else "wrong"


def _is_accepted(task: Task, answer: Answer) -> bool:
    """Whether the verdict will do. A question that has no yes or no takes none, and where none is expected any."""
    if answer.verdict == task.expected or answer.verdict in task.accepted:
        return True
    return task.kind != "yes_no" and (answer.verdict is None or task.expected is None)


def _is_supported(task: Task, quotes: Sequence[ShownQuote], book: Book) -> bool:
    return any(_supports(quote, gold, book) for quote in quotes[:LOOKED_AT] for gold in task.gold)


def _supports(quote: ShownQuote, gold: Gold, book: Book) -> bool:
    """Whether a reader of the quote sees what the gold quote says."""
    if not book.holds(gold.article, quote):
        return False
    span = quote.quote.span
    length, wanted = span.end - span.start, gold.end - gold.start
    if length > max(LONGEST_QUOTE, _LONGER * wanted):
        return False
    shared = min(span.end, gold.end) - max(span.start, gold.start)
    return shared > 0 and shared >= _HALF * min(wanted, max(length, _SHORTEST))


def _is_stale(task: Task, answer: Answer, book: Book) -> bool:
    """Whether the first quote is of an overtaken article, and not of what answers in it."""
    first = answer.quotes[0]
    overtaken = any(book.holds(key, first) for key in task.superseded)
    return overtaken and not _is_supported(task, [first], book)


def _is_exact(quote: ShownQuote, book: Book) -> bool:
    span = quote.quote.span
    return any(text[span.start : span.end] == quote.quote.text for text in book.texts.get(_title(quote), ()))


def _title(quote: ShownQuote) -> str:
    return tidy(quote.quote.stored.article.title)


def _share(hits: Iterable[bool]) -> float | None:
    told = list(hits)
    return round(sum(told) / len(told), 4) if told else None
