"""Six-digit codes by mail: sent, answered once, counted."""

import secrets
from typing import Any
from uuid import UUID

from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone

from accounts.errors import WaitFirst, WrongCode
from accounts.models import EmailCode, User
from accounts.services import letters, post
from accounts.throttles import spend

AN_HOUR = 3600  # seconds
HOURLY = 5
"""Codes that an address is sent in an hour, for each purpose, whoever asks."""


@transaction.atomic
def issue(
    *,
    purpose: EmailCode.Purpose,
    email: str,
    user: User | None = None,
    payload: dict[str, Any] | None = None,
    is_real: bool = True,
    instead: EmailMessage | None = None,
) -> EmailCode:
    """A code on its way to ``email``; where it is not ``is_real`` none is sent and none will fit.

    ``instead`` is sent in its place.

    WaitFirst where the address was sent enough in this hour, whether it is known or not.
    """
    wait = spend(f"code:{purpose}:{email}", allowed=HOURLY, window=AN_HOUR)
    if wait:
        raise WaitFirst(wait)
    row = EmailCode(
        purpose=purpose,
        email=email,
        user=user,
        payload=payload or {},
        expires_at=timezone.now() + EmailCode.LIFE,
    )
    digits = f"{secrets.randbelow(10**6):06}"
    row.digest = row.digest_of(digits) if is_real else ""
    row.save()
    letter = letters.code(row, digits)  # in any case: it takes time that could tell
    post.send(instead or letter, until=row.expires_at, is_wanted=is_real or instead is not None)
    return row


def redeem(*, purpose: EmailCode.Purpose, pk: UUID | str, code: str) -> EmailCode:
    """The row whose code this is, used up; WrongCode for any other, late or tried too often.

    An attempt counts before it is looked at, so that parallel guesses are counted too.
    """
    if not EmailCode.objects.attempt(pk):
        raise WrongCode
    row = EmailCode.objects.select_related("user").get(pk=pk)
    if row.purpose != purpose or not row.fits(code) or not EmailCode.objects.spend(pk):
        raise WrongCode
    return row


def forget() -> int:
    """Delete what can no longer be answered, with the hashes in it; how many rows."""
    deleted, _by_model = EmailCode.objects.filter(expires_at__lt=timezone.now()).delete()
    return deleted
