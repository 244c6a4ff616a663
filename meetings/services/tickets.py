"""Tickets: the right to open one socket once, for programs that have no session."""

import hashlib
import secrets
from typing import Any

from django.core.cache import cache

from accounts.models import User

SECONDS = 60
"""How long a ticket may wait to be used."""


def issue(*, user: User, meeting_id: Any) -> str:
    """A ticket with which ``user`` may open the socket of a meeting once."""
    ticket = secrets.token_urlsafe(32)
    cache.set(_key(ticket), (user.pk, str(meeting_id)), timeout=SECONDS)
    return ticket


def redeem(ticket: str, *, meeting_id: Any) -> User | None:
    """Whose ticket this is; None where it is unknown, used, late or of another meeting."""
    key = _key(ticket)
    held = cache.get(key)
    if held is None or not cache.delete(key) or held[1] != str(meeting_id):
        return None
    return User.objects.filter(pk=held[0], is_active=True).first()


def _key(ticket: str) -> str:
    return f"ticket:{hashlib.sha256(ticket.encode()).hexdigest()}"
