"""`python -m benchmarks.quality.thresholds ARTICLES QUESTIONS [ARTICLES QUESTIONS …]`: the numbers a verdict turns on.

Gathers the evidence on every question once, then tries other values for one number of `bot.weighing.Thresholds` after
another, keeps what is worth more, and prints the numbers that moved and the figures before and after. Give it open
parts only. What is worth more: right answers and points; a stale answer costs; abstentions in place count a little.
"""

import argparse
import asyncio
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.answering import Answerer
from bot.app import App, today
from bot.evaluation import Book, Figures, Task, figures
from bot.gathering import Evidence
from bot.settings import Settings
from bot.terminal.evaluate import Line, read_book, read_questions
from bot.weighing import Thresholds
from index.dates import PartialDate
from index.judge import Judge
from index.reading import read_path

SETTINGS = Settings(_env_file=None)  # those of a fresh machine
_ROUNDS = 2
_LEAST = 0.001  # that another value must be worth
_STEPS = (0.5, 0.7, 0.85, 1.2, 1.4, 2.0)  # times the present value
_ENOUGH = 0.9  # of precision or recall of abstentions: more is not bought with wrong answers
_CERTAIN = (
    "answers",
    "tells",
    "firm",
    "plain",
    "clear",
    "over",
    "agreeing",
    "leading",
    "rumoured",
    "bearing",
    "telling",
    "overtakes",
    "aside",
)  # below 1
_LEFT = ("unnamed", "unnamed_open", "unnamed_told", "unsaid", "undated", "alongside")  # 1 at most


@dataclass(frozen=True, slots=True)
class Asked:
    """One set: what is known of each answer, the text that asks, and what there is on it."""

    book: Book
    tasks: Sequence[tuple[Task, str, Sequence[Evidence]]]

    def figures(self, thresholds: Thresholds) -> Figures:
        """How good the answers by these numbers are."""
        answerer, day = Answerer(SETTINGS.age_warning_months, thresholds=thresholds), today()
        return figures([(task, answerer.concluded(text, found, day)) for task, text, found in self.tasks], self.book)


async def asked(articles: Path, questions: Path, judge: Judge | None = None) -> Asked:
    """Read the articles into a library of their own and gather the evidence on every question, as the `judge` reads
    it, else the one that ships."""
    lines = [line for line in read_questions(questions) if isinstance(line, Line)]
    with TemporaryDirectory(prefix="rangefinder-") as folder:
        async with App.open(SETTINGS.model_copy(update={"data_dir": Path(folder)})) as app:
            await app.add(read_path(articles, today=today(), most_bytes=SETTINGS.bytes_per_article))
            snapshot = await app.library.snapshot()
            answerer = Answerer(SETTINGS.age_warning_months, snapshot.known, judge)
            tasks = []
            for line in lines:
                as_of = PartialDate.parse(line.as_of) if line.as_of else None
                found = await answerer.evidence(
                    snapshot, line.question, encode=app.library.vectors, today=today(), as_of=as_of, after=line.after
                )
                tasks.append((line.task, line.question, found))
    return Asked(read_book(articles), tasks)


def worth(found: Figures) -> float:
    """One number for what is to be had."""
    abstain = sum(min(_ENOUGH, share or 0.0) for share in (found.abstain_precision, found.abstain_recall))
    return found.points + 0.5 * found.right - 0.15 * (found.stale or 0.0) + 0.1 * abstain


def searched(sets: Sequence[Asked], start: Thresholds) -> Thresholds:
    """The numbers that are worth most, found by changing one at a time."""

    def of(thresholds: Thresholds) -> float:
        every = sum(len(one.tasks) for one in sets)
        return sum(worth(one.figures(thresholds)) * len(one.tasks) for one in sets) / every

    best, most = start, of(start)
    for _ in range(_ROUNDS):
        for name in asdict(start):
            values = (replace(best, **{name: value}) for value in _values(name, getattr(best, name)))
            tried = {getattr(other, name): of(other) for other in values if is_sound(other) or other == best}
            value = max(tried, key=lambda v: tried[v])
            if tried[value] > most + _LEAST:
                best, most = replace(best, **{name: value}), tried[value]
            sys.stderr.write(f"{name}: {json.dumps({str(v): round(w, 4) for v, w in tried.items()})}\n")
    return best


def is_sound(thresholds: Thresholds) -> bool:
    """Whether what is plainly confirmed, with a probability of 0.8, goes before every rumour, as it always must."""
    return all(0.8 * left / (0.2 + 0.8 * left) >= thresholds.firm for left in (thresholds.yes, thresholds.no))


def _values(name: str, now: float) -> Iterator[float]:
    most = 0.95 if name in _CERTAIN else 1.0 if name in _LEFT else 10.0
    yield now
    yield from (value for step in _STEPS if (value := round(now * step, 3)) <= most)


def main() -> None:
    """Print one line of JSON for the numbers that moved, and one for each set."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", type=Path, nargs="+", metavar="ARTICLES QUESTIONS")
    files = parser.parse_args().files
    sets = [asyncio.run(asked(*pair)) for pair in zip(files[::2], files[1::2], strict=True)]
    before, after = Thresholds(), searched(sets, Thresholds())
    sys.stdout.write(json.dumps({k: v for k, v in asdict(after).items() if v != asdict(before)[k]}) + "\n")
    for one in sets:
        for name, thresholds in (("before", before), ("after", after)):
            sys.stdout.write(json.dumps({"thresholds": name, **asdict(one.figures(thresholds))}) + "\n")


if __name__ == "__main__":
    main()
