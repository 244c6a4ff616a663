"""What the views through which people come in have in common."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from rest_framework import exceptions
from rest_framework.parsers import JSONParser
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import EmailCode
from accounts.serializers import SentSerializer
from accounts.services.tokens import Pair
from accounts.throttles import DoorThrottle

COOKIE = "protokol_refresh"


class Door(APIView):
    """Open to everybody, JSON only, and not from pages of other hosts.

    A form of another site cannot send JSON, its script may not without our consent, and what says
    that it comes from there is refused: the cookie acts for our own pages and for programs.
    """

    authentication_classes = []
    permission_classes = [AllowAny]
    parser_classes = [JSONParser]
    throttle_classes = [DoorThrottle]

    def initial(self, request: Request, *args: object, **options: object) -> None:
        """Refuse other origins before anything is read."""
        super().initial(request, *args, **options)
        if not is_ours(request._request):
            raise exceptions.PermissionDenied("CSRF Failed: the Origin is another host's.")


def is_ours(request: HttpRequest) -> bool:
    """Whether the request's ``Origin``, if it has one, is this instance or a trusted one."""
    origin = request.headers.get("Origin")
    if origin is None or origin in settings.CSRF_TRUSTED_ORIGINS:
        return True
    told = urlsplit(origin)
    return (told.scheme, told.netloc) == (request.scheme, request.get_host())


def weak(field: str, error: ValidationError) -> exceptions.ValidationError:
    """What is wrong with a password, by field."""
    return exceptions.ValidationError({field: error.messages})


def sent(code: EmailCode) -> Response:
    """202: a code is on its way, if there is somebody to send one to."""
    life = int(EmailCode.LIFE.total_seconds())
    return Response(SentSerializer({"id": code.pk, "expires_in": life}).data, status=202)


def with_cookie(response: Response, pair: Pair) -> Response:
    """The refresh token in a cookie that only these addresses get, and no script reads."""
    response.set_cookie(
        COOKIE,
        pair.refresh,
        expires=pair.until,
        path=path_of_cookie(),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )
    response["Cache-Control"] = "no-store"
    return response


def without_cookie(response: Response) -> Response:
    """The cookie is taken back."""
    response.delete_cookie(COOKIE, path=path_of_cookie(), samesite="Strict")
    return response


def path_of_cookie() -> str:
    """Where the cookie goes: to signing in and out, nowhere else."""
    return reverse("api:auth-logout").removesuffix("logout/")
