"""Shows cards roughly as Discord does, for a look at them.

    python docs/cards.py out.html "is Leica still with Huawei?" tests/bot/cards/answer.json …
    chromium --headless --hide-scrollbars --window-size=680,600 --screenshot=card.png out.html

The question may be empty.
"""

import html
import json
import re
import sys
from pathlib import Path
from typing import Any

STYLE = """
body { background: #313338; color: #dbdee1; font: 16px/1.375 "Noto Sans", "DejaVu Sans", sans-serif; margin: 20px; }
.message { display: flex; gap: 16px; margin-bottom: 22px; }
.face { width: 40px; height: 40px; border-radius: 50%; flex: none; }
.name { color: #f2f3f5; font-weight: 500; } .tag { background: #5865f2; color: #fff; font-size: 10px; padding: 1px 5px;
  border-radius: 3px; margin-left: 6px; vertical-align: 2px; }
.card { background: #393a41; border: 1px solid #44454c; border-left: 4px solid; border-radius: 8px; padding: 14px 16px;
  margin-top: 5px; max-width: 560px; display: flex; flex-direction: column; gap: 9px; }
h3 { font-size: 17px; margin: 1px 0 3px; } small { font-size: 13px; color: #949ba4; display: block; }
hr { border: 0; border-top: 1px solid #4a4b52; width: 100%; margin: 1px 0; }
a { color: #00a8fc; text-decoration: none; }
code { background: #2b2d31; padding: 1px 4px; border-radius: 4px; font-size: 14px; } li { margin-left: 4px; }
ul { margin: 2px 0; padding-left: 20px; } .ping { background: #3c4270; color: #c9cdfb; border-radius: 3px; }
"""
_INLINE = re.compile(
    r"\\(?P<escaped>[^0-9A-Za-z\s])|\*\*(?P<bold>.+?)\*\*(?!\*)|`(?P<code>[^`]+)`"
    r"|\[(?P<label>[^\]]+)\]\(<(?P<url>[^>]+)>\)|<@(?P<ping>\d+)>",
    re.DOTALL,
)


def inline(text: str) -> str:
    """Emphasis, code, masked links and mentions; an escaped character as it is."""
    shown, end = "", 0
    for match in _INLINE.finditer(text):
        shown += html.escape(text[end : match.start()]) + _piece(match)
        end = match.end()
    return shown + html.escape(text[end:])


def _piece(match: re.Match[str]) -> str:
    found = match.groupdict()
    if found["escaped"]:
        return html.escape(found["escaped"])
    if found["bold"]:
        return f"<b>{inline(found['bold'])}</b>"
    if found["code"]:
        return f"<code>{html.escape(found['code'])}</code>"
    if found["ping"]:
        return '<span class="ping">@Rangefinder</span>'
    return f'<a href="{html.escape(found["url"])}">{inline(found["label"])}</a>'


def text(content: str) -> str:
    """A text display, line by line."""
    shown = "".join(_line(line) for line in content.split("\n"))
    return f"<div>{re.sub('(?:<li>.*?</li>)+', lambda items: f'<ul>{items.group()}</ul>', shown)}</div>"


def _line(line: str) -> str:
    for mark, tag in (("### ", "h3"), ("-# ", "small"), ("- ", "li")):
        if line.startswith(mark):
            return f"<{tag}>{inline(line.removeprefix(mark))}</{tag}>"
    return f"<div>{inline(line)}</div>" if line else '<div style="height: 8px"></div>'


def card(container: dict[str, Any]) -> str:
    """A container with its texts and rules."""
    held = "".join("<hr>" if part["type"] == 14 else text(part["content"]) for part in container["components"])
    return f'<div class="card" style="border-left-color: #{container["accent_color"]:06x}">{held}</div>'


def message(name: str, content: str, *, app: bool = True) -> str:
    """A message by the bot or by a member."""
    face, tag = ("#b8232f", '<span class="tag">APP</span>') if app else ("#4e7cc4", "")
    head = f'<div class="face" style="background: {face}"></div><div><span class="name">{name}</span>{tag}'
    return f'<div class="message">{head}{content}</div></div>'


def page(cards: list[dict[str, Any]], asked: str) -> str:
    """All of them, a message each, under a member's question if there is one."""
    question = message("alice", text(f"<@1> {asked}"), app=False) if asked else ""
    shown = question + "".join(message("Rangefinder", card(each)) for each in cards)
    return f'<!doctype html><meta charset="utf-8"><style>{STYLE}</style><body>{shown}</body>'


if __name__ == "__main__":
    out, asked, *files = sys.argv[1:]
    read = [container for file in files for container in json.loads(Path(file).read_text(encoding="utf-8"))]
    Path(out).write_text(page(read, asked), encoding="utf-8")
