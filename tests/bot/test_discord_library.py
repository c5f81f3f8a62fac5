"""/library: what moderators do, and who is kept from it."""

import asyncio
import json
from collections.abc import AsyncIterator
from itertools import pairwise
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import web
from discord import ui

from bot.discord.library.progress import shown_progress
from bot.discord.reply import Reply
from bot.discord.text import unescape
from bot.settings import Settings
from index.indexing import Added, Progress
from tests.bot.cards.articles import SHARED_ONES
from tests.bot.cards.golden import text_of
from tests.conftest import MakeSettings, Stage
from tests.loopback import RefusedError, Upload

PAGE = """<html><head><title>Ricoh and Nokia announce a partnership</title>
<meta property="og:site_name" content="Lens Courier"></head><body><article>
<h1>Ricoh and Nokia announce a partnership</h1>
<p>Ricoh and Nokia announced a partnership on phone cameras on 3 May 2023. The first phone is expected in autumn.</p>
<p>The two companies will develop lenses together in Tokyo and Espoo, a spokesperson said on the same day.</p>
</article></body></html>"""
QUESTION = "is Ricoh with Nokia?"
ARTICLE = Upload(
    "ricoh.md",
    b"---\ntitle: Ricoh and Nokia announce a partnership\npublished: 2023-05-03\npublisher: Lens Courier\n---\n"
    b"Ricoh and Nokia announced a partnership on phone cameras on 3 May 2023.\n",
)


@pytest_asyncio.fixture
async def page() -> AsyncIterator[str]:
    """The address of a page on this machine."""
    application = web.Application()

    async def serve(_: web.Request) -> web.Response:
        return web.Response(text=PAGE, content_type="text/html")

    application.router.add_get("/ricoh-nokia", serve)
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/ricoh-nokia"
    await runner.cleanup()


@pytest.fixture
def settings(make_settings: MakeSettings, page: str) -> Settings:
    return make_settings(fetch_allow=page.split("/")[2], bytes_per_article=2000)


async def test_a_page_is_added_and_answers_in_its_server_alone(stage: Stage, page: str) -> None:
    response = await stage.mod.slash(stage.channel, "library add", address=page)
    assert response.deferred
    await response.until(lambda shown: "1 new" in shown.text)
    assert "Ricoh and Nokia announce a partnership" in response.text
    answer = await stage.alice.slash(stage.channel, "ask", question=QUESTION)
    assert "Ricoh and Nokia announced a partnership" in answer.text
    direct = await stage.alice.slash(stage.alice.direct, "ask", question=QUESTION)
    assert "Ricoh and Nokia announced" not in direct.text


async def test_a_private_address_is_refused_in_words(stage: Stage) -> None:
    response = await stage.mod.slash(stage.channel, "library add", address="http://127.0.0.1:1/latest/meta-data")
    assert "1 not taken" in response.text
    assert "127.0.0.1" in response.text


async def test_a_file_is_added_with_each_refusal_in_words(stage: Stage) -> None:
    lines = [{"title": "Ricoh and Nokia", "text": "Ricoh and Nokia announced a partnership."}, {"title": "No text"}]
    file = Upload("notes.jsonl", "\n".join([*map(json.dumps, lines), "{broken"]).encode())
    response = await stage.mod.slash(stage.channel, "library add", file=file)
    assert "1 new · 2 not taken" in response.text
    assert "line 2" in response.text
    assert "line 3" in response.text
    again = await stage.mod.slash(stage.channel, "library add", file=file)
    assert "1 unchanged" in again.text


async def test_a_file_too_large_is_refused_before_it_is_downloaded(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def never(*_: object, **__: object) -> bytes:
        raise AssertionError("it was downloaded")

    monkeypatch.setattr("discord.Attachment.read", never)
    response = await stage.mod.slash(stage.channel, "library add", file=Upload("big.md", b"x" * 2001))
    assert "at most 2,000 are taken" in response.text
    records = await stage.mod.slash(stage.channel, "library add", file=Upload("big.jsonl", b"x" * 100_001))
    assert "at most 100,000 are taken" in records.text


async def test_one_thing_must_be_given(stage: Stage, page: str) -> None:
    for given in ({}, {"address": page, "file": ARTICLE}):
        response = await stage.mod.slash(stage.channel, "library add", **given)
        assert "either an address or a file" in response.text
        assert response.ephemeral


async def test_an_article_is_removed_by_its_title_and_answers_no_more(stage: Stage) -> None:
    await stage.mod.slash(stage.channel, "library add", file=ARTICLE)
    response = await stage.mod.slash(stage.channel, "library remove", article="Ricoh and Nokia announce a partnership")
    assert "Removed: Ricoh and Nokia announce a partnership." in response.text
    answer = await stage.alice.slash(stage.channel, "ask", question=QUESTION)
    assert "“" not in answer.text


async def test_only_its_own_articles_can_be_removed(stage: Stage) -> None:
    await stage.app.add(SHARED_ONES["shared"])
    title = SHARED_ONES["shared"][0].title
    response = await stage.mod.slash(stage.channel, "library remove", article=title)
    assert "There is no article" in response.text
    assert (await stage.app.status()).shared.articles == len(SHARED_ONES["shared"])


async def test_reindex_says_when_there_is_nothing_to_do(stage: Stage) -> None:
    response = await stage.mod.slash(stage.channel, "library reindex")
    assert "Nothing to do" in response.text


async def test_status_tells_its_own_and_the_shared_articles(stage: Stage) -> None:
    await stage.app.add(SHARED_ONES["shared"])
    await stage.app.add(SHARED_ONES["shared"][:1], owner="999")
    await stage.mod.slash(stage.channel, "library add", file=ARTICLE)
    response = await stage.mod.slash(stage.channel, "library status")
    assert "This server's own: 1 articles" in response.text
    assert "Shared with every server: 4 articles" in response.text
    assert "MiniLM" in response.text


COMMANDS: list[tuple[str, dict[str, Any]]] = [
    ("library add", {"address": "https://example.org/"}),
    ("library remove", {"article": "x"}),
    ("library reindex", {}),
    ("library status", {}),
]


@pytest.mark.parametrize(("command", "given"), COMMANDS)
async def test_a_plain_member_is_refused_even_with_a_changed_client(
    stage: Stage, command: str, given: dict[str, Any]
) -> None:
    with pytest.raises(RefusedError):
        await stage.alice.slash(stage.channel, command, **given)
    response = await stage.alice.slash(stage.channel, command, force=True, **given)
    assert "Manage Server" in response.text
    assert response.ephemeral


@pytest.mark.parametrize(("command", "given"), COMMANDS)
async def test_in_a_direct_message_it_says_that_it_needs_a_server(
    stage: Stage, command: str, given: dict[str, Any]
) -> None:
    response = await stage.mod.slash(stage.mod.direct, command, force=True, **given)
    assert "only in a server" in response.text


async def test_progress_is_shown_and_questions_are_answered_meanwhile(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    add, go_on = stage.app.add, asyncio.Event()

    async def slow(*given: Any, report: Any, **named: Any) -> Added:
        report(Progress(1, 4))
        await go_on.wait()
        return await add(*given, report=report, **named)

    monkeypatch.setattr(stage.app, "add", slow)
    response = await stage.mod.slash(stage.channel, "library add", file=ARTICLE)
    assert "25%" in response.text
    again = await stage.mod.slash(stage.channel, "library reindex")
    assert "being changed already" in again.text
    answer = await stage.alice.slash(stage.channel, "ask", question=QUESTION)
    assert "no source" in answer.text
    go_on.set()
    await response.until(lambda shown: "1 new" in shown.text)


class _Board(Reply):
    """A reply that keeps when it was shown what."""

    def __init__(self) -> None:
        self.shown: list[tuple[float, str]] = []

    async def show(self, view: ui.LayoutView) -> None:
        self.shown.append((asyncio.get_running_loop().time(), unescape(text_of(view))))


async def test_a_progress_message_is_edited_at_most_once_in_so_many_seconds() -> None:
    board, every = _Board(), 0.05
    async with shown_progress(board, "Adding", every=every) as report:
        for done in range(40):
            report(Progress(done, 40))
            await asyncio.sleep(0.005)
    await board.show(ui.LayoutView())
    times = [time for time, _ in board.shown]
    assert len(times) >= 3
    assert all(later - earlier >= every * 0.98 for earlier, later in pairwise(times))


async def test_quick_work_is_reported_at_once_and_shows_no_progress() -> None:
    board = _Board()
    before = asyncio.get_running_loop().time()
    async with shown_progress(board, "Adding", every=5) as report:
        report(Progress(1, 1))
    assert board.shown == []
    assert asyncio.get_running_loop().time() - before < 1


async def test_a_restart_is_told_in_the_message() -> None:
    board = _Board()

    async def work() -> None:
        async with shown_progress(board, "Adding", every=5):
            await asyncio.Event().wait()

    task = asyncio.create_task(work())
    await asyncio.sleep(0.01)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert "was interrupted" in board.shown[0][1]
