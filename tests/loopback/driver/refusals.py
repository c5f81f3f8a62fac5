"""What a Discord client would not let a member do."""


class RefusedError(AssertionError):
    """The member cannot do this: no such command, a disabled button, a text too long, no permission."""


class DidNotRespondError(AssertionError):
    """ "The application did not respond": no first response within 3 seconds."""
