"""What django-axes asks us: under which address failures count, and what a locked person sees."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def address_typed(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """The e-mail that was tried, as it is kept."""
    typed = (credentials or {}).get("username") or ""
    return str(typed).strip().lower()[:254]


def seconds() -> int:
    """How long a lock lasts."""
    return int(settings.AXES_COOLOFF_TIME.total_seconds())


def answer(
    request: HttpRequest, response: HttpResponse | None, credentials: dict[str, Any] | None
) -> HttpResponse:
    """429: the API's own problem, which stands already, or a page."""
    if response is not None and response.status_code == 429:
        return response
    minutes = -(-seconds() // 60)
    page = render(request, "accounts/wait.html", {"minutes": minutes}, status=429)
    page["Retry-After"] = str(seconds())
    return page
