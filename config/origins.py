"""Which pages may open a socket with a person's cookie."""

from typing import Any
from urllib.parse import ParseResult

from channels.security.websocket import OriginValidator
from django.conf import settings


class SameOrigin(OriginValidator):
    """Pages of ``ALLOWED_HOSTS`` and ``CSRF_TRUSTED_ORIGINS``; programs, which send no origin.

    Browsers always name the page's origin (RFC 6455 10.2), so nothing without one carries a
    person's cookie against their will.
    """

    def __init__(self, application: Any) -> None:
        allowed = [*settings.ALLOWED_HOSTS, *settings.CSRF_TRUSTED_ORIGINS]
        super().__init__(application, allowed)

    def valid_origin(self, parsed_origin: ParseResult | None) -> bool:
        """Whether the handshake may go on."""
        return parsed_origin is None or bool(self.validate_origin(parsed_origin))
