"""The one exception whose text may be shown to a person."""


class PlainError(Exception):
    """A request that failed for a reason a person can act on.

    Its text is one plain sentence, or two: what is wrong and what to do next. It is shown as it stands, in the terminal
    and in Discord; the text of any other exception never is.
    """
