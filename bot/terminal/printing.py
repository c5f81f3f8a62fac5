"""Where the command line prints to."""

import json
import sys
from typing import Any

from rich.console import Console

_UNBROKEN = 1_000_000  # columns: where nobody watches, a line is as long as it is

out = Console(width=None if sys.stdout.isatty() else _UNBROKEN, highlight=False, emoji=False)
err = Console(stderr=True, width=None if sys.stderr.isatty() else _UNBROKEN, highlight=False, emoji=False)


def print_json(value: Any) -> None:
    """A value in one line, for programs."""
    text = json.dumps(value, ensure_ascii=False)
    try:
        text.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:  # half a character from a question, or a terminal that lacks some: escaped, it fits any
        text = json.dumps(value)
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
