"""The commands. Each parses what was typed, asks the app, and shows what came back."""

import asyncio
import io
import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import Annotated, Any

import typer

from bot import corrections
from bot.app import today
from bot.logs import set_up_logs
from bot.settings import Settings, WrongSettings, load
from bot.terminal import corrections as correcting
from bot.terminal import jobs
from bot.terminal.screen import tame
from index.errors import PlainError

FAILED, WRONG_USAGE, WRONG_SETTINGS = 1, 2, 78  # 78 is EX_CONFIG of sysexits.h

# Typer has click inside it, as a copy of its own in later versions: its exceptions are reached through this one.
_UsageError: type[typer.BadParameter] = typer.BadParameter.__mro__[1]

app = typer.Typer(
    no_args_is_help=False,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Answers who-works-with-whom questions with word-for-word citations. "
    "Without a command: `run` where a token is set, else `chat`.",
)

correct = typer.Typer(
    no_args_is_help=False,
    rich_markup_mode=None,
    help="Correct what is made of articles. Their text stays as it is, and each correction can be undone.",
)
app.add_typer(correct, name="correct")

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]
AsOf = Annotated[str | None, typer.Option(metavar="DATE", help="Answer with what was published by then.")]
Organisation = Annotated[str, typer.Argument(metavar="ORGANISATION", help="By a name that articles have for it.")]
OneArticle = Annotated[str, typer.Argument(metavar="ARTICLE", help="Its id, address or whole title.")]
Server = Annotated[str, typer.Option(metavar="ID", help="Use the library of this Discord server.")]


@app.callback(invoke_without_command=True)
def _default(context: typer.Context) -> None:
    if context.invoked_subcommand is None:
        settings = load()
        _finish(jobs.run(settings) if settings.token else jobs.chat(settings, None), settings, "INFO")


@app.command()
def run() -> None:
    """Run the Discord bot."""
    settings = load()
    _finish(jobs.run(settings), settings, settings.log_level)


@app.command()
def chat(as_of: AsOf = None) -> None:
    """Have the same conversation in the terminal, or answer the questions on standard input, line by line."""
    _finish(jobs.chat(load(), as_of))


@app.command()
def invite() -> None:
    """Print the link that adds the bot to a server."""
    _finish(jobs.invite(load()))


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="The question, in quotation marks.")] = None,
    batch: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Answer each line of a .jsonl file, - for standard input.")
    ] = None,
    as_of: AsOf = None,
    after: Annotated[str | None, typer.Option(metavar="QUESTION", help="The question before, for a follow-up.")] = None,
    as_json: AsJson = False,
    server: Server = "shared",
) -> None:
    """Answer a question, or a file of questions."""
    if (question is None) == (batch is None):
        raise typer.BadParameter("Give either a question or --batch FILE.")
    if batch:
        if as_of or after:
            raise typer.BadParameter("--as-of and --after go with one question; in a batch they stand in each line.")
        _finish(jobs.ask_batch(load(), batch, server, as_json=as_json))
    else:
        _finish(jobs.ask(load(), question or "", as_of, after, server, as_json=as_json))


@app.command()
def rumours(
    organisation: Annotated[str | None, typer.Argument(help="Only rumours about this organisation.")] = None,
    since: Annotated[
        str | None, typer.Option(metavar="DATE|30d", help="Only from this date on, or so long ago.")
    ] = None,
    as_json: AsJson = False,
    server: Server = "shared",
) -> None:
    """List the latest rumours, and what became of them."""
    _finish(jobs.rumours(load(), organisation, since, server, as_json=as_json))


@app.command()
def partners(
    organisation: Annotated[str, typer.Argument(metavar="ORGANISATION", help="Whose partners.")],
    as_of: AsOf = None,
    as_json: AsJson = False,
    server: Server = "shared",
) -> None:
    """List who an organisation works with, what may come, and what is over."""
    _finish(jobs.partners(load(), organisation, as_of, server, as_json=as_json))


@app.command()
def timeline(
    organisation: Annotated[str, typer.Argument(metavar="ORGANISATION", help="Whose partnerships.")],
    other: Annotated[str | None, typer.Argument(metavar="ORGANISATION", help="Only those with this one.")] = None,
    as_json: AsJson = False,
    server: Server = "shared",
) -> None:
    """Show when partnerships began and ended, the earliest first."""
    _finish(jobs.timeline(load(), organisation, other, server, as_json=as_json))


@app.command()
def add(
    things: Annotated[list[str], typer.Argument(metavar="PATH|URL …", help="Files, folders or addresses of pages.")],
    title: Annotated[str | None, typer.Option(help="The article's title.")] = None,
    publisher: Annotated[str | None, typer.Option(help="Who published it.")] = None,
    published: Annotated[str | None, typer.Option(metavar="DATE", help="When: YYYY, YYYY-MM or YYYY-MM-DD.")] = None,
    url: Annotated[str | None, typer.Option(help="Where it stands on the web.")] = None,
    as_json: AsJson = False,
    server: Server = "shared",
) -> None:
    """Add articles: .md, .txt, .html, .json, .jsonl, a folder of those, or web pages."""
    _finish(jobs.add(load(), things, (title, publisher, published, url), server, as_json=as_json))


@app.command()
def remove(
    articles: Annotated[list[str], typer.Argument(metavar="ARTICLE …", help="Ids, addresses or whole titles.")],
    server: Server = "shared",
) -> None:
    """Remove articles."""
    _finish(jobs.remove(load(), articles, server))


@correct.command("alias")
def correct_alias(
    spelling: Annotated[str, typer.Argument(help="With a capital, articles must have it with one too.")],
    organisation: Organisation,
    server: Server = "shared",
) -> None:
    """Let a spelling stand for an organisation."""
    _finish(correcting.correct(load(), corrections.alias(spelling, organisation), server))


@correct.command("merge")
def correct_merge(
    name: Annotated[str, typer.Argument(help="The organisation that is the other by another name.")],
    organisation: Organisation,
    server: Server = "shared",
) -> None:
    """Let one organisation count as another."""
    _finish(correcting.correct(load(), corrections.merge(name, organisation), server))


@correct.command("hide")
def correct_hide(
    article: OneArticle,
    sentence: Annotated[str, typer.Argument(help="A piece of the sentence that makes the claim.")],
    pair: Annotated[
        list[str] | None, typer.Option(metavar="ORGANISATION", help="Given twice: the claim on these two.")
    ] = None,
    server: Server = "shared",
) -> None:
    """Let a sentence make no claim any more."""
    _finish(correcting.correct(load(), corrections.hide(article, sentence, pair or ()), server))


@correct.command("date")
def correct_date(
    article: OneArticle,
    published: Annotated[str, typer.Argument(metavar="DATE", help="YYYY, YYYY-MM or YYYY-MM-DD.")],
    server: Server = "shared",
) -> None:
    """Let an article have been published on another date."""
    _finish(correcting.correct(load(), corrections.redate(article, published, today()), server))


@correct.command("list")
def correct_list(as_json: AsJson = False, server: Server = "shared") -> None:
    """List the corrections with their numbers."""
    _finish(correcting.listed(load(), server, as_json=as_json))


@correct.command("undo")
def correct_undo(
    number: Annotated[int, typer.Argument(help="As `correct list` shows it.")], server: Server = "shared"
) -> None:
    """Take a correction back."""
    _finish(correcting.undo(load(), number, server))


@app.command()
def reindex(
    everything: Annotated[bool, typer.Option("--all", help="Even where nothing has changed.")] = False,
) -> None:
    """Cut and embed the articles again, after a change of model or version."""
    _finish(jobs.reindex(load(), everything=everything))


@app.command()
def status(as_json: AsJson = False, server: Server = "shared") -> None:
    """Show what the library holds."""
    _finish(jobs.status(load(), server, as_json=as_json))


@app.command()
def evaluate(
    articles: Annotated[Path, typer.Argument(metavar="ARTICLES", help="A .jsonl file of articles.")],
    questions: Annotated[Path, typer.Argument(metavar="QUESTIONS", help="A .jsonl file of questions with answers.")],
    as_json: AsJson = False,
) -> None:
    """Measure answers, beside plain retrieval, in a library of their own."""
    _finish(jobs.evaluate(load(), articles, questions, as_json=as_json))


@app.command()
def doctor() -> None:
    """Check the settings, the library, the model and the token."""
    _finish(jobs.doctor(load()))


def main() -> None:
    """Run the command line. Exit status: 0 done, 1 failed, 2 wrong usage, 78 wrong settings."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # whatever a terminal cannot show ends nothing
    try:
        code = app(standalone_mode=False)
        sys.exit(code if isinstance(code, int) else 0)
    except WrongSettings as error:
        _stop(str(error), WRONG_SETTINGS)
    except PlainError as error:
        _stop(str(error), FAILED)
    except _UsageError as error:
        _stop(f"{error.format_message()} See `rangefinder --help`.", WRONG_USAGE)
    except (typer.Abort, KeyboardInterrupt):
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()  # the reader has gone: nothing more to say
        sys.exit(FAILED)


def _finish(job: Coroutine[Any, Any, int], settings: Settings | None = None, level: str = "ERROR") -> None:
    set_up_logs(level, as_json=settings is not None and not sys.stderr.isatty())
    status_code = asyncio.run(job)
    if status_code:
        raise typer.Exit(status_code)


def _stop(words: str, code: int) -> None:
    sys.stderr.write(f"{tame(words)}\n")
    sys.exit(code)
