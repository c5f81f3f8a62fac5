"""What the bot says about itself → cards. Pure, and all words here are ours."""

from discord import ui

from bot.discord.card import BLUE, card
from bot.discord.text import line

_EXAMPLES = "“is Leica still with Huawei?”, “who makes the cameras for vivo?”, “as of 2019, who worked with Zeiss?”"

_ABOUT = """\
### Rangefinder
I answer who works with whom: camera brands and phone makers first, then all technology partnerships. I read articles, \
keep to what they say, and show the sentences that an answer rests on, word for word, with publisher, date and link.

- **What has ended is told as ended.** A later article overtakes an earlier one.
- **A rumour is called a rumour**, and never ends what was announced.
- **Ten outlets with one story count once.**
- **Where I have no source, I say so.**"""

_HELP_ASKING = """\
### How to ask
- Mention me with a question, in any channel I can see
- Write to me directly
- `/ask`, also as of a date, or only for you (`private`)
- `/partners` and `/timeline`: who works with whom, and since when
- `/rumours latest`, of all or of one organisation

For example: {examples}. I read English."""

_HELP_MODERATORS = """\
**For members with Manage Server**
- `/library add`: a page's address, or a file (.md, .txt, .html, .json, .jsonl)
- `/library remove`, `/library reindex`, `/library status`

What is added in a server is seen in that server only."""

_HOW = "Ask me who works with whom, in the same message: {examples}. `/help` tells the rest."

_GREETING = """\
### Hello, I am Rangefinder
I answer who works with whom, with the sentences it rests on, word for word, and their date.

- Mention me with a question: “{me} is Leica still with Huawei?”
- Or use `/ask`, and `/rumours latest` for what may be coming
- Members with Manage Server add articles of this server with `/library add`

I begin with a few shared articles. I read only messages that mention me, and direct ones. `/help` tells the rest."""


def about_card(version: str, articles: int) -> ui.LayoutView:
    """What it is; `articles` is how many this server sees."""
    return card([_ABOUT, f"-# Version {line(version, 40)} · {articles:,} articles here"], BLUE)


def help_card() -> ui.LayoutView:
    """How to use it."""
    return card([_HELP_ASKING.format(examples=_EXAMPLES), _HELP_MODERATORS], BLUE)


def how_to_ask() -> ui.LayoutView:
    """For a mention without a question."""
    return card([_HOW.format(examples=_EXAMPLES)], BLUE)


def greeting_card(me: str) -> ui.LayoutView:
    """The first message in a new server; `me` is the bot's mention."""
    return card([_GREETING.format(me=me)], BLUE)
