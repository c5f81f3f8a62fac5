"""Answer → card. Pure: the same answer is always the same card."""

from discord import ui

from bot.answer import Answer, Verdict
from bot.discord.asking.fitting import LONGEST_SENTENCE, Fitted, attempts
from bot.discord.card import AMBER, BLUE, GREEN, GREY, RED, RULE, VIOLET, Block, card, fits, fitting
from bot.discord.limits import LONGEST_NAME, LONGEST_QUESTION
from bot.discord.quotes import article_line, quote_block
from bot.discord.text import line

_COLOURS: dict[Verdict | None, int] = {
    "yes": GREEN,
    "no": RED,
    "rumoured": AMBER,
    "disputed": VIOLET,
    "no_source": GREY,
    None: BLUE,
}
_MOST_NEAREST = 5


def answer_card(answer: Answer, *, echo: bool = False) -> ui.LayoutView:
    """The card. With `echo` it repeats the question, where no message above it shows what was asked."""
    blocks = _abstention(answer, echo=echo) if answer.abstains else _answer(answer, echo=echo)
    return card(blocks, _COLOURS[answer.verdict])


def _answer(answer: Answer, *, echo: bool) -> list[Block]:
    tried = (_blocks(answer, fitted, echo=echo) for fitted in attempts(answer))
    return next(blocks for blocks in tried if fits(blocks))


def _blocks(answer: Answer, fitted: Fitted, *, echo: bool) -> list[Block]:
    quotes = [quote_block(shown, numbered=True, plain_link=fitted.plain_links) for shown in fitted.quotes]
    return [_head(answer, fitted.sentence, echo=echo), *([RULE] if quotes else []), *quotes]


def _head(answer: Answer, sentence: str, *, echo: bool) -> Block:
    lines = [f"-# {line(answer.question, LONGEST_QUESTION // 2)}"] if echo else []
    if answer.warning:
        lines.append(f"⚠️ {line(answer.warning, 300)}")
    lines.append(f"### {line(sentence, LONGEST_SENTENCE)}")
    if answer.holds_for:
        lines.append(f"-# Holds for {answer.holds_for.spoken()}")
    return "\n".join(lines)


def _abstention(answer: Answer, *, echo: bool) -> list[Block]:
    head = _head(answer, answer.sentence, echo=echo)
    nearest = [f"- {article_line(stored.article, LONGEST_NAME)}" for stored in answer.nearest[:_MOST_NEAREST]]
    blocks = fitting([head, RULE], nearest, "") if nearest else [head]
    return [*blocks[:2], "\n".join(blocks[2:])] if nearest else blocks
