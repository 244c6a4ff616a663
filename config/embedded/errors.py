"""What stops a start, in words for the person at the terminal."""


class StartError(Exception):
    """The instance cannot start; the message says why and what would help."""
