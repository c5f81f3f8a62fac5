"""Discord's numbers, each with its source, and how a text is cut to one of them."""

import re

from index.sentences import sentences

MOST_TEXT = 4000  # of all text displays of a message together (Components Reference, "Text Display")
MOST_COMPONENTS = 40  # of a message, nested ones counted (Components Reference, flag IS_COMPONENTS_V2)
MOST_CHOICES = 25  # of an autocompletion (Application Commands, option choices)
LONGEST_CHOICE = 100  # name and value each (Application Commands, option choices)
LONGEST_ADDRESS = 512  # of a link button (Components Reference, "Button"); kept for every link

# Ours: what a person may hand over, and what one answer may show.
LONGEST_QUESTION = 500
LONGEST_NAME = 100  # of an organisation, or of an article's title or publisher as it is shown
LONGEST_WANTED = 1000  # of an id, address or title that names an article
ANSWER_SECONDS = 60.0  # a fraction of the 15 minutes that an interaction's token lives (Receiving and Responding)
EDIT_SECONDS = 2.0  # between two edits of a progress message


def weight(text: str) -> int:
    """Its length as Discord's clients count it, in UTF-16 code units; never less than what the server counts."""
    return len(text) + sum(character > "\uffff" for character in text)


def cut(text: str, most: int) -> str:
    """At most `most` characters, cut at the end of a sentence, else at white space with an ellipsis after it.

    For our own words only: a quote is shown whole or not at all.
    """
    if len(text) <= most:
        return text
    ends = [span.end for span in sentences(text) if span.end <= most]
    if ends:
        return text[: ends[-1]]
    return clipped(text, most)


def clipped(text: str, most: int) -> str:
    """At most `most` characters, an ellipsis as the last of them where something was left out."""
    if len(text) <= most:
        return text
    head = text[: most - 1]
    at_space = re.match(r".*\S(?=\s)", head, re.DOTALL)
    kept = at_space.group() if at_space and at_space.end() > most // 2 else head.rstrip()
    return f"{kept}…"
