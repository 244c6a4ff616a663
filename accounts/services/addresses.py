"""The e-mail of an account, changed once the new one is proven."""

from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from accounts import events
from accounts.errors import WaitFirst, WrongCode
from accounts.models import EmailCode, User
from accounts.services import codes, letters
from accounts.throttles import spend

HOURLY = 10
"""New addresses that a person tries in an hour."""


def ask(*, user: User, email: str) -> EmailCode:
    """A code on its way to the new address.

    An address that somebody has gets no code but a mail that says so; the answer is the same.
    WaitFirst for who asks ten times in an hour.
    """
    wait = spend(f"new-email:{user.pk}", allowed=HOURLY, window=codes.AN_HOUR)
    if wait:
        raise WaitFirst(wait)
    known = User.objects.filter(email=email.lower()).first()
    theirs = known if known and known.pk != user.pk else None
    return codes.issue(
        purpose=EmailCode.Purpose.EMAIL,
        email=email.lower(),
        user=user,
        is_real=known is None,
        instead=letters.known_already(theirs) if theirs else None,
    )


def change(*, user: User, pk: UUID | str, code: str, request: Any = None) -> None:
    """Take the new address; WrongCode where the code does not fit or is another person's.

    The old address is told.
    """
    row = codes.redeem(purpose=EmailCode.Purpose.EMAIL, pk=pk, code=code)
    if row.user_id != user.pk:
        raise WrongCode
    old, user.email = user.email, row.email
    try:
        with transaction.atomic():
            user.save(update_fields=["email"])
            EmailCode.objects.filter(user=user).delete()
    except IntegrityError as error:
        user.email = old
        raise WrongCode from error
    events.tell(events.Event.EMAIL_CHANGED, user=user, request=request, email=old, new=user.email)
