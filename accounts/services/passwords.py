"""Passwords: changed by who knows the old one, set anew by who reads the mails."""

from typing import Any
from uuid import UUID

from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from accounts import events
from accounts.models import EmailCode, User
from accounts.services import codes, sessions


@transaction.atomic
def change(*, user: User, password: str, request: Any = None, keep: str | None = None) -> None:
    """Set a new password; everywhere but in the session ``keep`` the person is signed out.

    The caller has checked the old one. django's ValidationError for a weak password.
    """
    _set(user, password, keep)
    events.tell(events.Event.PASSWORD_CHANGED, user=user, request=request)


def ask_reset(*, email: str) -> EmailCode:
    """A code on its way, if the address is known; the answer is the same if it is not."""
    user = User.objects.filter(email=email.lower(), is_active=True).first()
    return codes.issue(
        purpose=EmailCode.Purpose.RESET,
        email=email.lower(),
        user=user,
        is_real=user is not None,
    )


def reset(*, pk: UUID | str, code: str, password: str, request: Any = None) -> User:
    """Set a new password by a code; the person is signed out everywhere.

    WrongCode where it is not the one that was sent. django's ValidationError for a weak password,
    before the code is looked at. A second step of signing in stays as it is.
    """
    asked = EmailCode.objects.select_related("user").filter(pk=pk).first()
    validate_password(password, asked.user if asked else None)
    row = codes.redeem(purpose=EmailCode.Purpose.RESET, pk=pk, code=code)
    user = row.user
    assert user is not None
    with transaction.atomic():
        _set(user, password, None)
        EmailCode.objects.filter(user=user).delete()
    events.tell(events.Event.PASSWORD_RESET, user=user, request=request)
    return user


def _set(user: User, password: str, keep: str | None) -> None:
    validate_password(password, user)
    user.set_password(password)
    user.save(update_fields=["password"])
    sessions.end_all(user=user, but=keep)
