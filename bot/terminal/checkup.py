"""What `rangefinder doctor` checks."""

import platform
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass

from bot.app import App
from bot.settings import Settings
from index.errors import PlainError
from index.judge import shipped_judge
from seeds import starters


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at, in a line."""

    passed: bool
    words: str


async def checkup(settings: Settings) -> AsyncIterator[Check]:
    """All checks, one after the other; one that fails does not keep the others from being made."""
    supported = (3, 11) <= sys.version_info[:2] <= (3, 13)
    yield Check(supported, f"Python {platform.python_version()}{'' if supported else ': take 3.11, 3.12 or 3.13'}")
    yield _token(settings)
    yield _starters()
    yield _judge()
    try:
        async with App.open(settings) as app:
            async for check in _library(app):
                yield check
    except PlainError as error:
        yield Check(False, str(error))


def _token(settings: Settings) -> Check:
    from bot.discord import application_id_of

    if settings.token is None:
        return Check(True, "no token is set: the conversation runs in the terminal only")
    try:
        return Check(True, f"the token belongs to application {application_id_of(settings.token)}")
    except PlainError as error:
        return Check(False, str(error))


def _starters() -> Check:
    try:
        return Check(True, f"{len(starters())} starter articles")
    except PlainError as error:
        return Check(False, str(error))


def _judge() -> Check:
    judge = shipped_judge()
    if judge is None:
        return Check(False, "the weights of the learned judge are missing: rules alone judge, and are wrong more often")
    reads = "answers and claims" if judge.reads_claims else "answers; rules read claims"
    return Check(True, f"the learned judge {judge.version} reads {reads}")


async def _library(app: App) -> AsyncIterator[Check]:
    library = app.library
    yield Check(True, f"the library in {app.settings.data_dir} opens and can be written to")
    owners = await library.store.owners()
    for owner in owners or ["shared"]:
        snapshot = await library.snapshot(owner)
        segment = snapshot.segments[-1]
        counts = await library.store.counts(owner)
        whole = (len(segment.articles), len(segment.places)) == (counts.articles, counts.passages)
        words = f"{owner}: {counts.articles} articles, {counts.passages} passages, {counts.claims} claims"
        yield Check(whole, words if whole else f"{words}; the index differs. Run `rangefinder reindex --all`.")
    vector = (await library.vectors(["Leica works with Xiaomi."]))[0]
    yield Check(abs(float(vector @ vector) - 1) < 1e-3, f"the model {library.encoder.version} turns text into vectors")
