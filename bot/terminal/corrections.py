"""What `rangefinder correct` does and prints. Each job returns an exit status."""

from collections.abc import Mapping
from typing import Any

from rich.text import Text

from bot.app import App
from bot.corrections import in_words
from bot.settings import Settings
from bot.terminal.printing import out, print_json
from bot.terminal.screen import tame
from index.correcting import Decide, Effect
from index.correction import Alias, Correction, Hide, Merge, Redate

_MADE_BY = "command line"


async def correct(settings: Settings, decide: Decide, server: str) -> int:
    """One correction more."""
    async with App.open(settings) as app:
        effect = await app.correct(decide, owner=server, made_by=_MADE_BY)
        words, number = _words(effect.correction, await _titles(app, server)), effect.correction.number
    if effect.new:
        out.print(Text(f"Correction {number}: {words}. {_changes(effect)}"))
    else:
        out.print(Text(f"Nothing to do: correction {number} says so already: {words}."))
    return 0


async def undo(settings: Settings, number: int, server: str) -> int:
    """One correction less."""
    async with App.open(settings) as app:
        effect = await app.undo(number, owner=server)
        words = _words(effect.correction, await _titles(app, server))
    out.print(Text(f"Undone: correction {number}, {words}. {_changes(effect)}"))
    return 0


async def listed(settings: Settings, server: str, *, as_json: bool) -> int:
    """All corrections of one owner."""
    async with App.open(settings) as app:
        made, titles = await app.corrections(server), await _titles(app, server)
    if as_json:
        print_json([correction_json(one, titles) for one in made])
    elif not made:
        out.print(Text("There are no corrections."))
    for one in [] if as_json else made:
        out.print(Text(f"{one.number:>4}  {_words(one, titles)} ({tame(one.made_by)}, {one.made_at[:10]})"))
    return 0


def correction_json(correction: Correction, titles: Mapping[str, str]) -> dict[str, Any]:
    """A correction as `correct list --json` prints it: what every one has, then what its kind has."""
    content = correction.content
    shown = {
        "number": correction.number,
        "kind": content.kind,
        "words": in_words(content, titles),
        "made_by": correction.made_by,
        "made_at": correction.made_at,
    }
    match content:
        case Alias(spelling, organisation):
            return shown | {"spelling": spelling, "organisation": organisation}
        case Merge(name, organisation):
            return shown | {"name": name, "organisation": organisation}
        case Hide(article, organisations, sentence):
            return shown | {"article": article, "organisations": list(organisations), "sentence": sentence}
        case Redate(article, published):
            return shown | {"article": article, "published": str(published)}


async def _titles(app: App, server: str) -> dict[str, str]:
    return {stored.id: stored.article.title for stored in (await app.library.snapshot(server)).articles}


def _words(correction: Correction, titles: Mapping[str, str]) -> str:
    return tame(in_words(correction.content, titles))


def _changes(effect: Effect) -> str:
    if not effect.claims:
        return "It changes no claim."
    claims = f"{effect.claims} {'claim' if effect.claims == 1 else 'claims'}"
    return f"It changes {claims} in {effect.articles} {'article' if effect.articles == 1 else 'articles'}."
