"""How often somebody may ask, counted in the cache by the minute."""

import time
from typing import Any

import structlog
from django.conf import settings
from django.core.cache import cache
from redis.exceptions import RedisError
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from accounts.callers import address_of
from accounts.models import ApiKey

log = structlog.get_logger(__name__)


def spend(what: str, *, allowed: int, window: int = 60) -> int:
    """Count one of ``what``; 0, or the seconds to wait where more than ``allowed`` came.

    Windows of ``window`` seconds are fixed. 0 allows any number. Without a cache nothing is
    refused: who tries passwords meanwhile is stopped by the lockout, which needs it too.
    """
    if allowed <= 0:
        return 0
    now = int(time.time())
    key = f"spent:{what}:{now // window}"
    try:
        cache.add(key, 0, timeout=window + 1)
        spent = cache.incr(key)
    except (RedisError, ValueError) as error:
        log.warning("not_counted", what=what, error=str(error))
        return 0
    return window - now % window if spent > allowed else 0


class CallerThrottle(BaseThrottle):
    """Requests a minute of a key, of a person, and of an address where nobody is signed in."""

    seconds = 0

    def allow_request(self, request: Request, view: Any) -> bool:
        """Whether this one still fits into the minute."""
        what, allowed = self.share_of(request)
        self.seconds = spend(what, allowed=allowed)
        return not self.seconds

    def wait(self) -> float:
        """Seconds until the next minute begins."""
        return float(self.seconds)

    def share_of(self, request: Request) -> tuple[str, int]:
        """Whose requests are counted together, and how many they have."""
        if isinstance(request.auth, ApiKey):
            return f"key:{request.auth.pk}", settings.API_RATE_KEY
        if request.user and request.user.is_authenticated:
            return f"person:{request.user.pk}", settings.API_RATE_PERSON
        return f"address:{address_of(request)}", settings.API_RATE_ADDRESS


class DoorThrottle(CallerThrottle):
    """Attempts a minute of an address to get in, whatever it tries."""

    def share_of(self, request: Request) -> tuple[str, int]:
        """The address alone counts."""
        return f"door:{address_of(request)}", settings.SIGN_IN_RATE
