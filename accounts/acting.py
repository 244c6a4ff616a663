"""On whose behalf the code runs: the request that is being answered, else the machine's own."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.http import HttpRequest

_answered: ContextVar[HttpRequest | None] = ContextVar("answered", default=None)

LINK = "opened_by_link"
"""The attribute of a request that came by a link to a meeting: how the link is called."""


@contextmanager
def answering(request: HttpRequest) -> Iterator[None]:
    """Whatever is done inside is done for ``request``."""
    before = _answered.get()
    _answered.set(request)
    try:
        yield
    finally:
        _answered.set(before)


def request_answered() -> Any:
    """The request that is being answered here; None in workers and at terminals."""
    return _answered.get()


def caller_answered() -> Any:
    """The person who is signed in where a request is being answered; else None."""
    user = getattr(_answered.get(), "user", None)
    return user if user is not None and user.is_authenticated else None


def came_by_link(request: HttpRequest, name: str) -> None:
    """From now on the caller is whoever has this link."""
    setattr(request, LINK, name)
