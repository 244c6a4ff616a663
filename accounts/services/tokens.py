"""Tokens of API clients: a short access token, and a refresh token that is good for once.

Both are JSON Web Tokens (RFC 7519), signed by HMAC-SHA256 with ``SECRET_KEY``. Rotation and the end
of a family on reuse follow RFC 9700, section 4.14.2.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from rest_framework_simplejwt.exceptions import TokenError
from rest_framework_simplejwt.settings import api_settings
from rest_framework_simplejwt.tokens import AccessToken, RefreshToken

from accounts import events
from accounts.errors import TokenRefused, TokenReused
from accounts.models import TokenFamily, User


@dataclass(frozen=True)
class Pair:
    """What a client gets: ``expires_in`` seconds of access, and a refresh token until then."""

    access: str
    expires_in: int
    refresh: str
    until: datetime


@transaction.atomic
def begin(*, user: User, address: str = "", agent: str = "") -> Pair:
    """A new family of ``user``, who has just proven who they are."""
    family = TokenFamily(
        user=user,
        newest=uuid.uuid4().hex,
        password_mark=user.get_session_auth_hash(),
        address=address or None,
        agent=agent,
        expires_at=timezone.now() + api_settings.REFRESH_TOKEN_LIFETIME,
    )
    family.save()
    return _pair(family)


def rotate(*, refresh: str, request: Any = None) -> Pair:
    """The next pair for the newest refresh token of a family.

    Of two that come at once one wins. TokenReused, and the end of the family, for an older one;
    TokenRefused for what is no token, over or revoked.
    """
    token = _read(RefreshToken, refresh)
    family = _family(token)
    now = timezone.now()
    until = now + api_settings.REFRESH_TOKEN_LIFETIME
    following = uuid.uuid4().hex
    claimed = TokenFamily.objects.usable(now).filter(pk=family.pk, newest=token["jti"])
    if not claimed.update(newest=following, last_used_at=now, expires_at=until):
        revoke(family=family)
        events.tell(events.Event.TOKEN_REUSED, user=family.user, request=request)
        raise TokenReused
    family.newest, family.expires_at = following, until
    return _pair(family)


def family_of(*, access: str) -> TokenFamily:
    """The sign-in of an access token, with its person; TokenRefused where it is over."""
    return _family(_read(AccessToken, access))


def end(*, refresh: str) -> User | None:
    """Revoke the family of a refresh token; its person, or None where it is no token of ours."""
    try:
        family = _family(_read(RefreshToken, refresh))
    except TokenRefused:
        return None
    revoke(family=family)
    return family.user


def revoke(*, family: TokenFamily) -> None:
    """Nothing of this family opens anything from now on."""
    TokenFamily.objects.filter(pk=family.pk, revoked_at=None).update(revoked_at=timezone.now())


def _read(kind: type[Any], text: str) -> Any:
    try:
        return kind(text)
    except TokenError as error:
        raise TokenRefused from error


def _family(token: Any) -> TokenFamily:
    families = TokenFamily.objects.usable().select_related("user")
    try:
        family = families.filter(pk=token.get("family"), user_id=token.get("user_id")).first()
    except (ValidationError, ValueError) as error:
        raise TokenRefused from error
    if family is None or not family.knows_password():
        raise TokenRefused
    return family


def _pair(family: TokenFamily) -> Pair:
    access, refresh = AccessToken(), RefreshToken()
    for token in (access, refresh):
        token["user_id"] = family.user_id
        token["family"] = str(family.pk)
    refresh["jti"] = family.newest
    lifetime = api_settings.ACCESS_TOKEN_LIFETIME
    return Pair(str(access), int(lifetime.total_seconds()), str(refresh), family.expires_at)
