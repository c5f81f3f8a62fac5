"""`kill -9` while articles are added: the next start finds a whole library, and adding again completes it."""

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT.parent / "shared" / "corpus" / "articles.jsonl"
QUESTIONS = (
    "is Leica with Xiaomi?",
    "who works with Zeiss?",
    "did Ricoh and Kodak part ways?",
    "is Canon with Nothing?",
)
_PATIENCE = 900  # seconds: a busy machine is slow, and slow is not wrong


def generated(path: Path, number: int) -> Path:
    """So many short articles, all different, about a few partnerships."""
    makers, phones = ("Leica", "Zeiss", "Hasselblad", "Ricoh", "Kodak"), ("Xiaomi", "vivo", "Oppo", "realme", "Sharp")
    said = (
        "work together on cameras",
        "have agreed to make a phone",
        "ended their partnership",
        "may soon join forces",
    )
    with path.open("w", encoding="utf-8") as file:
        for n in range(number):
            maker, phone, what = makers[n % 5], phones[n // 5 % 5], said[n % 4]
            text = f"{maker} and {phone} {what}. This is report number {n}, and it says so in {3 + n % 4} words more."
            record = {
                "title": f"{maker} and {phone}, {n}",
                "text": text,
                "published": f"20{10 + n % 14}-{1 + n % 12:02}",
            }
            file.write(json.dumps(record) + "\n")
    return path


def command(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("RANGEFINDER_")}
    return subprocess.Popen(
        [sys.executable, "-m", "bot", *arguments],
        cwd=ROOT,
        env={**environment, "RANGEFINDER_DATA_DIR": str(folder)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def done(folder: Path, *arguments: str, stdin: str = "") -> str:
    out, err = (process := command(folder, *arguments)).communicate(stdin, timeout=_PATIENCE)
    assert process.returncode == 0, err
    return out


def articles_in(folder: Path) -> int:
    """How many articles are committed; 0 where there is no database yet."""
    try:
        with closing(sqlite3.connect(f"file:{folder / 'library.sqlite3'}?mode=ro", uri=True)) as connection:
            return int(connection.execute("SELECT count(*) FROM revision").fetchone()[0])
    except sqlite3.Error:
        return 0


def killed_while_adding(folder: Path, articles: Path, at: int, delay: float) -> None:
    """Start adding, and kill it some time after so many articles are in."""
    process = command(folder, "add", str(articles))
    deadline = time.monotonic() + _PATIENCE
    while articles_in(folder) < at and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.01)
    time.sleep(delay)
    process.send_signal(signal.SIGKILL)
    process.communicate()


def outcome(folder: Path) -> dict[str, Any]:
    """What the library holds, but for the generation, and what it answers."""
    batch = "".join(json.dumps({"id": n, "question": question}) + "\n" for n, question in enumerate(QUESTIONS))
    answers = [json.loads(line) for line in done(folder, "ask", "--batch", "-", "--json", stdin=batch).splitlines()]
    status = json.loads(done(folder, "status", "--json"))
    return {
        "status": {k: v for k, v in status.items() if k != "generation"},
        "answers": [{k: v for k, v in answer.items() if k != "took_ms"} for answer in answers],
    }


def check_kills(tmp_path: Path, articles: Path, number: int, kills: int, chance: random.Random) -> None:
    done(tmp_path / "calm", "add", str(articles))
    undisturbed = outcome(tmp_path / "calm")
    assert undisturbed["status"]["articles"] == number
    folder = tmp_path / "killed"
    for kill in range(kills):
        killed_while_adding(folder, articles, chance.randrange(number * kill // kills, number), chance.uniform(0, 0.3))
        status = json.loads(done(folder, "status", "--json"))
        assert status["articles"] == articles_in(folder)
        assert status["passages"] >= status["articles"]
    done(folder, "add", str(articles))
    assert outcome(folder) == undisturbed


def test_killed_three_times_it_is_whole_each_time(tmp_path: Path) -> None:
    check_kills(tmp_path, generated(tmp_path / "articles.jsonl", 96), 96, 3, random.Random())


@pytest.mark.soak
@pytest.mark.skipif(not CORPUS.exists(), reason="the corpus is not beside the repository")
@pytest.mark.parametrize("turn", range(5))
def test_killed_twenty_times_while_the_corpus_comes_in(tmp_path: Path, turn: int) -> None:
    with CORPUS.open(encoding="utf-8") as lines:
        number = sum(bool(line.strip()) for line in lines)
    check_kills(tmp_path, CORPUS, number, 4, random.Random())


@pytest.mark.soak
def test_killed_again_and_again_while_many_come_in(tmp_path: Path) -> None:
    check_kills(tmp_path, generated(tmp_path / "articles.jsonl", 1000), 1000, 5, random.Random())
