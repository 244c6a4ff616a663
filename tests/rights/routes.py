"""Every route of the URL configuration and of the sockets, as the rows of the table name them."""

import re
from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from config.routing import websocket_urlpatterns

ADMIN = "/admin/"
PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
BRACES = re.compile(r"\{\w+\}")


def http_routes() -> list[str]:
    """All addresses but the admin's, with ``{name}`` for their parameters."""
    return [route for route in _served() if not route.startswith(ADMIN)]


def admin_routes() -> list[str]:
    """The operator's addresses."""
    return [route for route in _served() if route.startswith(ADMIN)]


def socket_routes() -> list[str]:
    """The addresses of sockets."""
    return [_named("/" + str(pattern.pattern)) for pattern in websocket_urlpatterns]


def _served() -> list[str]:
    return list(dict.fromkeys(_named("/" + path) for path in _paths(get_resolver().url_patterns)))


def _paths(patterns: Any, prefix: str = "") -> Iterator[str]:
    for pattern in patterns:
        path = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _paths(pattern.url_patterns, path)
        elif isinstance(pattern, URLPattern):
            yield path


def _named(path: str) -> str:
    """``meetings/<uuid:pk>/`` and ``^api/(?P<path>.*)$`` with braces."""
    plain = re.sub(r"\(\?P<(\w+)>[^)]*\)", r"{\1}", path)
    return re.sub(r"[\^$]|\\Z", "", PARAMETER.sub(r"{\1}", plain))
