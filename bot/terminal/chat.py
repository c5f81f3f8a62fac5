"""The conversation in the terminal: questions in, answers out, follow-ups understood."""

import sys
from collections.abc import AsyncIterator
from contextlib import suppress

from rich.console import Console
from rich.text import Text

from bot.app import App
from bot.terminal.partnerships import partners_view, timeline_view
from bot.terminal.screen import answer_view, rumour_view, tame
from index.dates import PartialDate
from index.errors import PlainError

SAMPLE = "is Leica still with Huawei?"
_HELP = (
    "Ask who works with whom: `who works with Hasselblad?`, `is Leica still with Huawei?`, then `and Sharp?`.\n"
    "/partners organisation lists who it works with, /timeline organisation[, organisation] since when until when,\n"
    "/rumours [organisation] the latest rumours, /as-of 2021-06-01 answers as of a date (/as-of now: today),\n"
    "/help shows this, /quit ends."
)


class Chat:
    """One conversation. It remembers the question before, for follow-ups, and the date that is asked as of."""

    def __init__(self, app: App, console: Console, *, as_of: PartialDate | None = None) -> None:
        self._app = app
        self._console = console
        self._as_of = as_of
        self._before: str | None = None

    async def run(self) -> None:
        """Answer line by line until the end of the input, or `/quit`; with no input at all, a sample question."""
        interactive = sys.stdin.isatty()
        if interactive:
            self._console.print(Text(_HELP, "dim"))
        asked = False
        async for line in _lines("you> " if interactive else ""):
            if line in ("/quit", "/exit"):
                return
            if line:
                asked = True
                if not interactive:
                    self._console.print(Text(f"> {tame(line)}", "bold"))
                await self._reply(line)
        if not asked and not interactive:
            self._console.print(Text(f"> {SAMPLE}", "bold"))
            await self._reply(SAMPLE)

    async def _reply(self, line: str) -> None:
        try:
            if line.startswith("/"):
                await self._command(*line[1:].split(maxsplit=1))
            else:
                answer = await self._app.ask(line, as_of=self._as_of, after=self._before)
                self._before = line
                self._console.print(answer_view(answer))
        except PlainError as error:
            self._console.print(Text(str(error), "red"))

    async def _command(self, name: str = "", rest: str = "") -> None:
        if name in ("rumours", "rumors"):
            for rumour in await self._app.rumours(organisation=rest or None, most=5):
                self._console.print(rumour_view(rumour))
        elif name == "partners" and rest:
            self._console.print(partners_view(await self._app.partners(rest, as_of=self._as_of), self._as_of))
        elif name == "timeline" and rest:
            first, _, other = (part.strip() for part in rest.partition(","))
            self._console.print(timeline_view(await self._app.timeline(first, other or None)))
        elif name in ("partners", "timeline"):
            raise PlainError(f"Name an organisation, such as: /{name} Leica")
        elif name == "as-of":
            self._as_of = None if rest.strip() in ("", "now", "today") else _date(rest)
            self._console.print(Text(f"Answering as of {self._as_of.spoken() if self._as_of else 'today'}.", "dim"))
        elif name == "help":
            self._console.print(Text(_HELP, "dim"))
        else:
            raise PlainError(f"There is no command /{tame(name)}. /help lists them.")


async def _lines(prompt: str) -> AsyncIterator[str]:
    import asyncio

    if prompt:
        with suppress(ImportError):
            import readline  # noqa: F401  # gives input() its history and editing
    while True:
        try:
            line = await asyncio.to_thread(input, prompt)
        except (EOFError, KeyboardInterrupt):
            return
        except UnicodeDecodeError:
            raise PlainError("The input is not UTF-8 text. Save it as UTF-8.") from None
        yield line.strip()


def _date(text: str) -> PartialDate:
    try:
        return PartialDate.parse(text)
    except ValueError:
        raise PlainError(f"{tame(text)!r} is not a date. Write one like 2021, 2021-05 or 2021-05-16.") from None
