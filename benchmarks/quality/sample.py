"""`python -m benchmarks.quality.sample ARTICLES QUESTIONS [ARTICLES QUESTIONS …]`: answers for a critical reader.

Draws some questions of each set at random, asks them, and prints each with what was expected, the answer, and its first
quotes. Give it open parts only.
"""

import argparse
import asyncio
import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.quality.thresholds import SETTINGS, Asked, asked
from bot.answering import Answerer
from bot.app import today
from bot.evaluation import LOOKED_AT, mark


def sampled(sets: Sequence[Asked], of_each: int, seed: int) -> Iterator[str]:
    """The drawn questions, one after the other, as they are printed."""
    rng, answerer, number = random.Random(seed), Answerer(SETTINGS.age_warning_months), 0  # noqa: S311  # no secret
    for one in sets:
        for task, text, found in rng.sample(list(one.tasks), min(of_each, len(one.tasks))):
            answer, number = answerer.concluded(text, found, today()), number + 1
            yield f"{number}. {text} (as of {found[0].question.as_of or 'now'})"
            yield f"   expected {task.expected or task.kind}: {mark(task, answer, one.book)}"
            yield f"   {answer.verdict or 'answer'}, {answer.holds_for}: {answer.sentence} {answer.warning}".rstrip()
            for shown in answer.quotes[:LOOKED_AT]:
                article = shown.quote.stored.article
                yield f"   [{shown.n}] {article.publisher}, {article.published}, {shown.standing}: {shown.quote.text}"


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the sample."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", type=Path, nargs="+", metavar="ARTICLES QUESTIONS")
    parser.add_argument("--of-each", type=int, default=25)
    parser.add_argument("--seed", type=int, default=50)
    options = parser.parse_args(arguments)
    files = options.files
    sets = [asyncio.run(asked(*pair)) for pair in zip(files[::2], files[1::2], strict=True)]
    sys.stdout.write("".join(f"{line}\n" for line in sampled(sets, options.of_each, options.seed)))


if __name__ == "__main__":
    main()
