"""The command line, in this process."""

import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.settings import PREFIX, Settings
from bot.terminal import main
from index.encoder import Encoder

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, encoder: Encoder, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs `rangefinder` with these words: exit status, standard output, standard error."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(PREFIX + name.upper(), raising=False)
    monkeypatch.setattr("bot.app.SentenceTransformerEncoder", lambda _: encoder)
    monkeypatch.setattr("bot.terminal.commands.set_up_logs", lambda *_, **__: None)  # they outlive a test

    def call(*words: str, stdin: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["rangefinder", *words])
        monkeypatch.setattr(sys, "stdin", io.StringIO(stdin))
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capsys.readouterr()
        return int(ended.value.code or 0), out, err

    return call
