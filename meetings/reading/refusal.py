"""What stops the child: a code of ``errors.SENTENCES`` and its facts. Standard library only."""


class Refused(Exception):  # noqa: N818
    """The document is not read on."""

    def __init__(self, code: str, **facts: int) -> None:
        self.code = code
        self.facts = facts
        super().__init__(code)
