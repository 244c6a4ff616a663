"""Who somebody is: the password, then the code of an authenticator."""

from typing import Any

from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth import authenticate
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest

from accounts import lockout
from accounts.errors import (
    LockedOut,
    SecondStepNeeded,
    SignInRefused,
    WaitFirst,
    WrongSecondStep,
)
from accounts.models import User

TOO_MANY = "too_many_login_attempts"


def by_password(*, request: HttpRequest, email: str, password: str) -> User:
    """The person; SignInRefused for a wrong pair, LockedOut after too many of them."""
    user: Any = authenticate(request, username=email.strip().lower(), password=password)
    if getattr(request, "axes_locked_out", False):
        raise LockedOut(lockout.seconds())
    if user is None:
        raise SignInRefused
    return user


def by_second_step(*, user: User, code: str) -> None:
    """Nothing where ``code`` is right, or none is wanted; a code is good for once.

    SecondStepNeeded without one, WrongSecondStep for another, WaitFirst after too many.
    """
    if not is_mfa_enabled(user):
        return
    if not code:
        raise SecondStepNeeded
    form = AuthenticateForm(user=user, data={"code": code})
    if form.is_valid():
        form.authenticator.record_usage()
        return
    if form.has_error("code", TOO_MANY):
        raise WaitFirst(300)
    raise WrongSecondStep


def succeeded(*, request: HttpRequest, user: User) -> None:
    """Tell everybody who listens: the lockout forgets the failures, the last sign-in is noted."""
    user_logged_in.send(sender=User, request=request, user=user)
