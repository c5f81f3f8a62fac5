"""`python -m benchmarks.quality.split ARTICLES QUESTIONS FOLDER`: an open part to look at, a closed one to keep shut.

Articles that a question joins - by its gold quotes, or as overtaken ones - are one story, and stay together. Of the
project's own set half is closed, of any other a fifth: where the SHA-256 of the story's first name is 0 mod 2 or 5. A
question without articles goes by its own id, or its `story` where it has one.
"""

import argparse
import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

Record = dict[str, Any]


def split(articles: Sequence[Record], questions: Sequence[Record], parts: int) -> tuple[list[Record], list[Record]]:
    """The open and the closed questions; of `parts` equal parts one is closed."""
    stories = _stories(articles, questions)
    closed = [q for q in questions if _number(_story(q, stories)) % parts == 0]
    return [q for q in questions if q not in closed], closed


def _stories(articles: Sequence[Record], questions: Sequence[Record]) -> dict[str, str]:
    """Each article's story: the first name of those that belong together."""
    story = {article["file"]: article["file"] for article in articles}
    for question in questions:
        joined = {story[name] for name in _articles_of(question)}
        first = min(joined, default="")
        story = {name: first if of in joined else of for name, of in story.items()}
    return story


def _articles_of(question: Record) -> list[str]:
    return [gold["article"] for gold in question["gold_quotes"]] + list(question["superseded"])


def _story(question: Record, stories: dict[str, str]) -> str:
    named = _articles_of(question)
    return question.get("story") or (stories[named[0]] if named else question["id"])


def _number(name: str) -> int:
    return int(hashlib.sha256(name.encode()).hexdigest(), 16)


def read(path: Path) -> list[Record]:
    """The records of a .jsonl file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def main() -> None:
    """Write `open.jsonl` and `closed.jsonl`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=Path)
    parser.add_argument("questions", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--parts", type=int, default=5)
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    parts = split(read(options.articles), read(options.questions), options.parts)
    for name, part in zip(("open", "closed"), parts, strict=True):
        lines = "".join(json.dumps(question, ensure_ascii=False) + "\n" for question in part)
        (options.folder / f"{name}.jsonl").write_text(lines, encoding="utf-8")


if __name__ == "__main__":
    main()
