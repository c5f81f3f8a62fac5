"""`rangefinder evaluate`: questions with known answers, asked of a library of their own, beside plain retrieval."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pydantic import BaseModel, ValidationError
from rich.console import Group, RenderableType
from rich.style import Style
from rich.table import Table
from rich.text import Text

from bot.answer import Answer
from bot.app import App, today
from bot.baseline import plain_answer
from bot.evaluation import Book, Figures, Gold, Mark, Task, figures
from bot.settings import Settings
from bot.terminal.batch import Answered, batch_answers
from index.article import SHARED
from index.dates import PartialDate
from index.errors import PlainError
from index.indexing import Progress, Report
from index.reading import Refusal, read_path

_MARKS: tuple[Mark, ...] = ("right", "wrong", "abstained")
_FIGURES = ("right", "points", "exact", "stale", "abstain_precision", "abstain_recall")


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The figures of a run, ours and those of plain retrieval, and what could not be taken."""

    articles: int
    ours: Figures
    plain: Figures
    refusals: tuple[Refusal, ...] = ()


class _GoldLine(BaseModel):
    article: str
    start: int
    end: int


class Line(BaseModel):
    """A question as the file has it; other keys are never read."""

    question: str
    kind: str
    id: Any = None
    expected_verdict: str | None = None
    also: list[str | None] | None = None
    as_of: str | None = None
    after: str | None = None
    superseded: list[str] | None = None
    gold_quotes: list[_GoldLine] | None = None

    @property
    def task(self) -> Task:
        """What is asked, and what is known of the answer."""
        gold = tuple(Gold(one.article, one.start, one.end) for one in self.gold_quotes or ())
        accepted = frozenset(self.also or ())
        return Task(self.question, self.kind, accepted, self.expected_verdict, tuple(self.superseded or ()), gold)

    @property
    def asked(self) -> str:
        """The line that `ask --batch` would get."""
        return json.dumps({"id": self.id, "question": self.question, "as_of": self.as_of, "after": self.after})


async def evaluation(settings: Settings, articles: Path, questions: Path, report: Report) -> Evaluation:
    """Read the articles into a library of their own, ask every question, and count. The user's library is not touched.

    Raises PlainError where a file cannot be read, or no question is left to ask.
    """
    book = read_book(articles)
    read = list(read_questions(questions))
    lines = [line for line in read if isinstance(line, Line)]
    refusals = [line for line in read if isinstance(line, Refusal)]
    if not lines:
        raise PlainError(f"{questions} has no question that can be asked. Write one JSON object a line.")
    with TemporaryDirectory(prefix="rangefinder-") as folder:
        async with App.open(settings.model_copy(update={"data_dir": Path(folder)})) as app:
            found = read_path(articles, today=today(), most_bytes=settings.bytes_per_article)
            added = await app.add(found, report=report)
            ours, plain = await _both(app, lines, report)
    return Evaluation(len(added.new), figures(ours, book), figures(plain, book), (*added.refusals, *refusals))


_Pairs = list[tuple[Task, Answer]]


async def _both(app: App, lines: Sequence[Line], report: Report) -> tuple[_Pairs, _Pairs]:
    """Our answers and those of plain retrieval, from the same index."""
    ours: _Pairs = []
    plain: _Pairs = []
    snapshot = await app.library.snapshot()
    async for answered in batch_answers(app, (line.asked for line in lines), SHARED):
        assert isinstance(answered, Answered)  # each line was read before
        line = lines[len(ours)]
        ours.append((line.task, answered.answer or Answer(line.question, "what", (), "no_source", answered.fault)))
        beside = await plain_answer(
            snapshot,
            line.question,
            yes_no=line.kind == "yes_no",
            encode=app.library.vectors,
            as_of=_date(line.as_of),
        )
        plain.append((line.task, beside))
        report(Progress(len(ours), len(lines)))
    return ours, plain


def _date(text: str | None) -> PartialDate | None:
    try:
        return PartialDate.parse(text) if text else None
    except ValueError:
        return None  # ours abstains and says so


def read_book(path: Path) -> Book:
    """The articles by the keys that questions name them by: `file`, else `id` and title. Raises PlainError for none."""
    book = Book()
    for _, line in _lines(path):
        record = _json(line)
        if isinstance(record, dict) and isinstance(record.get("title"), str) and isinstance(record.get("text"), str):
            file, number, title = record.get("file"), record.get("id"), record["title"]
            keys = [file] if file is not None else [number, title]
            book.put((str(key) for key in keys if key is not None), title, record["text"])
    if not book.texts:
        raise PlainError(f"{path} has no article that can be read. Write one JSON object with title and text a line.")
    return book


def read_questions(path: Path) -> Iterator[Line | Refusal]:
    """The questions of a file, and what is wrong with the others. Raises PlainError where it cannot be read."""
    for number, line in _lines(path):
        try:
            yield Line.model_validate(_json(line))
        except ValidationError as error:
            places = sorted({".".join(map(str, fault["loc"])) for fault in error.errors()} - {""})
            what = f"missing or of the wrong type: {', '.join(places)}." if places else "this is not a JSON object."
            yield Refusal(f"{path} line {number}", what)


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    try:
        with path.open(encoding="utf-8") as lines:
            yield from ((number, line) for number, line in enumerate(lines, 1) if line.strip())
    except (OSError, UnicodeDecodeError):
        raise PlainError(f"{path} cannot be read. Name a UTF-8 .jsonl file with one JSON object a line.") from None


def _json(line: str) -> Any:
    """What a line holds; None where it is no JSON, or has numbers that JSON has not."""
    try:
        return json.loads(line, parse_constant=_no_number)
    except (ValueError, RecursionError):
        return None


def _no_number(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON")


def evaluation_json(found: Evaluation) -> dict[str, Any]:
    """Both sides as `evaluate --json` prints them."""
    return {"articles": found.articles, "rangefinder": _side(found.ours), "plain_retrieval": _side(found.plain)}


def _side(one: Figures) -> dict[str, Any]:
    kinds = {kind: {**{m: tally.get(m, 0) for m in _MARKS}, "of": _of(tally)} for kind, tally in one.kinds.items()}
    return {**{name: getattr(one, name) for name in _FIGURES}, "questions": one.questions, "kinds": kinds}


def evaluation_view(found: Evaluation) -> RenderableType:
    """Both sides in two tables."""
    kinds = _table("kind", "of", *_MARKS, *(f"plain {name}" for name in _MARKS[:2]))
    for kind, tally in found.ours.kinds.items():
        beside = found.plain.kinds[kind]
        cells = [_of(tally), *(tally.get(m, 0) for m in _MARKS), *(beside.get(m, 0) for m in _MARKS[:2])]
        kinds.add_row(kind.replace("_", " "), *map(str, cells))
    shares = _table("figure", "Rangefinder", "plain retrieval")
    for name in _FIGURES:
        told = (getattr(side, name) for side in (found.ours, found.plain))
        shares.add_row(name.replace("_", " "), *("none" if value is None else f"{value:.3f}" for value in told))
    head = f"Questions: {found.ours.questions}, articles: {found.articles}"
    note = "Plain retrieval shows the three passages nearest in meaning, says yes, and never abstains."
    return Group(Text(head, Style(bold=True)), Text(""), kinds, Text(""), shares, Text(""), Text(note, Style(dim=True)))


def _of(tally: Mapping[Mark, int]) -> int:
    return sum(tally.values())


def _table(first: str, *others: str) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="none")
    table.add_column(first)
    _columns(table, others)
    return table


def _columns(table: Table, names: Iterable[str]) -> None:
    for name in names:
        table.add_column(name, justify="right")
