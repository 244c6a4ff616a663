"""API keys and access tokens as credentials of the REST API."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework import authentication, exceptions
from rest_framework.request import Request

from accounts.models import ApiKey, TokenFamily, User
from accounts.services import tokens


def credential_of(request: Request, scheme: str) -> str | None:
    """What follows ``scheme`` in the header ``Authorization``; None where another one is used."""
    told, _space, value = request.headers.get("Authorization", "").partition(" ")
    return value.strip() if told.lower() == scheme.lower() else None


class ApiKeyAuthentication(authentication.BaseAuthentication):
    """``Authorization: Api-Key <key>``."""

    scheme = "Api-Key"

    def authenticate(self, request: Request) -> tuple[User, ApiKey] | None:
        """The key's person and the key; None where another scheme is used."""
        value = credential_of(request, self.scheme)
        if value is None:
            return None
        digest = ApiKey.digest_of(value)
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


class AccessTokenAuthentication(authentication.BaseAuthentication):
    """``Authorization: Bearer <access token>``; it ends with its sign-in, not only by time."""

    scheme = "Bearer"

    def authenticate(self, request: Request) -> tuple[Any, TokenFamily] | None:
        """The token's person and sign-in; TokenRefused where it does not count any more."""
        value = credential_of(request, self.scheme)
        if value is None:
            return None
        family = tokens.family_of(access=value)
        return family.user, family

    def authenticate_header(self, request: Request) -> str:
        """What a 401 asks for."""
        return self.scheme
