"""Others' text in a message: harmless, and exact when the escape is undone."""

import re
import unicodedata
from itertools import accumulate

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.discord.limits import clipped, cut, weight
from bot.discord.text import escape, line, link, plain, quoted, safe_address, unescape

MARKUP = st.text(alphabet="\\*_~|`<>[]()#@:&!-+.0123 \nabe/thryoFR\u202e\u2069é", max_size=60)
ANY = st.one_of(MARKUP, st.text(max_size=60))

# Anything of these that no odd number of backslashes precedes would be taken as markup.
_TRIGGERS = re.compile(
    r"[*_~|`\[\]]|<(?:@|#|:|a:|t:|/|id:|https?:|\+|mailto:)|@(?:everyone|here)|https?://|:\w+:"
    r"|^\s*(?:#{1,3} |-# |[-+] |\d+\. |>{1,3} )",
    re.MULTILINE,
)


def rendered_markup(shown: str) -> list[str]:
    """What Discord would take for markup, escapes honoured: an escaped character is no longer there to be parsed."""
    return _TRIGGERS.findall(re.sub(r"\\[^0-9A-Za-z\s]", "\ufffd", shown))


@given(ANY)
@example("\\")
@example("\\\\*")
@example("¯\\_(ツ)_/¯")
@example("a\\\n- b\n  12) c\n-# d")
def test_the_escape_can_be_undone(text: str) -> None:
    assert unescape(escape(text)) == text


@given(ANY)
def test_no_markup_is_left(text: str) -> None:
    assert rendered_markup(escape(text)) == []


@given(ANY)
def test_discord_knows_no_mention_in_the_raw_text(text: str) -> None:
    """Pings are found in the raw text, where backslashes mean nothing; @everyone is left to AllowedMentions."""
    assert not re.search(r"<(?:@[!&]?|#)\d+>", escape(text))


@given(ANY)
def test_only_backslashes_are_added(text: str) -> None:
    assert escape(text).replace("\\", "") == text.replace("\\", "")


@pytest.mark.parametrize(
    "text",
    [
        "@everyone @here <@1> <@!1> <@&2> <#3> </ask:4> <id:browse>",
        "**b** *i* __u__ _i_ ~~s~~ ||spoiler|| `c` ```py\nx\n```",
        "# h\n## h\n### h\n-# sub\n- l\n* l\n+ l\n1. n\n> q\n>>> q",
        "[label](https://evil.example) https://evil.example <https://evil.example> <t:1700000000:R> :smile: <:x:5>",
    ],
)
def test_all_that_discord_knows_is_shown_as_it_is_written(text: str) -> None:
    assert rendered_markup(escape(text)) == []
    assert unescape(escape(text)) == text


@given(st.text(alphabet="ab\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069א", max_size=30))
def test_a_quote_leaves_no_direction_open(text: str) -> None:
    shown = quoted(text)
    before, after = shown.index("“"), shown.index("”")
    assert unescape(shown[before : after + 1]) == f"“{text}”"
    depths = list(accumulate((c in "\u2066\u2067\u2068") - (c == "\u2069") for c in shown))
    assert depths[-1] == 0
    assert before == 0 or min(depths[before : after + 1]) >= 1, "the quote left its isolate"
    assert before > 0 or not set(text) - set("ab")


def test_an_ordinary_quote_carries_no_invisible_marks() -> None:
    assert quoted("Leica’s “red dot” is gone.") == "“Leica’s “red dot” is gone.”"


def test_a_title_shows_no_invisible_characters() -> None:
    assert plain("Le\u200bica\u202e\u2066\x07 \n\t and\u3164\u00adHuawei") == "Leica andHuawei"


@given(st.text(max_size=80), st.integers(2, 50))
def test_a_name_is_one_short_line_or_its_stand_in(text: str, most: int) -> None:
    shown = line(text, most, empty="untitled")
    assert shown
    assert "\n" not in shown
    marks = [c for c in shown if unicodedata.category(c) == "Cf" and c not in "\u2068\u2069"]
    assert marks == []
    assert len(unescape(shown).strip("\u2068\u2069")) <= max(most, len("untitled"))


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "ftp://a.example/", "https://", "https://discord.com@evil.example/", "no address", "",
     "https://[::1", "https://a.example:99999/", f"https://a.example/{'x' * 600}", f"https://{'a' * 70}.example/"],
)  # fmt: skip
def test_what_is_no_web_address_gets_no_link(address: str) -> None:
    assert link("open", address) == ""


@given(st.text(max_size=60))
def test_no_address_leaves_the_brackets_of_its_link(tail: str) -> None:
    target = safe_address(f"https://a.example/{tail}")
    assert target is None or re.fullmatch(r"https://a\.example[^\s<>()\\`|*\"]*", target) or "*" in target
    assert target is None or not re.search(r"[\s<>()\\`|]", target)


def test_a_text_fragment_survives() -> None:
    address = "https://a.example/p?q=1#:~:text=Leica%2Dand,no%20more"
    assert safe_address(address) == address


def test_a_link_too_long_loses_its_fragment_first() -> None:
    assert safe_address(f"https://a.example/p#:~:text={'x' * 600}") == "https://a.example/p"


def test_our_own_words_are_cut_at_the_end_of_a_sentence() -> None:
    assert cut("One is here. Two is there. Three.", 28) == "One is here. Two is there."
    assert cut("Onlyoneverylongword", 10) == "Onlyonever"[:9] + "…"


@given(st.text(max_size=200), st.integers(1, 100))
def test_nothing_is_longer_than_it_may_be(text: str, most: int) -> None:
    assert len(cut(text, most)) <= most
    assert len(clipped(text, most)) <= most
    assert weight(text) >= len(text)
