"""Stories of the terminal: the conversation, a batch of questions, how things look, and what a pipe can do."""

import io
import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console, RenderableType

from bot.answer import Outcome, Rumour, ShownQuote
from bot.app import App, today
from bot.terminal.batch import Answered, batch_answers
from bot.terminal.chat import SAMPLE, Chat
from bot.terminal.jobs import _since
from bot.terminal.screen import answer_view, rumour_view, tame
from index.article import Quote, Span, Stored
from index.dates import PartialDate
from index.errors import PlainError
from index.reading import Refusal
from tests.building import article

ROOT = Path(__file__).resolve().parents[2]
ARTICLES = (
    article("Leica works together with Huawei, both said.", "Leica and Huawei"),
    article("A leak says that Leica may work with Honor.", "A leak", published="2021-06-01"),
    article("Huawei said that its deal with Leica ended on 31 March 2022.", "The end", published="2022-05-24"),
)


@pytest_asyncio.fixture
async def library(app: App) -> AsyncIterator[App]:
    await app.add(ARTICLES)
    yield app


async def said(app: App, talk: str, monkeypatch: pytest.MonkeyPatch, as_of: PartialDate | None = None) -> str:
    """What the conversation prints for these lines."""
    monkeypatch.setattr(sys, "stdin", io.StringIO(talk))
    out = io.StringIO()
    await Chat(app, Console(file=out, width=200), as_of=as_of).run()
    return out.getvalue()


async def test_a_conversation_understands_follow_ups(library: App, monkeypatch: pytest.MonkeyPatch) -> None:
    out = await said(library, "is leica with huawei?\n\nand honor?\n", monkeypatch)
    assert (
        out.index("> is leica with huawei?") < out.index("No.") < out.index("> and honor?") < out.index("Only rumoured")
    )


async def test_a_fault_ends_no_conversation_and_is_no_question_before(
    library: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = await said(library, f"is leica with huawei?\n{'x' * 501}\n?\n/\nand honor?", monkeypatch)
    assert "The question has 501 characters." in out
    assert "There is no question." in out
    assert "There is no command /." in out
    assert "Only rumoured." in out


async def test_the_date_asked_as_of_stays_until_it_is_changed(library: App, monkeypatch: pytest.MonkeyPatch) -> None:
    question = "is leica with huawei?\n"
    out = await said(
        library, f"{question}/as-of soon\n{question}/as-of now\n{question}", monkeypatch, PartialDate(2021, 6)
    )
    assert [line.split(".")[0] for line in out.splitlines() if line.startswith(("Yes", "No"))] == ["Yes", "Yes", "No"]
    assert "'soon' is not a date." in out
    assert "Answering as of today." in out


async def test_rumours_and_help_in_a_conversation(library: App, monkeypatch: pytest.MonkeyPatch) -> None:
    out = await said(library, "/rumours honor\n/rumors canon\n/help\n/exit\nnever asked", monkeypatch)
    assert "Honor and Leica: partnership sought, rumoured, 1 June 2021" in out
    assert "No article of mine names 'canon'." in out
    assert "/as-of 2021-06-01 answers as of a date" in out
    assert "never asked" not in out


async def test_partners_and_timelines_in_a_conversation(library: App, monkeypatch: pytest.MonkeyPatch) -> None:
    out = await said(library, "/partners leica\n/timeline leica, huawei\n/timeline\n/partners canon", monkeypatch)
    assert "Leica and Honor: rumoured [1]" in out
    assert out.count("Leica and Huawei: ended on 31 March 2022 [1]") == 2
    assert "Name an organisation, such as: /timeline Leica" in out
    assert "No article of mine names 'canon'." in out
    then = await said(library, "/as-of 2021\n/partners leica", monkeypatch)
    assert "Now, as of 2021\nLeica and Huawei: running [1]" in then


@pytest.mark.parametrize("talk", ["", "\n  \n"])
async def test_where_nothing_is_asked_a_sample_is_answered(
    library: App, talk: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (await said(library, talk, monkeypatch)).startswith(f"> {SAMPLE}\nNo.")


async def test_what_is_typed_cannot_reach_into_the_terminal(library: App, monkeypatch: pytest.MonkeyPatch) -> None:
    out = await said(
        library, "is leica \x1b[2J\u202e with huawei?\n/\x1b]0;x\n/as-of \x1b[1m\n/rumours \x1b[1m", monkeypatch
    )
    assert "\x1b" not in out
    assert "\u202e" not in out


async def batch(app: App, *lines: str) -> list[Answered | Refusal]:
    return [answered async for answered in batch_answers(app, lines, "shared")]


def as_json(answered: Answered | Refusal) -> dict[str, Any]:
    assert isinstance(answered, Answered)
    text = json.dumps(answered.as_json())
    return dict(json.loads(text))


async def test_a_line_that_is_no_question_is_refused_by_its_number_and_the_rest_goes_on(library: App) -> None:
    bad = ("broken", "[1]", '"text"', "7", '{"question": 7}', '{"id": NaN, "question": "x"}')
    bad += ('{"question": "x", "as_of": 2021}', '{"question": "x", "after": ["y"]}', "{" * 100_000)
    answers = await batch(app := library, *bad, "", '{"question": "is leica with huawei?"}')
    assert app is library
    refused = [one.where for one in answers if isinstance(one, Refusal)]
    assert refused == [f"line {number}" for number in range(1, len(bad) + 1)]
    assert as_json(answers[-1])["verdict"] == "no"


async def test_a_question_that_cannot_be_taken_has_the_reason_for_an_answer(library: App) -> None:
    asked = ({"id": "a", "question": "?"}, {"question": "is leica with huawei?", "as_of": "soon"})
    for answered in await batch(library, *map(json.dumps, asked)):
        found = as_json(answered)
        assert (found["verdict"], found["quotes"], found["holds_for"]) == ("no_source", [], None)
        assert found["answer"].startswith(("There is no question.", "'soon' is not a date."))


@pytest.mark.parametrize("id_", [None, 7, "q1", {"a": [1]}, "\ud800"])
async def test_an_answer_comes_with_the_id_of_its_question(library: App, id_: object) -> None:
    line = json.dumps(
        {"id": id_, "question": "is leica with huawei?", "gold": "never read", "after": None, "as_of": None}
    )
    (answered,) = await batch(library, line)
    assert as_json(answered)["id"] == id_


async def test_half_a_character_in_a_question_is_left_out(library: App) -> None:
    (answered,) = await batch(library, '{"question": "is leica \\ud800 with\\u0000 huawei?", "after": "\\udfff"}')
    assert as_json(answered)["verdict"] == "no"


@given(st.text())
def test_nothing_moves_the_cursor_or_turns_the_text(text: str) -> None:
    wild = text + "\x1b[2J\x07\x9b1m\u202e\u2066\x00\t"
    tamed = tame(wild)
    assert not any((ord(c) < 32 and c != "\n") or 0x7F <= ord(c) < 0xA0 for c in tamed)
    assert not set(tamed) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    assert len(tamed) == len(wild)


def printed(view: RenderableType) -> str:
    out = io.StringIO()
    Console(file=out, width=200, color_system=None).print(view)
    return out.getvalue()


def shown(text: str = "Leica left.", also_in: int = 0, **about: Any) -> ShownQuote:
    source = article(text, **about)
    return ShownQuote(1, Quote(Stored("id", 1, "shared", source), Span(0, len(text))), "ended", "reported", also_in)


@pytest.mark.parametrize(
    ("outcome", "line"),
    [
        (Outcome("open"), "Since then: open"),
        (Outcome("quiet", PartialDate(2021, 5)), "Since then: quiet since May 2021"),
        (Outcome("confirmed", PartialDate(2022, 5, 23)), "Since then: confirmed on 23 May 2022"),
        (Outcome("refuted", PartialDate(2022)), "Since then: refuted in 2022"),
    ],
)
def test_what_became_of_a_rumour_is_dated_as_exactly_as_is_known(outcome: Outcome, line: str) -> None:
    rumour = Rumour(("Honor", "Leica"), "sought", "rumoured", None, "Honor", outcome, (shown(),))
    out = printed(rumour_view(rumour))
    assert out.startswith("Honor and Leica: partnership sought, rumoured, undated, said by Honor\n")
    assert line in out.splitlines()


@pytest.mark.parametrize(("also_in", "words"), [(1, "also in 1 outlet"), (9, "also in 9 outlets")])
def test_copies_are_told_beside_a_quote(also_in: int, words: str) -> None:
    rumour = Rumour(("Honor", "Leica"), "sought", "rumoured", None, None, Outcome("open"), (shown(also_in=also_in),))
    assert f"The Gazette, 16 May 2021 · reported · {words}" in printed(rumour_view(rumour))


async def test_brackets_in_an_article_are_no_markup(app: App) -> None:
    await app.add([article("Leica works with Xiaomi [red]now[/red] :smile:.", "[bold]Title")])
    assert "[red]now[/red] :smile:" in printed(answer_view(await app.ask("is Leica with Xiaomi?")))
    assert "[bold]Title" in printed(answer_view(await app.ask("is Canon with Xiaomi?")))


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("2021", date(2021, 1, 1)),
        ("2021-05", date(2021, 5, 1)),
        ("2021-05-16", date(2021, 5, 16)),
        ("30d", today() - timedelta(days=30)),
        ("2w", today() - timedelta(days=14)),
        ("99999y", date(1, 1, 1)),
    ],
)
def test_since_a_date_or_for_so_long(text: str, first: date) -> None:
    assert _since(text) == first


@pytest.mark.parametrize("text", ["", "d30", "30", "-3d", "2021-13", "lately"])
def test_what_is_no_time_is_said_plainly(text: str) -> None:
    with pytest.raises(PlainError, match="--since"):
        _since(text)


def program(folder: Path, *words: str, **more: Any) -> subprocess.Popen[bytes]:
    """`rangefinder` as a process of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("RANGEFINDER_")}
    return subprocess.Popen(
        [sys.executable, "-m", "bot", *words],
        cwd=ROOT,
        env={**kept, "RANGEFINDER_DATA_DIR": str(folder), **more},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def test_who_stops_reading_is_no_reason_for_a_traceback(tmp_path: Path) -> None:
    with program(tmp_path, "status") as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 1


def test_a_terminal_that_lacks_a_character_gets_its_number(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Größe\n\nLeica arbeitet mit “Xiaomi”.\n", encoding="utf-8")
    with program(tmp_path, "add", str(tmp_path / "ä.txt"), PYTHONIOENCODING="ascii") as process:
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (1, b"0 new, 0 changed, 0 unchanged, 1 refused\n")
    assert b"\\xe4.txt" in err
    assert err.count(b"\n") == 1
