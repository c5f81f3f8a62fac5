"""Questions in messages: those that mention the bot, and direct messages."""

import re
from contextlib import AsyncExitStack, suppress

import discord
import structlog
from discord import ui

from bot.discord.about.render import how_to_ask
from bot.discord.asking.asker import Asker
from bot.discord.asking.render import answer_card
from bot.discord.errors import error_card
from bot.discord.people import owner_of

_log = structlog.get_logger()
_NO_HISTORY = 160002  # "Cannot reply without permission to read message history" (Opcodes and Status Codes)


class Listener:
    """Answers messages. Everything that goes wrong is said in the reply, or where there can be none, in the log."""

    def __init__(self, asker: Asker) -> None:
        self._asker = asker

    async def hear(self, message: discord.Message, me: discord.ClientUser) -> None:
        """Answer a message if it is a question to the bot."""
        question = question_in(message, me)
        if question is None:
            return
        async with AsyncExitStack() as stack:
            with suppress(discord.HTTPException):  # whoever may not type may not answer either, which is seen below
                await stack.enter_async_context(message.channel.typing())
            view = await self._view(message, question)
        await _reply(message, view)

    async def _view(self, message: discord.Message, question: str) -> ui.LayoutView:
        if not question:
            return how_to_ask()
        owner = owner_of(message.guild.id if message.guild else None)
        try:
            return answer_card(await self._asker.answer(question, user=message.author.id, owner=owner))
        except Exception as error:
            return error_card(error, "a message")


def question_in(message: discord.Message, me: discord.ClientUser) -> str | None:
    """What a message asks the bot, without the mention; empty for a bare mention, None where it is not for the bot.

    A mention of everybody or of a role is none of the bot: `mentions` holds only those who are named.
    """
    if message.author.bot or message.webhook_id is not None:
        return None
    if message.type not in (discord.MessageType.default, discord.MessageType.reply):
        return None
    if message.guild is not None and me not in message.mentions:
        return None
    return " ".join(re.sub(rf"<@!?{me.id}>", " ", message.content).split())


async def _reply(message: discord.Message, view: ui.LayoutView) -> None:
    """Answer under the message; without the reference where the history may not be read."""
    try:
        await _send(message, view, refer=True)
    except discord.HTTPException as error:
        if error.code == _NO_HISTORY:
            await _send_at_all(message, view)
        elif error.status == 400:
            await _send_at_all(message, error_card(error, "a message"))
        else:
            _give_up(message, error)


async def _send_at_all(message: discord.Message, view: ui.LayoutView) -> None:
    try:
        await _send(message, view, refer=False)
    except discord.HTTPException as error:
        _give_up(message, error)


async def _send(message: discord.Message, view: ui.LayoutView, *, refer: bool) -> None:
    if refer:
        reference = message.to_reference(fail_if_not_exists=False)
        await message.channel.send(view=view, reference=reference, mention_author=False)
    else:
        await message.channel.send(view=view)


def _give_up(message: discord.Message, error: discord.HTTPException) -> None:
    """Lost permissions, deleted channels, servers left: there is nobody to tell."""
    _log.info("a message could not be answered", channel=message.channel.id, status=error.status, code=error.code)
