"""A file of questions → answers, one a line, each with the id it came with."""

import json
import time
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from typing import Any

from rich.console import RenderableType
from rich.text import Text

from bot.answer import Answer
from bot.app import App
from bot.terminal import show
from bot.terminal.screen import answer_view
from index.dates import PartialDate
from index.errors import PlainError
from index.reading import Refusal


@dataclass(frozen=True, slots=True)
class Answered:
    """One line's answer. A question that could not be taken has its reason in the place of the answer."""

    id: Any
    question: str
    answer: Answer | None
    fault: str
    took: float

    def as_json(self) -> dict[str, Any]:
        """The object that is printed for the line."""
        if self.answer:
            return show.answer_json(self.answer, id_=self.id, took=self.took)
        return show.fault_json(self.question, self.fault, id_=self.id, took=self.took)

    def view(self) -> RenderableType:
        """The same for a reader."""
        return answer_view(self.answer) if self.answer else Text(self.fault)


async def batch_answers(app: App, lines: Iterable[str], owner: str) -> AsyncIterator[Answered | Refusal]:
    """The answer to each line that is not blank; a line that is no question is refused, and the rest goes on."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            asked = _asked(line)
        except PlainError as error:
            yield Refusal(f"line {number}", str(error))
            continue
        start = time.perf_counter()
        answer, fault = None, ""
        try:
            answer = await app.ask(
                asked["question"], owner=owner, as_of=_date(asked.get("as_of")), after=asked.get("after")
            )
        except PlainError as error:
            fault = str(error)
        yield Answered(asked.get("id"), asked["question"], answer, fault, time.perf_counter() - start)


def _asked(line: str) -> dict[str, Any]:
    """The line's object. Raises PlainError where it is none, or where a key that is read has the wrong type."""
    try:
        asked = json.loads(line, parse_constant=_no_json)
    except ValueError:
        raise PlainError("this is not a JSON object. Write one a line.") from None
    if not isinstance(asked, dict) or not isinstance(asked.get("question"), str):
        raise PlainError("there is no text under `question`.")
    for key in ("as_of", "after"):
        if not isinstance(asked.get(key), str | None):
            raise PlainError(f"`{key}` must be text or null.")
    return asked


def _no_json(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON")


def _date(text: str | None) -> PartialDate | None:
    if not text:
        return None
    try:
        return PartialDate.parse(text)
    except ValueError:
        raise PlainError(f"{text!r} is not a date. Write one like 2021, 2021-05 or 2021-05-16.") from None
