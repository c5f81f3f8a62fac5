"""Checks all traffic against Discord's published schemas, where `../shared/discord` lies beside the repository."""

import importlib.util
import re
from functools import cache
from pathlib import Path
from traceback import format_exception
from types import ModuleType
from typing import Any

from tests.loopback.models import Json

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "discord"
AVAILABLE = (FOLDER / "conformance.py").is_file()
LEFT_OUT = f"conformance with Discord's schemas was not checked: {FOLDER} is absent"


class Violations(list[str]):
    """What broke Discord's schemas or asked for a route that does not exist; empty in an honest test."""

    def forgive(self, pattern: str, *, must_be: bool = True) -> None:
        """Drop what a test provoked on purpose; with `must_be`, fails where nothing of the kind happened."""
        provoked = [each for each in self if re.search(pattern, each)]
        assert provoked or not must_be, f"no violation matches {pattern!r}: {list(self)}"
        self[:] = [each for each in self if each not in provoked]


@cache
def _module() -> ModuleType:
    spec = importlib.util.spec_from_file_location("shared_discord_conformance", FOLDER / "conformance.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def _rest() -> Any:
    return _module().Rest()


@cache
def _gateway() -> Any:
    return _module().Gateway()


class Conformance:
    """Adds to `violations`; does nothing where the schemas are absent."""

    def __init__(self) -> None:
        self.violations = Violations()
        self.checked = 0

    def request(self, method: str, path: str, body: Any) -> None:
        if AVAILABLE:
            self._note(f"request {method} {path}", _rest().request(method, path, body))

    def response(self, method: str, path: str, status: int, body: Any) -> None:
        if AVAILABLE:
            self._note(f"response {method} {path} {status}", _rest().response(method, path, status, body))

    def frame_to_bot(self, frame: Json) -> None:
        if AVAILABLE:
            self._note(f"frame to the bot, {frame.get('t') or frame['op']}", _gateway().received(frame))

    def frame_from_bot(self, frame: Json) -> None:
        if AVAILABLE:
            self._note(f"frame from the bot, op {frame.get('op')}", _gateway().sent(_without_quirks(frame)))

    def unknown_route(self, method: str, path: str) -> None:
        self.violations.append(f"no such route: {method} {path}")

    def failed(self, method: str, path: str, bug: Exception) -> None:
        """The server could not make sense of a request: a body that Discord would refuse, or a gap of its own."""
        self.violations.append(f"the loopback failed on {method} {path}: {''.join(format_exception(bug))}")

    def _note(self, what: str, errors: list[str]) -> None:
        self.checked += 1
        self.violations += [f"{what}: {error}" for error in errors]


def _without_quirks(frame: Json) -> Json:
    """discord.py identifies with `presence.game`, which Discord takes and its schema does not know."""
    data = frame.get("d")
    if frame.get("op") == 2 and isinstance(data, dict) and "game" in (data.get("presence") or {}):
        return frame | {"d": {key: value for key, value in data.items() if key != "presence"}}
    return frame
