"""The one path from an exception to what a person reads.

A PlainError is shown as it stands. All else becomes a short apology with the id of an incident; what happened stands in
the log under the same id. The text of an exception never reaches a person.
"""

import math
import secrets
from collections.abc import Callable

import discord
import structlog
from discord import app_commands, ui

from bot.discord.card import RED, note
from bot.discord.text import escape
from index.errors import PlainError

_log = structlog.get_logger()


class Told(PlainError):
    """A PlainError whose text is Discord's markup: ours alone, with nothing in it that others wrote."""


Handler = Callable[[BaseException], str | None]


def words_for(error: BaseException, where: str) -> str:
    """What to tell the person, as Discord's markup. `where` names the command or the way of asking, for the log."""
    cause = _cause(error)
    for handler in _HANDLERS:
        words = handler(cause)
        if words is not None:
            return words
    return _incident(cause, where)


def error_card(error: BaseException, where: str) -> ui.LayoutView:
    """The same as a card."""
    return note(words_for(error, where), RED)


def _cause(error: BaseException) -> BaseException:
    return error.original if isinstance(error, app_commands.CommandInvokeError) else error


def _told(error: BaseException) -> str | None:
    return str(error) if isinstance(error, Told) else None


def _plain(error: BaseException) -> str | None:
    return escape(str(error)) if isinstance(error, PlainError) else None


def _cooldown(error: BaseException) -> str | None:
    if isinstance(error, app_commands.CommandOnCooldown):
        return f"That was too fast. Try again in {math.ceil(error.retry_after)} seconds."
    return None


def _check(error: BaseException) -> str | None:
    if isinstance(error, app_commands.NoPrivateMessage):
        return "This works only in a server."
    if isinstance(error, app_commands.CheckFailure):
        return "You may not use this here."
    return None


def _unknown(error: BaseException) -> str | None:
    if isinstance(error, app_commands.CommandNotFound | app_commands.CommandSignatureMismatch):
        return "This command has changed. Reload Discord (Ctrl+R), then try again."
    return None


# A CommandOnCooldown is a CheckFailure, so it comes first.
_HANDLERS: tuple[Handler, ...] = (_told, _plain, _cooldown, _check, _unknown)


def _incident(error: BaseException, where: str) -> str:
    incident = log_incident(error, where)
    return (
        "Sorry, something went wrong on my side. Try again; if it stays, tell whoever runs me "
        f"that it was incident `{incident}`."
    )


def log_incident(error: BaseException | None, where: str) -> str:
    """Write down all of an error, and return the id under which it stands in the log."""
    incident = secrets.token_hex(4)
    _log.error("incident", incident=incident, where=where, exc_info=error)
    return incident


class Tree(app_commands.CommandTree[discord.AutoShardedClient]):
    """The commands; whatever one of them raises is told to the one who used it."""

    async def on_error(
        self, interaction: discord.Interaction[discord.AutoShardedClient], error: app_commands.AppCommandError, /
    ) -> None:
        """Show the error in the place of the answer, and only to the person where nothing is shown yet."""
        where = f"/{interaction.command.qualified_name}" if interaction.command else "a command"
        view = error_card(error, where)
        try:
            if interaction.response.is_done():
                await interaction.edit_original_response(view=view)
            else:
                await interaction.response.send_message(view=view, ephemeral=True)
        except discord.HTTPException as failure:
            _log.warning("an error could not be shown", where=where, status=failure.status, code=failure.code)
