"""How things look in a terminal. Everything here turns data into text; nothing asks or changes anything."""

import re
from collections.abc import Iterable

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.style import Style
from rich.text import Text

from bot.answer import Answer, Rumour, ShownQuote
from bot.links import link_of, source_line
from bot.quoting import ellipses
from bot.wording import on_date
from index.article import Stored
from index.indexing import Added

_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_COLOURS = {"yes": "green", "no": "red", "rumoured": "yellow", "disputed": "magenta", "no_source": "bright_black"}
_PHASES = {
    "sought": "partnership sought",
    "agreed": "partnership agreed",
    "running": "partnership running",
    "ended": "partnership ended",
    "refused": "partnership refused",
}


def tame(text: str) -> str:
    """Text without what would move the cursor, colour the screen or turn the direction of reading."""
    return _CONTROL.sub("�", text)


def answer_view(answer: Answer) -> RenderableType:
    """An answer with its quotes, or with the nearest articles where it abstains."""
    parts: list[RenderableType] = [_sentence(answer)]
    if answer.holds_for:
        parts.append(Text(f"Holds for {answer.holds_for.spoken()}.", Style(dim=True)))
    parts += [quote_view(quote) for quote in answer.quotes]
    parts += [_nearest(stored) for stored in answer.nearest]
    return Group(*parts, Text(""))


def quote_view(shown: ShownQuote) -> RenderableType:
    """A quote in quotation marks, and where it is from."""
    before, after = ellipses(shown.quote)
    words = Text(f"{before}“{tame(shown.quote.text)}”{after}")
    about = [tame(source_line(shown.quote)), shown.standing]
    if shown.also_in:
        about.append(f"also in {shown.also_in} {'outlet' if shown.also_in == 1 else 'outlets'}")
    lines: list[RenderableType] = [Text(f"[{shown.n}] ", Style(bold=True)) + words]
    lines.append(_indented(Text(" · ".join(about), Style(dim=True))))
    link = link_of(shown.quote)
    if link:
        lines.append(_indented(Text(tame(link), Style(color="blue"), overflow="fold")))
    return Group(Text(""), *lines)


def rumour_view(rumour: Rumour) -> RenderableType:
    """A rumour, what became of it, and its quotes."""
    said = rumour.said.spoken() if rumour.said else "undated"
    title = Text(f"{' and '.join(map(tame, rumour.organisations))}: ", Style(bold=True))
    title.append(f"{_PHASES[rumour.phase]}, {rumour.standing}, {said}", Style(bold=False))
    if rumour.said_by:
        title.append(f", said by {tame(rumour.said_by)}", Style(bold=False))
    outcome = rumour.outcome
    on = f" {on_date(outcome.on)}" if outcome.on else ""
    state = {"quiet": f"quiet since {outcome.on.spoken() if outcome.on else ''}", "open": "open"}
    became = Text(f"Since then: {state.get(outcome.state, outcome.state + on)}", Style(dim=True))
    quotes = [*rumour.quotes, *([outcome.quote] if outcome.quote else [])]
    return Group(title, became, *(quote_view(quote) for quote in quotes), Text(""))


def added_lines(added: Added) -> Iterable[str]:
    """What became of the articles that were handed over, a line each; refusals are not among them."""
    counts = (("new", len(added.new)), ("changed", len(added.changed)), ("unchanged", added.unchanged))
    yield ", ".join(f"{number} {word}" for word, number in counts) + f", {len(added.refusals)} refused"


def article_line(stored: Stored) -> str:
    """An article in one line."""
    article = stored.article
    published = article.published.spoken() if article.published else "undated"
    return tame(f"{stored.id}  {article.title} ({article.publisher or 'unknown publisher'}, {published})")


def _sentence(answer: Answer) -> Text:
    text = Text(tame(answer.text))
    if answer.verdict:
        first = len(answer.warning) + 1 if answer.warning else 0
        end = answer.text.find(".", first) + 1
        text.stylize(Style(bold=True, color=_COLOURS[answer.verdict]), first, end)
    return text


def _indented(text: Text) -> RenderableType:
    return Padding(text, (0, 0, 0, 4), expand=False)


def _nearest(stored: Stored) -> Text:
    link = f" {tame(stored.article.url)}" if stored.article.url else ""
    return Text(f"  · {article_line(stored).split('  ', 1)[1]}{link}", Style(dim=True))
