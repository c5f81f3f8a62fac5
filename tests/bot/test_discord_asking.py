"""Asking in Discord: by a mention, by a direct message, by /ask."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from bot.answer import Answer
from bot.app import App
from bot.discord.asking.asker import Asker
from bot.discord.text import unescape
from bot.settings import Settings
from index.article import SHARED
from index.errors import PlainError
from tests.bot.cards.articles import ENDED, HOSTILE, SHARED_ONES
from tests.conftest import MakeSettings, Stage
from tests.loopback import Permission, Pings, RefusedError

STILL = "is Leica still with Huawei?"
ENDING = "Leica confirmed that its partnership with Huawei ended on 31 March 2022."


@pytest.fixture
def settings(make_settings: MakeSettings) -> Settings:
    return make_settings(questions_per_user_hour=3)


@pytest_asyncio.fixture
async def told(stage: Stage) -> AsyncIterator[Stage]:
    """The stage, with a few shared articles."""
    await stage.app.add(SHARED_ONES[SHARED])
    yield stage


async def test_a_mention_is_answered_under_the_message(told: Stage) -> None:
    asked = await told.alice.says(told.channel, told.mention(STILL))
    reply = await told.discord.next_message(told.channel, after=asked)
    assert reply.reply_to is asked
    assert unescape(reply.text).startswith("### No.")
    assert f"“{ENDING}”" in unescape(reply.text)
    assert "Handset Weekly, 24 May 2022" in reply.text
    assert "Holds for 24 May 2022" in reply.text
    assert told.channel.typed_in >= 1
    assert not reply.pings


async def test_the_answer_is_the_one_of_the_terminal(told: Stage) -> None:
    asked = await told.alice.says(told.channel, told.mention(STILL))
    reply = await told.discord.next_message(told.channel, after=asked)
    answer = await told.app.ask(STILL)
    assert answer.sentence in unescape(reply.text)
    assert all(f"“{one.quote.text}”" in unescape(reply.text) for one in answer.quotes)


async def test_a_mention_in_the_middle_is_left_out_of_the_question(told: Stage) -> None:
    asked = await told.alice.says(told.channel, f"hey {told.discord.bot.mention}, is Leica still with Huawei?")
    reply = await told.discord.next_message(told.channel, after=asked)
    assert ENDING in unescape(reply.text)


async def test_a_bare_mention_gets_a_short_help(told: Stage) -> None:
    asked = await told.alice.says(told.channel, told.discord.bot.mention)
    reply = await told.discord.next_message(told.channel, after=asked)
    assert "Ask me who works with whom" in reply.text


async def test_what_is_not_for_the_bot_is_not_answered(told: Stage) -> None:
    everyone = told.discord.add_user("admin")
    told.guild.join(everyone, told.guild.add_role("admins", Permission.MENTION_EVERYONE))
    other = told.discord.add_user("helper")
    other.bot = True
    told.guild.join(other)
    await everyone.says(told.channel, f"@everyone {STILL}")
    await told.alice.says(told.channel, STILL)
    await other.says(told.channel, told.mention(STILL))
    asked = await told.alice.says(told.channel, told.discord.bot.mention)
    await told.discord.next_message(told.channel, after=asked)
    assert len(told.discord.bot_messages(told.channel)) == 1


async def test_a_direct_message_is_answered_from_the_shared_articles(told: Stage) -> None:
    asked = await told.alice.direct_message(STILL)
    reply = await told.discord.next_message(told.alice.direct, after=asked)
    assert ENDING in unescape(reply.text)


async def test_a_question_in_a_thread_is_answered_there(told: Stage) -> None:
    thread = told.channel.add_thread("phones", told.alice)
    asked = await told.alice.says(thread, told.mention(STILL))
    reply = await told.discord.next_message(thread, after=asked)
    assert ENDING in unescape(reply.text)


async def test_ask_shows_thinking_then_the_answer_to_all(told: Stage) -> None:
    response = await told.alice.slash(told.channel, "ask", question=STILL)
    assert response.deferred
    assert not response.ephemeral
    assert ENDING in unescape(response.text)
    assert response.text.startswith(f"-# {STILL}")


async def test_an_answer_that_takes_minutes_still_arrives(told: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    ask = told.app.ask

    async def later(*given: Any, **named: Any) -> Answer:
        told.discord.clock.advance(14 * 60)
        return await ask(*given, **named)

    monkeypatch.setattr(told.app, "ask", later)
    response = await told.alice.slash(told.channel, "ask", question=STILL)
    assert ENDING in unescape(response.text)


async def test_ask_in_private_shows_the_answer_to_the_asker_alone(told: Stage) -> None:
    response = await told.alice.slash(told.channel, "ask", question=STILL, private=True)
    assert response.ephemeral
    assert ENDING in unescape(response.text)


async def test_ask_works_in_a_direct_message(told: Stage) -> None:
    response = await told.alice.slash(told.alice.direct, "ask", question=STILL)
    assert ENDING in unescape(response.text)


async def test_ask_as_of_a_date_knows_only_what_was_published_by_then(told: Stage) -> None:
    response = await told.alice.slash(told.channel, "ask", question=STILL, as_of="2017-06")
    assert "Yes." in response.text
    assert ENDING not in unescape(response.text)


async def test_a_date_that_is_none_is_said_plainly_and_only_to_the_asker(told: Stage) -> None:
    response = await told.alice.slash(told.channel, "ask", question=STILL, as_of="2017-13")
    assert response.ephemeral
    assert "is not a date" in response.text
    assert "2021-05-16" in response.text


async def test_without_a_source_it_says_so_and_links_the_nearest(told: Stage) -> None:
    response = await told.alice.slash(told.channel, "ask", question="is Canon with Nothing?")
    assert "I have no source" in response.text
    assert "“" not in response.text
    assert "[read it](<https://" in response.text


async def test_an_empty_library_says_so(stage: Stage) -> None:
    response = await stage.alice.slash(stage.channel, "ask", question=STILL)
    assert "the library is empty" in response.text


async def test_the_quota_counts_every_way_of_asking_and_names_the_next_hour(told: Stage) -> None:
    for _ in range(2):
        await told.alice.slash(told.channel, "ask", question=STILL)
    asked = await told.alice.says(told.channel, told.mention(STILL))
    await told.discord.next_message(told.channel, after=asked)
    response = await told.alice.slash(told.channel, "ask", question=STILL)
    assert "asked 3 questions" in response.text
    assert "Try again <t:" in response.text
    assert (await told.mod.slash(told.channel, "ask", question=STILL)).text.count(ENDING) == 1


async def test_a_question_too_long_is_refused_plainly(told: Stage) -> None:
    with pytest.raises(RefusedError):
        await told.alice.slash(told.channel, "ask", question="x" * 501)
    response = await told.alice.slash(told.channel, "ask", question="x" * 501, force=True)
    assert "500 characters" in response.text
    asked = await told.alice.says(told.channel, told.mention("x" * 501))
    reply = await told.discord.next_message(told.channel, after=asked)
    assert "500 characters" in reply.text


async def test_hostile_text_pings_nobody_and_is_exact_when_unescaped(told: Stage) -> None:
    asked = await told.alice.says(told.channel, told.mention("is Zeiss with vivo?"))
    reply = await told.discord.next_message(told.channel, after=asked)
    assert f"“{HOSTILE.text}”" in unescape(reply.text)
    assert reply.pings == Pings()
    assert "\u202e" not in reply.text
    assert "\u200b" not in reply.text
    assert "https://evil.example/%28a%29%3Cb%3E" in reply.text


async def test_a_hostile_question_pings_nobody(told: Stage) -> None:
    response = await told.alice.slash(told.channel, "ask", question="@everyone <@1> **is** Canon with ||Nothing||?")
    assert response.pings == Pings()
    assert "@everyone <@1> **is** Canon with ||Nothing||?" in unescape(response.text)
    assert "**is**" not in response.text


async def test_an_exception_becomes_an_apology_with_an_incident_that_stands_in_the_log(
    told: Stage, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(told.app, "ask", _failing)
    response = await told.alice.slash(told.channel, "ask", question=STILL)
    asked = await told.alice.says(told.channel, told.mention(STILL))
    reply = await told.discord.next_message(told.channel, after=asked)
    logged = capsys.readouterr()
    for text in (response.text, reply.text):
        assert "Sorry" in text
        assert "secret" not in text
        incident = text.split("`")[1]
        assert incident in logged.out + logged.err
    assert "the secret reason" in logged.out + logged.err


async def _failing(*_: object, **__: object) -> Answer:
    raise RuntimeError("the secret reason")


async def test_an_answer_that_takes_too_long_ends_in_a_plain_sentence(app: App, monkeypatch: Any) -> None:
    async def never(*_: object, **__: object) -> Answer:
        await asyncio.Event().wait()
        raise AssertionError

    monkeypatch.setattr(app, "ask", never)
    with pytest.raises(PlainError, match="took too long"):
        await Asker(app, patience=0.05).answer(STILL, user=1, owner=SHARED)


async def test_a_channel_where_the_bot_may_not_write_is_left_in_peace(told: Stage) -> None:
    told.channel.set(told.guild.everyone, deny=Permission.SEND_MESSAGES)
    told.channel.set(told.discord.bot, deny=Permission.SEND_MESSAGES)
    writer = told.discord.add_user("writer")
    told.guild.join(writer)
    told.channel.set(writer, allow=Permission.SEND_MESSAGES)
    await writer.says(told.channel, told.mention(STILL))
    response = await told.alice.slash(told.channel, "ask", question=STILL)
    assert ENDING in unescape(response.text)
    assert [each for each in told.discord.bot_messages(told.channel) if not each.interaction_metadata] == []


async def test_without_the_history_the_answer_comes_without_a_reference(told: Stage) -> None:
    told.channel.set(told.discord.bot, deny=Permission.READ_MESSAGE_HISTORY)
    asked = await told.alice.says(told.channel, told.mention(STILL))
    reply = await told.discord.next_message(told.channel, after=asked)
    assert reply.reply_to is None
    assert ENDING in unescape(reply.text)


async def test_a_deleted_question_is_answered_without_it(told: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    ask = told.app.ask

    async def later(*given: Any, **named: Any) -> Answer:
        await told.alice.deletes(asked)
        return await ask(*given, **named)

    monkeypatch.setattr(told.app, "ask", later)
    asked = await told.alice.says(told.channel, told.mention(STILL))
    reply = await told.discord.next_message(told.channel, after=asked)
    assert ENDING in unescape(reply.text)


async def test_another_servers_article_is_not_seen(told: Stage) -> None:
    other = told.discord.add_guild("Phone club")
    there = other.add_text_channel("general")
    other.join(told.alice)
    own = ENDED.__class__(
        title="Pentax and Ricoh", text="Pentax and Nokia announced a partnership.", publisher="Own", url=None
    )
    await told.app.add([own], owner=str(other.id))
    question = "is Pentax with Nokia?"
    here = await told.alice.slash(told.channel, "ask", question=question)
    direct = await told.alice.slash(told.alice.direct, "ask", question=question)
    assert "Pentax and Nokia announced" in (await told.alice.slash(there, "ask", question=question)).text
    for response in (here, direct):
        assert "I have no source" in response.text
        assert "announced a partnership." not in response.text
