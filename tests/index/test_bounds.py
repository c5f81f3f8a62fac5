"""What a stranger publishes can neither grow without bound nor keep others waiting."""

import asyncio
import threading
from collections.abc import Sequence
from pathlib import Path

import pytest

from index.claims.rules import told_by
from index.encoder import Vectors
from index.indexing import Writer
from index.library import Library
from tests.building import HashingEncoder, article


def test_a_list_of_two_hundred_names_says_nothing_of_any_two() -> None:
    makers = ", ".join(f"Maker{n}x Works" for n in range(200))
    assert not told_by(article(f"Leica partners with {makers}.")).claims


def test_one_article_makes_only_so_many_claims() -> None:
    letters = "abcdefghijklmnopqrstuvwxyz"
    names = (f"Brand{a}{b} Works" for a in letters for b in letters)
    text = " ".join(f"Leica works with {name} on phones." for name in names)
    assert len(told_by(article(text)).claims) == 400


class GatedEncoder(HashingEncoder):
    """Waits before each batch of an article until it is let through; a question's single text goes at once."""

    def __init__(self) -> None:
        super().__init__()
        self.gate = threading.Semaphore(0)
        self.waiting = threading.Event()
        self.batches = 0

    def encode(self, texts: Sequence[str]) -> Vectors:
        if len(texts) > 1:
            self.waiting.set()
            self.gate.acquire()
            self.batches += 1
        return super().encode(texts)


LONG = article(" ".join(f"Sentence number {n} says that Ricoh and realme work together on phones." for n in range(600)))


async def test_a_question_gets_its_turn_while_a_long_article_is_embedded(tmp_path: Path) -> None:
    encoder = GatedEncoder()
    library = await Library.open(tmp_path, encoder)
    adding = asyncio.create_task(Writer(library).add([LONG]))
    await asyncio.to_thread(encoder.waiting.wait)
    assert len(await library.vectors(["is Ricoh with realme?"])) == 1  # the article still waits
    assert not adding.done()
    encoder.gate.release(10_000)
    assert len((await adding).new) == 1
    assert encoder.batches > 5
    await library.close()


async def test_work_that_nobody_waits_for_stops_after_the_batch_it_is_in(tmp_path: Path) -> None:
    encoder = GatedEncoder()
    library = await Library.open(tmp_path, encoder)
    adding = asyncio.create_task(Writer(library).add([LONG]))
    await asyncio.to_thread(encoder.waiting.wait)
    adding.cancel()
    with pytest.raises(asyncio.CancelledError):
        await adding
    encoder.gate.release(10_000)
    await asyncio.get_running_loop().shutdown_default_executor()
    assert encoder.batches == 1
    assert (await library.store.counts("shared")).articles == 0
    await library.close()
