"""Small things that the sentences to a person are made of."""

LONGEST_SHOWN = 60  # characters of a stranger's text that a sentence repeats


def plain_line(text: str) -> str:
    """The text on one line, with a mark in place of what cannot be printed (newlines, escapes, surrogates)."""
    return "".join(character if character.isprintable() else "�" for character in text)


def shown(text: str) -> str:
    """A stranger's text as a sentence repeats it: in quotation marks, on one line, cut where it is long."""
    line = plain_line(text)
    return f"“{line}”" if len(line) <= LONGEST_SHOWN else f"“{line[: LONGEST_SHOWN - 1]}…”"


def size(count: int) -> str:
    """Bytes as people read them: `2 MB`, `1.5 KB`, `12 bytes`."""
    for unit, worth in (("MB", 1_000_000), ("KB", 1000)):
        if count >= worth:
            return f"{count / worth:.1f}".removesuffix(".0") + f" {unit}"
    return f"{count} bytes"
