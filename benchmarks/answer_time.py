"""`python -m benchmarks.answer_time [PASSAGES]`: how long a question takes in a library of so many passages.

The library holds the articles of `benchmarks/quality` and, up to 10,000 passages or PASSAGES, notes on other matters,
each one passage, in its own folder, gone afterwards. Each of the questions is answered with the learned judge and,
next to it, its words are encoded alone: milliseconds, warm, one question at a time, on the cores that PyTorch uses.
"""

import argparse
import asyncio
import json
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import torch

from benchmarks.quality.split import read
from bot.app import App, today
from bot.settings import Settings
from index.article import SHARED, Article
from index.dates import PartialDate
from index.reading import read_path

_QUALITY = Path(__file__).parent / "quality"
_WARM_UP = 20  # questions
_SUBJECTS = ("tomato", "tide", "bridge", "violin", "glacier", "loaf", "lighthouse", "moth", "kite", "orchard", "canal")
_DOINGS = (
    "was measured",
    "was painted",
    "was seen",
    "was moved",
    "was counted",
    "was drawn",
    "fell silent",
    "was lent",
)
_TIMES = ("at dawn", "on a Monday", "late in March", "for an hour", "during a storm", "before the feast", "in the rain")


def main() -> None:
    """Print one line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("passages", type=int, nargs="?", default=10_000)
    questions = [line["question"] for line in read(_QUALITY / "questions.jsonl")]
    print(json.dumps(asyncio.run(measured(parser.parse_args().passages, questions))))


async def measured(passages: int, questions: Sequence[str]) -> dict[str, float]:
    """Percentiles, in milliseconds, of these questions' times."""
    with TemporaryDirectory(prefix="rangefinder-") as folder:
        settings = Settings(_env_file=None, data_dir=Path(folder))
        async with App.open(settings) as app:
            await app.add(read_path(_QUALITY / "articles.jsonl", today=today(), most_bytes=settings.bytes_per_article))
            there = (await app.library.store.counts(SHARED)).passages
            await app.add(_notes(passages - there))
            held = (await app.library.store.counts(SHARED)).passages
            whole, encoding = await _times(app, questions)
    return {
        "passages": held,
        "questions": len(whole),
        "threads": torch.get_num_threads(),
        **_percentiles("answer", whole),
        **_percentiles("encoding_alone", encoding),
    }


async def _times(app: App, questions: Sequence[str]) -> tuple[list[float], list[float]]:
    whole: list[float] = []
    encoding: list[float] = []
    warm_up = questions[:_WARM_UP]
    for number, question in enumerate([*warm_up, *questions]):
        started = time.perf_counter()
        await app.ask(question)
        between = time.perf_counter()
        await app.library.vectors([f"{question} ({number})"])  # other words, lest a cache answers
        ended = time.perf_counter()
        whole.append((between - started) * 1000)
        encoding.append((ended - between) * 1000)
    return whole[len(warm_up) :], encoding[len(warm_up) :]


def _percentiles(name: str, times: Sequence[float]) -> dict[str, float]:
    return {f"{name}_p{p}_ms": round(float(np.percentile(times, p)), 1) for p in (50, 95)}


def _notes(count: int) -> Iterator[Article]:
    chance = random.Random(11)  # noqa: S311  # nothing secret
    for number in range(count):
        told = [
            f"Number {chance.randrange(2, 900)}, a {chance.choice(_SUBJECTS)} beside the {chance.choice(_SUBJECTS)} of "
            f"{chance.randrange(1700, 2020)}, {chance.choice(_DOINGS)} {chance.choice(_TIMES)}."
            for _ in range(2)
        ]
        day = PartialDate.parse(f"20{chance.randrange(10, 26)}-{chance.randrange(1, 13):02d}-11")
        yield Article(f"Note {number}", " ".join(told), "The Almanac", published=day)


if __name__ == "__main__":
    main()
