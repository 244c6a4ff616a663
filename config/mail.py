"""Mail where there is no mail server: written to the log, like everything that happens."""

import sys
from typing import Any

from django.core.mail.backends import console


class EmailBackend(console.EmailBackend):
    """Django's console backend, on standard error: what a command prints stays its own."""

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("stream", sys.stderr)
        super().__init__(*args, **options)
