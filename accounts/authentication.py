"""API keys as credentials of the REST API."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework import authentication, exceptions
from rest_framework.request import Request

from accounts.models import ApiKey, User


class ApiKeyAuthentication(authentication.BaseAuthentication):
    """``Authorization: Api-Key <key>``."""

    scheme = "Api-Key"

    def authenticate(self, request: Request) -> tuple[User, ApiKey] | None:
        """The key's person and the key; None where another scheme is used."""
        scheme, _space, value = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != self.scheme.lower():
            return None
        digest = ApiKey.digest_of(value.strip())
        key = ApiKey.objects.usable().select_related("user").filter(digest=digest).first()
        if key is None:
            raise exceptions.AuthenticationFailed(_("This API key is unknown or revoked."))
        if key.scope == ApiKey.Scope.READ and request.method not in ("GET", "HEAD", "OPTIONS"):
            raise exceptions.PermissionDenied(_("This API key may only read."))
        if not key.was_used_recently():
            ApiKey.objects.filter(pk=key.pk).update(last_used_at=timezone.now())
        return key.user, key

    def authenticate_header(self, request: Request) -> str:
        """What a 401 asks for."""
        return self.scheme
