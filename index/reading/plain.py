"""`.txt`: the whole is the text, and its first line that is not empty the title."""

from index.reading.draft import LONGEST_TITLE, Draft


def read_plain(where: str, text: str) -> Draft:
    """A draft titled by its first line."""
    return Draft(where, text, title=first_line(text))


def first_line(text: str) -> str | None:
    """The first line that says something, cut at a word where it is too long for a title."""
    line = next((stripped for line in text.splitlines() if (stripped := line.strip())), None)
    if line is None or len(line) <= LONGEST_TITLE:
        return line
    cut = line[: LONGEST_TITLE - 1]
    return (cut.rpartition(" ")[0] or cut) + "…"
