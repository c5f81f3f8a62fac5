"""`/library add`, `remove`, `reindex`, `status`: for moderators, on their server's own articles."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import discord
from discord import app_commands

from bot.discord.library.handover import Readings, from_address, from_file
from bot.discord.library.progress import shown_progress
from bot.discord.library.render import added_card, reindexed_card, removed_card, status_card
from bot.discord.limits import LONGEST_WANTED
from bot.discord.people import Interaction, moderated_server
from bot.discord.reply import Reply
from index.article import Article, Owner
from index.errors import PlainError

if TYPE_CHECKING:
    from bot.app import App


class LibraryCommands(app_commands.Group):
    """The articles of one server. Every command checks the permission itself."""

    def __init__(self, app: "App") -> None:
        super().__init__(
            name="library",
            description="This server's articles",
            default_permissions=discord.Permissions(manage_guild=True),
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=False, private_channel=False),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
        )
        self._app = app
        self._busy: set[Owner] = set()
        self._one_file = asyncio.Semaphore(1)  # a file of records may be large: one at a time is held in memory

    @app_commands.command(description="Add a web page, or a file of articles")
    @app_commands.describe(
        address="The address of a page with one article", file="A .md, .txt, .html, .json or .jsonl file"
    )
    async def add(
        self,
        interaction: Interaction,
        address: app_commands.Range[str, 1, LONGEST_WANTED] | None = None,
        file: discord.Attachment | None = None,
    ) -> None:
        """Raises PlainError unless exactly one of the two is given."""
        owner = moderated_server(interaction)
        if (address is None) == (file is None):
            raise PlainError("Give either an address or a file.")
        with self._alone(owner):
            reply = await Reply.deferred(interaction)
            turn = self._one_file if file else nullcontext()
            async with shown_progress(reply, "Adding articles") as report, turn:
                readings = await self._readings(address, file)
                added = await self._app.add(readings, owner=owner, added_by=str(interaction.user.id), report=report)
            await reply.show(added_card(added, _titles(readings, owner)))

    async def _readings(self, address: str | None, file: discord.Attachment | None) -> Readings:
        if file is not None:
            return await from_file(self._app, file, datetime.now(UTC).date())
        assert address is not None
        return await from_address(self._app, address)

    @app_commands.command(description="Take one of this server's articles out")
    @app_commands.describe(article="Its id, its address or its whole title")
    async def remove(self, interaction: Interaction, article: app_commands.Range[str, 1, LONGEST_WANTED]) -> None:
        """Raises PlainError where this server has no such article; shared ones are not its own."""
        owner = moderated_server(interaction)
        reply = await Reply.deferred(interaction)
        await reply.show(removed_card(await self._app.remove([article], owner=owner)))

    @app_commands.command(description="Make the index anew where the model or its settings have changed")
    async def reindex(self, interaction: Interaction) -> None:
        """The old index answers until the new one is there."""
        owner = moderated_server(interaction)
        with self._alone(owner):
            reply = await Reply.deferred(interaction)
            async with shown_progress(reply, "Making the index anew") as report:
                made = await self._app.reindex(report=report)
            await reply.show(reindexed_card(made))

    @app_commands.command(description="What the library of this server holds")
    async def status(self, interaction: Interaction) -> None:
        """Counts, the model and the engine."""
        owner = moderated_server(interaction)
        reply = await Reply.deferred(interaction)
        await reply.show(status_card(await self._app.status(owner)))

    @contextmanager
    def _alone(self, owner: Owner) -> Iterator[None]:
        """One long work at a time for each server, so that nobody piles up uploads in memory."""
        if owner in self._busy:
            raise PlainError("This server's library is being changed already. Wait until that is done.")
        self._busy.add(owner)
        try:
            yield
        finally:
            self._busy.discard(owner)


def _titles(readings: Readings, owner: Owner) -> dict[str, str]:
    return {one.id_for(owner): one.title for one in readings if isinstance(one, Article)}
