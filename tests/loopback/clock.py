"""The server's clock: real time that a test can push forward, so that no test sleeps for a deadline."""

import time
from collections.abc import Callable
from datetime import UTC, datetime


class Clock:
    """Seconds since 1970, plus what `advance` added; `freeze` stops it, so that only `advance` moves it."""

    def __init__(self) -> None:
        self._added = 0.0
        self._frozen_at: float | None = None
        self.moved: Callable[[], None] = lambda: None

    def now(self) -> float:
        base = time.time() if self._frozen_at is None else self._frozen_at
        return base + self._added

    def advance(self, seconds: float) -> None:
        """Let `seconds` pass for every deadline at once; nobody waits."""
        self._added += seconds
        self.moved()

    def freeze(self) -> None:
        """Stop here: for a machine so slow that a real 3 s deadline would be a matter of luck."""
        self._frozen_at = time.time()

    def timestamp(self) -> str:
        """Now, as Discord writes it."""
        return datetime.fromtimestamp(self.now(), UTC).isoformat()
