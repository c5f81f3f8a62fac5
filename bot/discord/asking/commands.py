"""`/ask`."""

from typing import Any

from discord import app_commands

from bot.discord.asking.asker import Asker, as_of_date
from bot.discord.asking.render import answer_card
from bot.discord.limits import LONGEST_QUESTION
from bot.discord.people import Interaction, owner_of
from bot.discord.reply import Reply


def ask_command(asker: Asker) -> app_commands.Command[Any, ..., None]:
    """The command; it shows "thinking" at once and the answer in its place."""

    @app_commands.command(name="ask", description="Ask who works with whom; the answer comes with quotes")
    @app_commands.describe(
        question="For example: is Leica still with Huawei?",
        as_of="Answer with what was published up to this date: 2021, 2021-05 or 2021-05-16",
        private="Show the answer only to you",
    )
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)
    @app_commands.allowed_installs(guilds=True, users=False)
    async def ask(
        interaction: Interaction,
        question: app_commands.Range[str, 1, LONGEST_QUESTION],
        as_of: app_commands.Range[str, 4, 10] | None = None,
        private: bool = False,
    ) -> None:
        date = as_of_date(as_of)
        reply = await Reply.deferred(interaction, private=private)
        answer = await asker.answer(
            question, user=interaction.user.id, owner=owner_of(interaction.guild_id), as_of=date
        )
        await reply.show(answer_card(answer, echo=True))

    return ask
