"""How a request to an address that somebody entered ended. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Answer:
    """``status`` and the ``head`` of the body where there was an answer, else ``error``, a code.

    Codes of ``posting``: ``address_forbidden``, ``unreachable``, ``timeout``, ``not_http``.
    ``said`` is what the library says of it, in English.
    """

    status: int | None = None
    head: str = ""
    error: str = ""
    said: str = ""
    seconds: float = 0.0

    @property
    def is_taken(self) -> bool:
        """Whether the receiver said that it has it: 2xx."""
        return self.status is not None and 200 <= self.status < 300

    @property
    def trouble(self) -> str:
        """The code of what went wrong; empty where nothing did."""
        if self.error or self.is_taken:
            return self.error
        return "redirected" if self.status and 300 <= self.status < 400 else "refused"
