"""Compares a card with the one that was looked at. `GOLDEN=new pytest tests/bot` writes them anew, to be looked at."""

import json
import os
from pathlib import Path

from discord import ui

_FOLDER = Path(__file__).parent


def assert_golden(name: str, view: ui.LayoutView) -> None:
    """The card's JSON equals `<name>.json`."""
    file = _FOLDER / f"{name}.json"
    shown = json.dumps(view.to_components(), indent=2, ensure_ascii=False) + "\n"
    if os.environ.get("GOLDEN") == "new":
        file.write_text(shown, encoding="utf-8")
    assert file.read_text(encoding="utf-8") == shown, f"the card {name} has changed; GOLDEN=new writes it anew"


def text_of(view: ui.LayoutView) -> str:
    """All that a card says, as Discord's markup."""
    return "\n".join(item.content for item in view.walk_children() if isinstance(item, ui.TextDisplay))
