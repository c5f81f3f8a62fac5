"""What each command does, with the settings and what was typed. Each returns an exit status."""

import re
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.text import Text

from bot.app import App, today
from bot.settings import Settings, WrongSettings
from bot.terminal import show
from bot.terminal.batch import batch_answers
from bot.terminal.chat import Chat
from bot.terminal.checkup import checkup
from bot.terminal.evaluate import evaluation, evaluation_json, evaluation_view
from bot.terminal.partnerships import partners_view, timeline_view
from bot.terminal.printing import err, out, print_json
from bot.terminal.screen import added_lines, answer_view, article_line, rumour_view, tame
from index.article import Article
from index.dates import PartialDate
from index.errors import PlainError
from index.indexing import Progress as Step
from index.indexing import Report
from index.reading import Hints, Refusal, is_address, read_path

_LISTED = 20


async def run(settings: Settings) -> int:
    """The Discord bot."""
    if settings.token is None:
        raise WrongSettings(
            "No token is set. Put the bot's token into RANGEFINDER_DISCORD_TOKEN or `.env`; "
            "`rangefinder chat` needs none."
        )
    from bot.discord import serve

    async with App.open(settings) as app:
        with _bar("Starter articles") as report:
            await app.bring_starters(report)
        await app.library.vectors(["The first text loads the model: no member should wait for that."])
        return await serve(app, settings)


async def chat(settings: Settings, as_of: str | None) -> int:
    """The conversation in the terminal."""
    date_asked = _date(as_of, "--as-of")
    async with App.open(settings) as app:
        with _bar("Starter articles") as report:
            await app.bring_starters(report)
        await Chat(app, out, as_of=date_asked).run()
    return 0


async def invite(settings: Settings) -> int:
    """The invitation link."""
    if settings.token is None:
        raise WrongSettings("No token is set: the link is made from it. Put it into RANGEFINDER_DISCORD_TOKEN.")
    from bot.discord import application_id_of, invite_link

    sys.stdout.write(invite_link(application_id_of(settings.token)) + "\n")
    return 0


async def ask(
    settings: Settings, question: str, as_of: str | None, after: str | None, server: str, *, as_json: bool
) -> int:
    """One answer."""
    date_asked = _date(as_of, "--as-of")
    async with App.open(settings) as app:
        start = time.perf_counter()
        answer = await app.ask(question, owner=server, as_of=date_asked, after=after)
        if as_json:
            print_json(show.answer_json(answer, took=time.perf_counter() - start))
        else:
            out.print(answer_view(answer))
    return 0


async def ask_batch(settings: Settings, batch: Path, server: str, *, as_json: bool) -> int:
    """One answer a line."""
    failed = 0
    async with App.open(settings) as app:
        async for answered in batch_answers(app, _questions(batch), server):
            if isinstance(answered, Refusal):
                failed = 1
                _complain([answered])
            elif as_json:
                print_json(answered.as_json())
            else:
                out.print(Text(f"> {tame(answered.question)}", "bold"))
                out.print(answered.view())
    return failed


async def rumours(
    settings: Settings, organisation: str | None, since: str | None, server: str, *, as_json: bool
) -> int:
    """The latest rumours."""
    first = _since(since) if since else None
    async with App.open(settings) as app:
        found = await app.rumours(owner=server, organisation=organisation, since=first, most=_LISTED)
    if as_json:
        print_json([show.rumour_json(rumour) for rumour in found])
    elif not found:
        out.print(Text("I know of no such rumour."))
    for rumour in [] if as_json else found:
        out.print(rumour_view(rumour))
    return 0


async def partners(settings: Settings, organisation: str, as_of: str | None, server: str, *, as_json: bool) -> int:
    """Where an organisation's partnerships stand."""
    date_asked = _date(as_of, "--as-of")
    async with App.open(settings) as app:
        found = await app.partners(organisation, owner=server, as_of=date_asked)
    if as_json:
        print_json([show.partnership_json(one) for one in found.partnerships])
    else:
        out.print(partners_view(found, date_asked))
    return 0


async def timeline(settings: Settings, organisation: str, other: str | None, server: str, *, as_json: bool) -> int:
    """When an organisation's partnerships began and ended."""
    async with App.open(settings) as app:
        found = await app.timeline(organisation, other, owner=server)
    if as_json:
        print_json([show.partnership_json(one) for one in found.partnerships])
    else:
        out.print(timeline_view(found))
    return 0


async def add(
    settings: Settings,
    things: Sequence[str],
    about: tuple[str | None, str | None, str | None, str | None],
    server: str,
    *,
    as_json: bool,
) -> int:
    """Articles in. 1 where anything was refused, after the rest went in."""
    title, publisher, published, url = about
    hints = Hints(title=title, publisher=publisher, published=_date(published, "--published"), url=url)
    if len(things) > 1 and (title or url):
        raise PlainError("--title and --url belong to one article. Add it by itself.")
    async with App.open(settings) as app:
        readings = [one for thing in things for one in await _read(app, thing, hints, settings)]
        with _bar("Adding") as report:
            added = await app.add(readings, owner=server, report=report)
    _complain(added.refusals)
    if as_json:
        refused = [{"where": r.where, "reason": r.reason} for r in added.refusals]
        counts = {"new": added.new, "changed": added.changed, "unchanged": added.unchanged, "refused": refused}
        print_json(counts)
    else:
        for line in added_lines(added):
            out.print(Text(line))
    return 1 if added.refusals else 0


async def remove(settings: Settings, articles: Sequence[str], server: str) -> int:
    """Articles out."""
    async with App.open(settings) as app:
        for stored in await app.remove(articles, owner=server):
            out.print(Text(f"removed {article_line(stored)}"))
    return 0


async def reindex(settings: Settings, *, everything: bool) -> int:
    """Passages, vectors and claims made anew."""
    async with App.open(settings) as app:
        with _bar("Reindexing") as report:
            made = await app.reindex(everything=everything, report=report)
    out.print(Text(f"{made} articles indexed anew" if made else "nothing to do: the index is up to date"))
    return 0


async def status(settings: Settings, server: str, *, as_json: bool) -> int:
    """What the library holds."""
    async with App.open(settings) as app:
        found = await app.status(server)
    table = show.status_json(found)
    if as_json:
        print_json(table)
    else:
        for name, value in table.items():
            out.print(Text(f"{name:<11}{'none' if value is None else value}"))
    return 0


async def evaluate(settings: Settings, articles: Path, questions: Path, *, as_json: bool) -> int:
    """How good the answers are. 1 where an article or a question was refused, after the rest was counted."""
    with _bar("Adding, then asking") as report:
        found = await evaluation(settings, articles, questions, report)
    _complain(found.refusals)
    if as_json:
        print_json(evaluation_json(found))
    else:
        out.print(evaluation_view(found))
    return 1 if found.refusals else 0


async def doctor(settings: Settings) -> int:
    """Every check in one line; 1 where one failed."""
    fine = True
    async for check in checkup(settings):
        fine = fine and check.passed
        out.print(Text("ok    " if check.passed else "FAULT ", "green" if check.passed else "red") + Text(check.words))
    return 0 if fine else 1


async def _read(app: App, thing: str, hints: Hints, settings: Settings) -> list[Article | Refusal]:
    if is_address(thing):
        return [await app.read_page(thing, hints)]
    return list(read_path(Path(thing), today=today(), hints=hints, most_bytes=settings.bytes_per_article))


def _questions(batch: Path) -> Iterator[str]:
    try:
        if str(batch) == "-":
            yield from sys.stdin
        else:
            with batch.open(encoding="utf-8") as lines:
                yield from lines
    except (OSError, UnicodeDecodeError):
        raise PlainError(f"{batch} cannot be read. Name a UTF-8 file with one JSON object a line.") from None


def _complain(refusals: Iterable[Refusal]) -> None:
    for refusal in refusals:
        err.print(Text(tame(str(refusal)).replace("\n", " ")))


def _date(text: str | None, name: str) -> PartialDate | None:
    if text is None:
        return None
    try:
        return PartialDate.parse(text)
    except ValueError:
        raise PlainError(f"{name}: {text!r} is not a date. Write one like 2021, 2021-05 or 2021-05-16.") from None


def _since(text: str) -> date:
    """`30d`, `12w`, `6m`, `2y` ago, or a date."""
    match = re.fullmatch(r"(\d{1,5})([dwmy])", text.strip())
    if match is None:
        asked = _date(text, "--since")
        assert asked
        return asked.first
    days = int(match.group(1)) * {"d": 1, "w": 7, "m": 30, "y": 365}[match.group(2)]
    return max(date(1, 1, 1), today() - timedelta(days=min(days, (today() - date(1, 1, 1)).days)))


@contextmanager
def _bar(title: str) -> Iterator[Report]:
    """A progress bar on standard error, gone when it is done; nothing where nobody watches."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as progress:
        task = progress.add_task(title, total=None, visible=False)

        def report(step: Step) -> None:
            progress.update(task, completed=step.done, total=step.total, visible=True)

        yield report
