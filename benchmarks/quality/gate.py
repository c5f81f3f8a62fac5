"""`python -m benchmarks.quality.gate`: evaluate on the project's own questions; a figure under its floor fails.

The floors stand in `floors.json` beside this file. `--raise` lifts them to what was measured, less a margin. Lowering
one takes `--lower "the reason"`: it is kept there, and belongs into the commit message too.
"""

import argparse
import asyncio
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bot.settings import Settings
from bot.terminal.evaluate import Evaluation, evaluation, evaluation_json

HERE = Path(__file__).parent
FLOORS = HERE / "floors.json"
_GATED = ("right", "points", "exact", "abstain_precision", "abstain_recall")  # the more the better
_AT_MOST = ("stale",)  # the less the better
_MARGIN = 0.01  # what another processor's rounding may cost


def failures(measured: dict[str, float], floors: dict[str, Any]) -> list[str]:
    """What is worse than pinned, one line each."""
    worse = [f"{name} is {measured[name]}, under {floors[name]}" for name in _GATED if measured[name] < floors[name]]
    return worse + [
        f"{name} is {measured[name]}, over {floors[name]}" for name in _AT_MOST if measured[name] > floors[name]
    ]


def moved(measured: dict[str, float], floors: dict[str, Any], reason: str | None) -> dict[str, Any]:
    """The floors after this run: lifted where it was better; lowered too where there is a reason, which is kept."""
    told = {name: round(measured[name] - _MARGIN, 3) for name in _GATED if name != "exact"} | {"exact": 1.0}
    limits = {name: round(measured[name] + _MARGIN, 3) for name in _AT_MOST}
    if reason is None:
        told = {name: max(value, floors.get(name, 0.0)) for name, value in told.items()}
        limits = {name: min(value, floors.get(name, 1.0)) for name, value in limits.items()}
    lowered = [*floors.get("lowered", []), *([reason] if reason else [])]
    return {**told, **limits, "lowered": lowered}


def measure(articles: Path = HERE / "articles.jsonl", questions: Path = HERE / "questions.jsonl") -> Evaluation:
    """Evaluate with the settings of a fresh machine."""
    return asyncio.run(evaluation(Settings(_env_file=None), articles, questions, lambda _: None))


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit status 1 where a figure is under its floor."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--raise", dest="lift", action="store_true", help="lift the floors to what is measured")
    parser.add_argument("--lower", metavar="REASON", help="set the floors to what is measured, even where that is less")
    options = parser.parse_args(arguments)
    floors = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.is_file() else {}
    measured = evaluation_json(measure())["rangefinder"]
    sys.stdout.write(json.dumps({name: measured[name] for name in (*_GATED, *_AT_MOST)}) + "\n")
    if options.lift or options.lower:
        text = json.dumps(moved(measured, floors, options.lower), indent=1)
        FLOORS.write_text(text + "\n", encoding="utf-8")
        return 0
    worse = failures(measured, floors)
    sys.stdout.write("".join(f"{line}\n" for line in worse))
    return 1 if worse else 0


if __name__ == "__main__":
    sys.exit(main())
