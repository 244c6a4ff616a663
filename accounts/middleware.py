"""The person who asks: who acts, their language and time zone, when last seen, the admin's gate."""

import time
import zoneinfo
from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.http import urlencode

from accounts import acting
from accounts.services import sessions

Respond = Callable[[HttpRequest], HttpResponse]

SEEN = "seen_at"
SEEN_EVERY = 600  # seconds


class ActingMiddleware:
    """What is done while a request is answered is done for its caller; the audit log asks who."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with acting.answering(request):
            return self.get_response(request)


class LanguageMiddleware:
    """The person's language; else the cookie's, the browser's, the instance's."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        own = request.user.language if request.user.is_authenticated else ""
        language = own or translation.get_language_from_request(request)
        zone = request.user.time_zone if request.user.is_authenticated else ""
        with (
            translation.override(language),
            timezone.override(zoneinfo.ZoneInfo(zone or settings.TIME_ZONE)),
        ):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
        return response


class AdminGateMiddleware:
    """The admin is entered by the sign-in of the pages, with its second step.

    With ``ADMIN_TWO_STEPS`` nobody works there whose sign-in takes a password alone.
    """

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(reverse("admin:index")):
            return self.refused(request) or self.get_response(request)
        return self.get_response(request)

    def refused(self, request: HttpRequest) -> HttpResponse | None:
        """Where to go first; None for whom the admin itself shall look at."""
        if not request.user.is_authenticated:
            return _first(reverse("accounts:sign-in"), request)
        if request.path == reverse("admin:login"):
            if request.user.is_staff:
                return HttpResponseRedirect(reverse("admin:index"))
            raise PermissionDenied
        if not request.user.is_staff or not settings.ADMIN_TWO_STEPS:
            return None
        if is_mfa_enabled(request.user):
            return None
        return _first(reverse("accounts:security"), request)


class LastSeenMiddleware:
    """Notes every ten minutes that a session is in use; costs nothing in between."""

    def __init__(self, get_response: Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        now = int(time.time())
        seen = request.session.get(SEEN) if request.user.is_authenticated else None
        if isinstance(seen, int) and now - seen >= SEEN_EVERY:
            request.session[SEEN] = now
            sessions.seen(session_key=request.session.session_key or "")
        return self.get_response(request)


def _first(page: str, request: HttpRequest) -> HttpResponseRedirect:
    wanted = request.get_full_path()
    signing_in = reverse("admin:login")
    to = reverse("admin:index") if request.path == signing_in else wanted
    return HttpResponseRedirect(f"{page}?{urlencode({'next': to})}")
