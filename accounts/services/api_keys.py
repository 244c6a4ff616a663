"""Keys for programs."""

import secrets
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts import events
from accounts.models import ApiKey, User


@transaction.atomic
def create(*, user: User, name: str, scope: str = ApiKey.Scope.WRITE, request: Any = None) -> str:
    """A new key of ``user``; this is the only time that it can be read."""
    key, _row = make(user=user, name=name, scope=scope, request=request)
    return key


@transaction.atomic
def make(
    *, user: User, name: str, scope: str = ApiKey.Scope.WRITE, request: Any = None
) -> tuple[str, ApiKey]:
    """As ``create``, with the row that is kept."""
    key = f"pk_{secrets.token_urlsafe(32)}"
    row = ApiKey.objects.create(
        user=user, name=name, prefix=key[:10], digest=ApiKey.digest_of(key), scope=scope
    )
    made = events.Event.KEY_CREATED
    events.tell(made, user=user, request=request, key=row.pk, name=name, scope=scope)
    return key, row


@transaction.atomic
def revoke(*, key: ApiKey, request: Any = None) -> None:
    """From now on it opens nothing; revoking twice changes nothing."""
    if ApiKey.objects.filter(pk=key.pk, revoked_at=None).update(revoked_at=timezone.now()):
        revoked = events.Event.KEY_REVOKED
        events.tell(revoked, user=key.user, request=request, key=key.pk, name=key.name)
