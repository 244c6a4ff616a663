"""Who calls: the person of a request of the API, and the address it came from."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest
from rest_framework.exceptions import NotAuthenticated
from rest_framework.request import Request

from accounts.models import User

UNKNOWN = "0.0.0.0"


def caller(request: Request) -> User:
    """The person who calls; NotAuthenticated for nobody."""
    if not isinstance(request.user, User):
        raise NotAuthenticated
    return request.user


def address_of(request: HttpRequest | Request) -> str:
    """The caller's address.

    The header ``X-Forwarded-For`` is believed as far as ``TRUSTED_PROXIES`` proxies wrote it: each
    appends the address that it was called from, so the last ones are theirs.
    """
    forwarded = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    proxies = settings.TRUSTED_PROXIES
    told = forwarded[-proxies] if 0 < proxies <= len(forwarded) else ""
    return _valid(told) or _valid(request.META.get("REMOTE_ADDR", "")) or UNKNOWN


def agent_of(request: HttpRequest | Request) -> str:
    """How the caller's program names itself, at most 300 characters."""
    return str(request.META.get("HTTP_USER_AGENT", "")).replace("\0", "")[:300]


def _valid(address: str) -> str:
    try:
        return str(ipaddress.ip_address(address))
    except ValueError:
        return ""
