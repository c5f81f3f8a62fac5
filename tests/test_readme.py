"""Every command in the README is run, here or by `.ci/run`, or marked as untried."""

import io
import re
import shlex
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from bot.settings import PREFIX, Settings
from index.encoder import SentenceTransformerEncoder
from seeds import starters

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
# Run by `.ci/run`, in a fresh clone; the steps without make are what `make run` does.
RUN_BY_CI = {
    "make run",
    "python3 -m venv .venv",
    ".venv/bin/pip install -c constraints.txt -e .",
    ".venv/bin/rangefinder",
}
# Run by other tests, since they do not end by themselves or need a loopback Discord.
RUN_ELSEWHERE = {"rangefinder run": "tests/bot/test_discord_service.py"}


def blocks(kind: str) -> Iterator[str]:
    for match in re.finditer(rf"^ *```{kind}\n(.*?)^ *```", README, re.MULTILINE | re.DOTALL):
        yield from (line.strip() for line in match.group(1).splitlines() if line.strip())


COMMANDS = [line for line in blocks("sh") if line not in RUN_BY_CI and line not in RUN_ELSEWHERE]


def test_there_are_commands_to_run() -> None:
    assert len(COMMANDS) > 10
    assert all(line.startswith("rangefinder ") for line in COMMANDS)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in which everything that the README's commands name exists, and a library to ask."""
    article = "---\ntitle: {title}\npublished: 2022-05-24\npublisher: The Gazette\n---\n{text}\n"
    text = (
        "Leica and Huawei ended their partnership on 31 March 2022, Huawei said: a piece of the sentence. "
        "Leica now works with Xiaomi. Both Bright Vale and Sharp work with Lumora."
    )
    (tmp_path / "article.md").write_text(article.format(title="The title of an article", text=text), encoding="utf-8")
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "one.md").write_text(
        article.format(title="Another", text="A leak says that Leica may work with Honor."), encoding="utf-8"
    )
    record = '{"title": "A record", "text": "Sharp and Leica work together on phones.", "published": "2023"}\n'
    (tmp_path / "articles.jsonl").write_text(record, encoding="utf-8")
    (tmp_path / "note.txt").write_text("A note\n\nRicoh and realme have announced a partnership.\n", encoding="utf-8")
    question = '{"id": 1, "question": "is leica with huawei?", "kind": "unanswerable"}\n'
    (tmp_path / "questions.jsonl").write_text(question, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(PREFIX + name.upper(), raising=False)
    monkeypatch.setenv(f"{PREFIX}DATA_DIR", str(tmp_path / "data"))
    return tmp_path


@pytest.mark.parametrize("line", COMMANDS)
def test_a_command_in_the_readme_works(
    line: str, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO())
    monkeypatch.setattr("bot.app.SentenceTransformerEncoder", one_encoder)
    monkeypatch.setattr("bot.terminal.commands.set_up_logs", lambda *_, **__: None)  # they outlive a test
    if line == "rangefinder invite":
        monkeypatch.setenv(f"{PREFIX}DISCORD_TOKEN", "MTIzNDU2Nzg5MDEyMzQ1Njc4.made.up")
    if line != "rangefinder add article.md articles/ articles.jsonl":
        assert exit_status("rangefinder add article.md articles/", monkeypatch) == 0
    if line.startswith("rangefinder correct undo"):
        assert exit_status('rangefinder correct alias "red dot" Leica', monkeypatch) == 0
    assert exit_status(line, monkeypatch) == 0, capsys.readouterr().err
    assert capsys.readouterr().out.strip()


@cache
def one_encoder(name: str) -> SentenceTransformerEncoder:
    """The model, loaded once for all commands."""
    return SentenceTransformerEncoder(name)


def exit_status(line: str, monkeypatch: pytest.MonkeyPatch) -> int:
    from bot.terminal import main

    monkeypatch.setattr("sys.argv", shlex.split(line))
    with pytest.raises(SystemExit) as ended:
        main()
    return int(ended.value.code or 0)


def test_what_others_run_is_run_by_them() -> None:
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    make = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert "make run" in ci
    for part in ("-m venv", "install -q -c constraints.txt -e .", "$(BIN)/rangefinder"):
        assert part in make
    for line, test in RUN_ELSEWHERE.items():
        assert line.split()[-1] in (ROOT / test).read_text(encoding="utf-8")


def test_what_is_untried_is_said_to_be() -> None:
    assert set(blocks("sh untried"))
    for match in re.finditer(r"```sh untried", README):
        assert "Not tried by our tests" in README[match.start() - 200 : match.start()]


def test_every_setting_is_documented() -> None:
    for name, setting in Settings.model_fields.items():
        row = re.search(rf"^\| `{PREFIX}{name.upper()}` \|(.*?)\|(.*?)\|$", README, re.MULTILINE)
        assert row, name
        assert (setting.description or "").split(",")[0].rstrip(".") in row.group(2)
        default = setting.default
        assert row.group(1).strip(" `") == ("" if default in (None, ()) else str(default))


def test_the_number_of_starter_articles_is_true() -> None:
    assert f"{len(starters())} starter articles" in README


def test_every_link_to_a_file_leads_to_one() -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", README):
        assert (ROOT / target).exists(), target
