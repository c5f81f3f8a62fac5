"""Waiting for something to become true, bounded and without polling."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class TookTooLongError(AssertionError):
    """What a test waited for did not come."""


class Bell:
    """Rung at every change of the server's state; whoever waits then looks again."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()

    def ring(self) -> None:
        for waiter in self._waiting:
            if not waiter.done():
                waiter.set_result(None)

    async def until(self, look: Callable[[], T | None], *, timeout: float, what: str) -> T:  # noqa: ASYNC109
        """The first thing that `look` returns which counts as true.

        Raises:
            TookTooLongError: `timeout` real seconds went by.
        """
        loop = asyncio.get_running_loop()
        end = loop.time() + timeout
        while True:
            found = look()
            if found:
                return found
            if loop.time() >= end:
                raise TookTooLongError(f"waited {timeout:.1f} s for {what}")
            waiter: asyncio.Future[None] = loop.create_future()
            self._waiting.add(waiter)
            try:
                await asyncio.wait([waiter], timeout=max(0.0, end - loop.time()))
            finally:
                self._waiting.discard(waiter)
                waiter.cancel()
