"""The loopback Discord, each thing that it enforces proved with an unmodified discord.py."""

import asyncio
import io
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import discord
import pytest
from discord import app_commands, ui
from discord.http import Route

from tests.loopback import (
    Channel,
    DidNotRespondError,
    Guild,
    LoopbackDiscord,
    Permission,
    Person,
    Pings,
    RefusedError,
    Upload,
    pointed_at,
)
from tests.loopback.conformance import AVAILABLE, LEFT_OUT
from tests.loopback.fixtures import loopback_discord  # noqa: F401

MINIMAL = discord.Intents(guilds=True, guild_messages=True, dm_messages=True)


class Bot(discord.AutoShardedClient):
    """Repeats what is said to it, and has the commands that a test hangs on its tree."""

    def __init__(self, intents: discord.Intents = MINIMAL, **options: Any) -> None:
        options.setdefault("allowed_mentions", discord.AllowedMentions.none())
        super().__init__(intents=intents, guild_ready_timeout=0.01, **options)
        self.tree: app_commands.CommandTree[Bot] = app_commands.CommandTree(self)
        self.heard: asyncio.Queue[discord.Message] = asyncio.Queue()
        self.events: asyncio.Queue[str] = asyncio.Queue()

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Spares the five seconds that discord.py waits between shards."""

    async def setup_hook(self) -> None:
        if self.tree.get_commands() or self.tree.get_commands(type=discord.AppCommandType.message):
            await self.tree.sync()

    async def on_message(self, message: discord.Message) -> None:
        assert self.user is not None
        if message.author == self.user:
            return
        self.heard.put_nowait(message)
        if self.user in message.mentions or message.guild is None:
            await message.reply(f"You said: {message.content}")

    async def on_guild_join(self, guild: discord.Guild) -> None:
        self.events.put_nowait(f"joined {guild.name}")

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        self.events.put_nowait(f"left {guild.name}")

    async def on_resumed(self) -> None:
        self.events.put_nowait("resumed")


@asynccontextmanager
async def running(server: LoopbackDiscord, bot: Bot) -> AsyncIterator[None]:
    """The bot, connected and ready; closed again afterwards."""
    async with bot:
        task = asyncio.create_task(bot.start(server.token))
        await server.bot_is_connected()
        await asyncio.wait_for(bot.wait_until_ready(), 10)
        yield
    await task


@dataclass
class Club:
    """A guild with one channel and one member."""

    guild: Guild
    channel: Channel
    alice: Person


@pytest.fixture
def club(discord_server: LoopbackDiscord) -> Club:
    guild = discord_server.add_guild("Camera club")
    alice = discord_server.add_user("alice")
    guild.join(alice)
    return Club(guild, guild.add_text_channel("general"), alice)


async def code_of(doing: Awaitable[Any]) -> int:
    """Discord's error code for what fails, 0 for what does not."""
    try:
        await doing
    except discord.HTTPException as refused:
        return refused.code
    return 0


async def soon(waiting: Awaitable[Any]) -> Any:
    return await asyncio.wait_for(waiting, 10)


def says(view_text: str, *items: ui.Item[Any]) -> ui.LayoutView:
    """A Components V2 message."""
    view = ui.LayoutView(timeout=60)
    view.add_item(ui.TextDisplay(view_text))
    for item in items:
        view.add_item(ui.ActionRow(item))
    return view


# messages and intents


async def test_a_mention_is_answered_without_the_content_intent(discord_server: LoopbackDiscord, club: Club) -> None:
    async with running(discord_server, Bot()):
        asked = await club.alice.says(club.channel, f"{discord_server.bot.mention} is leica still with huawei?")
        reply = await discord_server.next_message(club.channel, after=asked)
    assert reply.text.endswith("is leica still with huawei?")
    assert reply.reply_to is asked


@pytest.mark.parametrize(("granted", "content"), [(False, ""), (True, "hello all")])
async def test_other_messages_have_content_only_with_the_intent(
    discord_server: LoopbackDiscord, club: Club, granted: bool, content: str
) -> None:
    bot = Bot(discord.Intents(guilds=True, guild_messages=True, message_content=granted))
    async with running(discord_server, bot):
        await club.alice.says(club.channel, "hello all", files=[Upload("a.txt", b"a")])
        heard = await soon(bot.heard.get())
    assert heard.content == content
    assert len(heard.attachments) == int(granted)


async def test_a_direct_message_is_answered(discord_server: LoopbackDiscord, club: Club) -> None:
    async with running(discord_server, Bot()):
        asked = await club.alice.direct_message("who works with Zeiss?")
        reply = await discord_server.next_message(club.alice.direct, after=asked)
    assert reply.text == "You said: who works with Zeiss?"


async def test_messages_come_only_with_their_intent(discord_server: LoopbackDiscord, club: Club) -> None:
    bot = Bot(discord.Intents(guilds=True, dm_messages=True))
    async with running(discord_server, bot):
        await club.alice.says(club.channel, "in the guild")
        await club.alice.direct_message("in private")
        assert (await soon(bot.heard.get())).content == "in private"


async def test_a_privileged_intent_must_be_granted(club: Club, discord_server: LoopbackDiscord) -> None:
    async with Bot(discord.Intents(guilds=True, members=True)) as bot:
        with pytest.raises(discord.PrivilegedIntentsRequired):
            await soon(bot.start(discord_server.token))


async def test_a_wrong_token_is_refused(discord_server: LoopbackDiscord) -> None:
    async with Bot() as bot:
        with pytest.raises(discord.LoginFailure):
            await soon(bot.start("wrong"))


async def test_members_may_write_only_where_they_are_allowed(discord_server: LoopbackDiscord, club: Club) -> None:
    club.channel.set(club.guild.everyone, deny=Permission.SEND_MESSAGES)
    with pytest.raises(RefusedError, match="SEND_MESSAGES"):
        await club.alice.says(club.channel, "hello?")


# interactions


async def test_a_deferred_answer_is_waited_for(discord_server: LoopbackDiscord, club: Club) -> None:
    bot = Bot()

    @bot.tree.command(description="Ask.")
    async def ask(interaction: discord.Interaction, question: str, private: bool = False) -> None:
        await interaction.response.defer(thinking=True, ephemeral=private)
        await interaction.edit_original_response(view=says(f"**No.** {question}"))

    async with running(discord_server, bot):
        shown = await club.alice.slash(club.channel, "ask", question="is leica still with huawei?")
        hidden = await club.alice.slash(club.channel, "ask", question="and zeiss?", private=True)
    assert shown.deferred
    assert shown.text == "**No.** is leica still with huawei?"
    assert not shown.ephemeral
    assert hidden.ephemeral


async def test_an_ephemeral_answer_is_seen_by_its_asker_alone(discord_server: LoopbackDiscord, club: Club) -> None:
    bot = Bot()
    bob = discord_server.add_user("bob")
    club.guild.join(bob)

    @bot.tree.command(description="Whisper.")
    async def whisper(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("psst", ephemeral=True, view=says_button("Louder"))

    def says_button(label: str) -> ui.View:
        view = ui.View()
        view.add_item(ui.Button(label=label, custom_id="louder"))
        return view

    async with running(discord_server, bot):
        whispered = await club.alice.slash(club.channel, "whisper")
        unread = bot.get_partial_messageable(club.channel.id).fetch_message(whispered.message.id)
        assert await code_of(unread) == 10008
    assert whispered.message in club.alice.sees(club.channel)
    assert whispered.message not in bob.sees(club.channel)
    with pytest.raises(RefusedError, match="bob does not see"):
        await bob.press(whispered, "Louder")


async def test_a_late_first_response_finds_no_interaction(discord_server: LoopbackDiscord, club: Club) -> None:
    bot, release, outcome = Bot(), asyncio.Event(), asyncio.Queue[int]()

    @bot.tree.command(description="Think for too long.")
    async def slow(interaction: discord.Interaction) -> None:
        await release.wait()
        outcome.put_nowait(await code_of(interaction.response.send_message("at last")))

    async with running(discord_server, bot):
        response = await club.alice.slash(club.channel, "slow", wait=False)
        discord_server.clock.advance(3)
        with pytest.raises(DidNotRespondError):
            await response.settled()
        release.set()
        assert await soon(outcome.get()) == 10062


async def test_an_interaction_is_acknowledged_once(discord_server: LoopbackDiscord, club: Club) -> None:
    bot, outcome = Bot(), asyncio.Queue[int]()

    @bot.tree.command(description="Answer twice.")
    async def twice(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("one")
        interaction.response._response_type = None  # discord.py would notice by itself
        outcome.put_nowait(await code_of(interaction.response.send_message("two")))

    async with running(discord_server, bot):
        assert (await club.alice.slash(club.channel, "twice")).text == "one"
        assert await soon(outcome.get()) == 40060


async def test_a_token_lives_for_15_minutes(discord_server: LoopbackDiscord, club: Club) -> None:
    bot, release, outcome = Bot(), asyncio.Event(), asyncio.Queue[int]()

    @bot.tree.command(description="Answer and answer again.")
    async def again(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("one")
        await release.wait()
        outcome.put_nowait(await code_of(interaction.edit_original_response(content="two")))
        outcome.put_nowait(await code_of(interaction.followup.send("three")))

    async with running(discord_server, bot):
        response = await club.alice.slash(club.channel, "again")
        discord_server.clock.advance(15 * 60)
        release.set()
        assert [await soon(outcome.get()), await soon(outcome.get())] == [50027, 50027]
    assert response.text == "one"


async def test_the_first_follow_up_fills_a_deferral(discord_server: LoopbackDiscord, club: Club) -> None:
    bot = Bot()

    @bot.tree.command(description="Defer, then follow up.")
    async def follow(interaction: discord.Interaction) -> None:
        await interaction.response.defer(thinking=True, ephemeral=True)
        await interaction.followup.send("one")
        await interaction.followup.send("two")

    async with running(discord_server, bot):
        response = await club.alice.slash(club.channel, "follow")
        await response.until(lambda shown: len(shown.followups) == 1)
    assert (response.text, response.ephemeral) == ("one", True)
    assert (response.followups[0].text, response.followups[0].ephemeral) == ("two", False)


async def test_a_command_works_in_direct_messages(discord_server: LoopbackDiscord, club: Club) -> None:
    bot = Bot()

    @bot.tree.command(description="Where is this?")
    async def where(interaction: discord.Interaction) -> None:
        await interaction.response.send_message(f"guild: {interaction.guild_id}")

    async with running(discord_server, bot):
        assert (await club.alice.slash(club.alice.direct, "where")).text == "guild: None"


async def test_a_message_menu_carries_its_message(discord_server: LoopbackDiscord, club: Club) -> None:
    bot = Bot()

    @bot.tree.context_menu(name="Ask about this")
    async def about(interaction: discord.Interaction, message: discord.Message) -> None:
        await interaction.response.send_message(f"about: {message.content}", ephemeral=True)

    async with running(discord_server, bot):
        message = await club.alice.says(club.channel, "leica and xiaomi, still?")
        assert (await club.alice.uses_menu("Ask about this", message)).text == "about: leica and xiaomi, still?"


# buttons, selects, modals


class Follow(ui.Modal, title="Follow up"):
    """A question and a file."""

    question: ui.Label[Any] = ui.Label(text="Your question", component=ui.TextInput(max_length=20))
    article: ui.Label[Any] = ui.Label(text="An article", component=ui.FileUpload(required=False))

    async def on_submit(self, interaction: discord.Interaction) -> None:
        assert isinstance(self.question.component, ui.TextInput)
        assert isinstance(self.article.component, ui.FileUpload)
        files = [(await file.read()).decode() for file in self.article.component.values]
        await interaction.response.send_message(f"{self.question.component.value} {files}")


class FollowButton(ui.Button[Any]):
    """Opens the modal."""

    async def callback(self, interaction: discord.Interaction) -> None:
        await interaction.response.send_modal(Follow())


class NextButton(ui.Button[Any]):
    """Turns the page."""

    async def callback(self, interaction: discord.Interaction) -> None:
        await interaction.response.edit_message(view=says("page 2"))


class Picker(ui.Select[Any]):
    """Tells what was picked, after a silent deferral."""

    async def callback(self, interaction: discord.Interaction) -> None:
        await interaction.response.defer()
        await interaction.edit_original_response(view=says(f"picked {self.values}"))


def bot_with_items() -> Bot:
    bot = Bot()

    @bot.tree.command(description="Show everything.")
    async def show(interaction: discord.Interaction) -> None:
        options = [discord.SelectOption(label="Leica", value="l"), discord.SelectOption(label="Zeiss", value="z")]
        items = [FollowButton(label="Follow up"), NextButton(label="Next"), Picker(options=options)]
        dead = ui.Button[Any](label="Dead", disabled=True)
        await interaction.response.send_message(view=says("page 1", *items, dead))

    return bot


async def test_a_button_opens_a_modal_that_is_filled_in(discord_server: LoopbackDiscord, club: Club) -> None:
    async with running(discord_server, bot_with_items()):
        shown = await club.alice.slash(club.channel, "show")
        opened = await club.alice.press(shown, "Follow up")
        assert opened.modal.title == "Follow up"
        values = {"Your question": "and Sharp?", "An article": Upload("sharp.txt", b"Sharp and Leica")}
        answer = await club.alice.submits(opened, values)
        assert answer.text == "and Sharp? ['Sharp and Leica']"
        with pytest.raises(RefusedError, match="needs 'Your question'"):
            await club.alice.submits(opened)
        with pytest.raises(RefusedError, match="21 characters"):
            await club.alice.submits(opened, {"Your question": "x" * 21})


async def test_a_button_changes_its_message(discord_server: LoopbackDiscord, club: Club) -> None:
    async with running(discord_server, bot_with_items()):
        shown = await club.alice.slash(club.channel, "show")
        with pytest.raises(RefusedError, match="disabled"):
            await club.alice.press(shown, "Dead")
        turned = await club.alice.press(shown, "Next")
    assert turned.message is shown.message
    assert shown.text == "page 2"
    assert shown.buttons == []


async def test_a_select_is_chosen_from(discord_server: LoopbackDiscord, club: Club) -> None:
    async with running(discord_server, bot_with_items()):
        shown = await club.alice.slash(club.channel, "show")
        await club.alice.chooses(shown, "Zeiss")
        await shown.until(lambda now: now.text == "picked ['z']")


# what the driver refuses, and autocompletion


def bot_with_options() -> Bot:
    bot = Bot()
    group = app_commands.Group(name="rumours", description="Rumours.")

    @group.command(description="The latest.")
    async def latest(interaction: discord.Interaction, organisation: app_commands.Range[str, 2, 10], days: int) -> None:
        await interaction.response.send_message(f"{organisation}, {days} days")

    @latest.autocomplete("organisation")
    async def complete(interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        names = [name for name in ("Leica", "Leitz", "Zeiss") if name.lower().startswith(typed.lower())]
        return [app_commands.Choice(name=name, value=name.lower()) for name in names]

    bot.tree.add_command(group)

    @bot.tree.command(description="Settings.")
    @app_commands.default_permissions(manage_guild=True)
    @app_commands.guild_only()
    async def configure(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("configured" if interaction.permissions.manage_guild else "no")

    return bot


async def test_subcommands_and_autocompletion(discord_server: LoopbackDiscord, club: Club) -> None:
    async with running(discord_server, bot_with_options()):
        choices = await club.alice.autocompletes(club.channel, "rumours latest", organisation="lei")
        answer = await club.alice.slash(club.channel, "rumours latest", organisation="leica", days=30)
    assert [(choice.name, choice.value) for choice in choices] == [("Leica", "leica"), ("Leitz", "leitz")]
    assert answer.text == "leica, 30 days"


@pytest.mark.parametrize(
    ("command", "options", "why"),
    [
        ("nothing", {}, "no command 'nothing' is registered"),
        ("rumours", {}, "has subcommands"),
        ("rumours oldest", {}, "no subcommand 'oldest'"),
        ("rumours latest", {"organisation": "leica", "days": 1, "colour": "red"}, "has no option colour"),
        ("rumours latest", {"organisation": "leica"}, "needs days"),
        ("rumours latest", {"organisation": "x" * 11, "days": 1}, "11 characters, 2 to 10 allowed"),
        ("rumours latest", {"organisation": "leica", "days": "many"}, "not of the option's type"),
        ("configure", {}, "does not show 'configure' to alice"),
    ],
)
async def test_a_client_refuses(
    discord_server: LoopbackDiscord, club: Club, command: str, options: dict[str, Any], why: str
) -> None:
    async with running(discord_server, bot_with_options()):
        with pytest.raises(RefusedError, match=why):
            await club.alice.slash(club.channel, command, options)


async def test_a_command_for_moderators(discord_server: LoopbackDiscord, club: Club) -> None:
    moderator = discord_server.add_user("mia")
    club.guild.join(moderator, club.guild.add_role("moderators", Permission.MANAGE_GUILD))
    async with running(discord_server, bot_with_options()):
        assert (await moderator.slash(club.channel, "configure")).text == "configured"
        assert (await club.alice.slash(club.channel, "configure", force=True)).text == "no"
        with pytest.raises(RefusedError, match="does not show"):
            await moderator.slash(moderator.direct, "configure")


# pings, permissions, limits


async def test_a_message_pings_what_it_mentions_unless_told_not_to(discord_server: LoopbackDiscord, club: Club) -> None:
    role = club.guild.add_role("fans")
    text = f"@everyone {club.alice.mention} {role.mention}"
    careless = Bot(allowed_mentions=None)
    async with running(discord_server, careless):
        channel = careless.get_partial_messageable(club.channel.id)
        await channel.send(text)
        await channel.send(view=says(text))
        await channel.send(text, allowed_mentions=discord.AllowedMentions(users=True, everyone=False, roles=False))
        await channel.send(text, allowed_mentions=discord.AllowedMentions.none())
    every = Pings(frozenset({club.alice.id}), frozenset({role.id}), everyone=True)
    some = Pings(users=frozenset({club.alice.id}))
    assert [each.pings for each in discord_server.bot_messages()] == [every, every, some, Pings()]


async def test_the_bot_does_only_what_it_may(discord_server: LoopbackDiscord, club: Club) -> None:
    hidden, silent = club.guild.add_text_channel("hidden"), club.guild.add_text_channel("silent")
    hidden.set(club.guild.everyone, deny=Permission.VIEW_CHANNEL)
    hidden.set(discord_server.bot, deny=Permission.VIEW_CHANNEL)
    silent.set(discord_server.bot, deny=Permission.SEND_MESSAGES)
    said = await club.alice.says(club.channel, "mine")
    bot = Bot()
    async with running(discord_server, bot):
        assert await code_of(bot.get_partial_messageable(hidden.id).send("x")) == 50001
        assert await code_of(bot.get_partial_messageable(silent.id).send("x")) == 50013
        assert await code_of(bot.get_partial_messageable(1).send("x")) == 10003
        general = bot.get_partial_messageable(club.channel.id)
        assert await code_of(general.get_partial_message(1).edit(content="x")) == 10008
        assert await code_of(general.get_partial_message(said.id).edit(content="x")) == 50005
        assert await code_of(general.get_partial_message(said.id).delete()) == 50013
        club.alice.accepts_direct_messages = False
        assert await code_of(bot.get_partial_messageable(club.alice.direct.id).send("x")) == 50007


def v2(*components: dict[str, Any]) -> dict[str, Any]:
    return {"flags": 1 << 15, "components": list(components)}


def row(*components: dict[str, Any]) -> dict[str, Any]:
    return {"type": 1, "components": list(components)}


def text(content: str) -> dict[str, Any]:
    return {"type": 10, "content": content}


def link(url: str, label: str = "Read") -> dict[str, Any]:
    return {"type": 2, "style": 5, "label": label, "url": url}


def button(custom_id: str) -> dict[str, Any]:
    return {"type": 2, "style": 1, "label": "Go", "custom_id": custom_id}


def select(count: int) -> dict[str, Any]:
    options = [{"label": str(number), "value": str(number)} for number in range(count)]
    return {"type": 3, "custom_id": "pick", "options": options}


ADDRESS = "https://example.org/"


@pytest.mark.parametrize(
    ("body", "where"),
    [
        pytest.param({"content": "x" * 2001}, "content", id="content"),
        pytest.param(v2(text("x" * 2001), text("x" * 2000)), "components", id="V2 text"),
        pytest.param(v2(*(text("x") for _ in range(41))), "components", id="41 components"),
        pytest.param(v2(text("x")) | {"content": "x"}, "content", id="content beside V2"),
        pytest.param(v2(text("x")) | {"embeds": [{"title": "x"}]}, "embeds", id="embeds beside V2"),
        pytest.param({"components": [text("x")]}, "components", id="V2 components without the flag"),
        pytest.param(v2(row(link(ADDRESS.ljust(513, "x")))), "components", id="button address"),
        pytest.param(v2(row(link("javascript:alert()"))), "components", id="button scheme"),
        pytest.param(v2(row(link(ADDRESS, "x" * 81))), "components", id="button label"),
        pytest.param(v2(row(button("x" * 101))), "components", id="custom_id"),
        pytest.param(v2(row(button("x"), button("x"))), "components", id="same custom_id"),
        pytest.param(v2(row(*(button(str(number)) for number in range(6)))), "components", id="6 buttons"),
        pytest.param(v2(row(select(26))), "components", id="26 options"),
        pytest.param({"embeds": [{"description": "x" * 4000}, {"description": "x" * 2001}]}, "embeds", id="embeds"),
    ],
)
async def test_what_is_too_much_is_refused(
    discord_server: LoopbackDiscord, club: Club, body: dict[str, Any], where: str
) -> None:
    """Asked before the bot connects: only the request counts."""
    bot = Bot()
    async with bot:
        await bot.login(discord_server.token)
        post = Route("POST", "/channels/{channel_id}/messages", channel_id=club.channel.id)
        with pytest.raises(discord.HTTPException) as refused:
            await bot.http.request(post, json=body)
    assert (refused.value.status, refused.value.code) == (400, 50035)
    assert f"In {where}" in str(refused.value)
    discord_server.violations.forgive("^request POST", must_be=False)


async def test_an_empty_message_is_refused(discord_server: LoopbackDiscord, club: Club) -> None:
    bot = Bot()
    async with running(discord_server, bot):
        assert await code_of(bot.get_partial_messageable(club.channel.id).send("")) == 50006


async def test_a_nonce_is_posted_once(discord_server: LoopbackDiscord, club: Club) -> None:
    bot = Bot()
    async with running(discord_server, bot):
        channel = bot.get_partial_messageable(club.channel.id)
        first, second = await channel.send("news", nonce="delivery-7"), await channel.send("news", nonce="delivery-7")
    assert first.id == second.id
    assert len(discord_server.bot_messages(club.channel)) == 1


async def test_too_large_a_file_is_refused(discord_server: LoopbackDiscord, club: Club) -> None:
    bot = Bot()
    async with running(discord_server, bot):
        file = discord.File(io.BytesIO(bytes(10 * 2**20 + 1)), "large.bin")
        assert await code_of(bot.get_partial_messageable(club.channel.id).send(file=file)) == 40005


async def test_an_unknown_route_is_a_violation(discord_server: LoopbackDiscord) -> None:
    bot = Bot()
    async with bot:
        await bot.login(discord_server.token)
        with pytest.raises(discord.NotFound):
            await bot.http.request(Route("GET", "/guilds/1/regions"))
    discord_server.violations.forgive("no such route: GET /guilds/1/regions")


# files


async def test_files_go_both_ways(discord_server: LoopbackDiscord, club: Club) -> None:
    bot = Bot()

    @bot.tree.command(description="Add an article.")
    async def add(interaction: discord.Interaction, file: discord.Attachment) -> None:
        read = (await file.read()).decode()
        chart = discord.File(io.BytesIO(read.upper().encode()), "chart.png", description="A chart")
        view = ui.LayoutView()
        view.add_item(ui.Container(ui.TextDisplay(file.filename), ui.MediaGallery(discord.MediaGalleryItem(chart))))
        view.add_item(ui.File(chart))
        await interaction.response.send_message(view=view, file=chart)

    async with running(discord_server, bot):
        answer = await club.alice.slash(club.channel, "add", file=Upload("leica.md", b"Leica and Huawei"))
        sent = answer.message.attachments[0]
        assert await bot.http.get_from_cdn(sent["url"]) == b"LEICA AND HUAWEI"
        with pytest.raises(discord.NotFound):
            await bot.http.get_from_cdn(f"{discord_server.cdn_url}/attachments/1/none.png")
    assert (answer.text, sent["filename"], sent["description"]) == ("leica.md", "chart.png", "A chart")
    assert answer.parts[-1]["file"]["url"] == sent["url"]


async def test_every_kind_of_component_and_option(discord_server: LoopbackDiscord, club: Club) -> None:
    """Mostly for the schemas: each comes back, and goes over the gateway, as Discord would send it."""
    bot = Bot(discord.Intents(guilds=True, guild_messages=True, message_content=True))

    @bot.tree.command(description="Everything.")
    async def everything(
        interaction: discord.Interaction,
        who: discord.Member,
        role: discord.Role,
        where: discord.TextChannel,
        share: float,
        any_of: discord.Member | discord.Role,
    ) -> None:
        section = ui.Section[Any](ui.TextDisplay("a section"), accessory=ui.Thumbnail(f"{ADDRESS}a.png"))
        with_link = ui.Section[Any](ui.TextDisplay("a link"), accessory=ui.Button(label="Read", url=ADDRESS))
        view = ui.LayoutView()
        view.add_item(ui.Container(section, ui.Separator(), with_link, accent_colour=0xE8590C))
        view.add_item(ui.ActionRow(ui.UserSelect[Any](custom_id="user")))
        view.add_item(ui.ActionRow(ui.ChannelSelect[Any](custom_id="channel")))
        await interaction.response.send_message(view=view)
        embed = discord.Embed(title=f"{who} {role} {where} {share} {any_of}", description="x").add_field(
            name="a", value="b"
        )
        await interaction.followup.send(embed=embed)

    async with running(discord_server, bot):
        fans, alice = club.guild.add_role("fans"), club.alice
        values = {"who": alice, "role": fans, "where": club.channel, "share": 0.5, "any_of": alice}
        answer = await alice.slash(club.channel, "everything", values)
        await answer.until(lambda shown: len(shown.followups) == 1)
        channel = bot.get_partial_messageable(club.channel.id)
        assert len([message async for message in channel.history()]) == 2
    assert answer.text == "a section\na link"
    assert answer.buttons[0].url == ADDRESS
    assert answer.followups[0].embeds[0]["title"] == "alice fans general 0.5 alice"


# faults


async def test_a_rate_limit_is_waited_out(discord_server: LoopbackDiscord, club: Club) -> None:
    limited = discord_server.faults.rate_limit("POST", r"/channels/\d+/messages$", times=2)
    bot = Bot()
    async with running(discord_server, bot):
        await bot.get_partial_messageable(club.channel.id).send("patience")
    assert limited.hits == 2
    assert [each.text for each in discord_server.bot_messages(club.channel)] == ["patience"]


async def test_a_bucket_slows_down(discord_server: LoopbackDiscord, club: Club) -> None:
    bucket = discord_server.faults.bucket("POST", r"/channels/\d+/messages$", limit=2, per=0.1)
    bot = Bot()
    async with running(discord_server, bot):
        channel = bot.get_partial_messageable(club.channel.id)
        await asyncio.gather(*(channel.send(str(number)) for number in range(5)))
    assert len(discord_server.bot_messages(club.channel)) == 5
    assert bucket.refused == 0, "discord.py heeds the headers"


async def test_a_server_error_is_tried_again(discord_server: LoopbackDiscord, club: Club) -> None:
    """The second that discord.py waits is its own."""
    fault = discord_server.faults.fail("POST", r"/channels/\d+/messages$", status=502)
    bot = Bot()
    async with running(discord_server, bot):
        await bot.get_partial_messageable(club.channel.id).send("stubborn")
    assert fault.hits == 1
    assert len(discord_server.bot_messages(club.channel)) == 1


# shards, guilds, threads, reconnecting


async def test_two_guilds_on_two_shards() -> None:
    async with LoopbackDiscord(shards=2) as server:
        guilds = [server.add_guild(f"on shard {shard}", shard=shard) for shard in (0, 1)]
        channels = [guild.add_text_channel("general") for guild in guilds]
        bot, alice = Bot(), server.add_user("alice")
        with pointed_at(server):
            async with running(server, bot):
                for guild, channel in zip(guilds, channels, strict=True):
                    guild.join(alice)
                    asked = await alice.says(channel, f"{server.bot.mention} hello")
                    await server.next_message(channel, after=asked)
                assert {bot.get_guild(guild.id).shard_id for guild in guilds} == {0, 1}  # type: ignore[union-attr]
        assert len(server.gateway.sessions) == 2
        assert server.violations == []


async def test_guilds_come_and_go(discord_server: LoopbackDiscord, club: Club) -> None:
    bot = Bot()
    async with running(discord_server, bot):
        discord_server.add_guild("Phone club")
        assert await soon(bot.events.get()) == "joined Phone club"
        club.guild.remove_bot()
        assert await soon(bot.events.get()) == "left Camera club"
        assert await code_of(bot.fetch_guild(club.guild.id)) == 10004


async def test_a_thread_under_a_message(discord_server: LoopbackDiscord, club: Club) -> None:
    bot = Bot()
    async with running(discord_server, bot):
        channel = bot.get_channel(club.channel.id)
        assert isinstance(channel, discord.TextChannel)
        message = await channel.send("The answer")
        thread = await message.create_thread(name="Leica and Huawei")
        await thread.send("more")
        opened = club.guild.threads[0]
        asked = await club.alice.says(opened, f"{discord_server.bot.mention} and Sharp?")
        reply = await discord_server.next_message(opened, after=asked)
    assert reply.text.endswith("and Sharp?")


def drop(server: LoopbackDiscord) -> None:
    server.gateway.drop()


def ask_to_reconnect(server: LoopbackDiscord) -> None:
    server.gateway.ask_to_reconnect()


@pytest.mark.parametrize("cut", [drop, ask_to_reconnect])
async def test_a_session_is_resumed_with_what_was_missed(
    discord_server: LoopbackDiscord, club: Club, cut: Callable[[LoopbackDiscord], None]
) -> None:
    bot = Bot()
    async with running(discord_server, bot):
        cut(discord_server)
        asked = await club.alice.says(club.channel, f"{discord_server.bot.mention} are you there?")
        await discord_server.next_message(club.channel, after=asked)
        assert await soon(bot.events.get()) == "resumed"
    assert len(discord_server.gateway.sessions) == 1


async def test_an_invalid_session_begins_anew(discord_server: LoopbackDiscord, club: Club) -> None:
    bot = Bot()
    async with running(discord_server, bot):
        (old,) = discord_server.gateway.sessions
        discord_server.gateway.invalidate()
        await discord_server.until(lambda: set(discord_server.gateway.sessions) - {old}, what="another session")
        asked = await club.alice.says(club.channel, f"{discord_server.bot.mention} are you there?")
        await discord_server.next_message(club.channel, after=asked)
    assert old not in discord_server.gateway.sessions


# conformance


@pytest.mark.skipif(not AVAILABLE, reason=LEFT_OUT)
async def test_conformance_is_checked(discord_server: LoopbackDiscord, club: Club) -> None:
    bot = Bot()
    async with running(discord_server, bot):
        before = discord_server.conformance.checked
        post = Route("POST", "/channels/{channel_id}/messages", channel_id=club.channel.id)
        await bot.http.request(post, json={"content": "x", "tts": "loudly"})
        assert discord_server.conformance.checked > before
    discord_server.violations.forgive("/tts: 'loudly' is not")
