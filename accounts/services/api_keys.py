"""Keys for programs."""

import secrets

from django.db import transaction

from accounts.models import ApiKey, User


@transaction.atomic
def create(*, user: User, name: str, scope: str = ApiKey.Scope.WRITE) -> str:
    """A new key of ``user``; this is the only time that it can be read."""
    key = f"pk_{secrets.token_urlsafe(32)}"
    ApiKey.objects.create(
        user=user, name=name, prefix=key[:10], digest=ApiKey.digest_of(key), scope=scope
    )
    return key
