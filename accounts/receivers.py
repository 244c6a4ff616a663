"""What the frameworks below tell us about signing in, told on as events of accounts."""

import time
from typing import Any

from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator
from axes.signals import user_locked_out
from django.contrib import auth as auth_keys
from django.contrib.auth import signals as auth
from django.dispatch import receiver
from django.http import HttpRequest

from accounts import events
from accounts.agents import device_of
from accounts.events import Event
from accounts.middleware import SEEN
from accounts.models import User
from accounts.services import letters, post


@receiver(auth.user_logged_in, dispatch_uid="accounts.signed_in")
def signed_in(request: HttpRequest, user: User, **rest: Any) -> None:
    """By page or token."""
    if auth_keys.SESSION_KEY in getattr(request, "session", ()):
        request.session[SEEN] = int(time.time())
    events.tell(Event.SIGNED_IN, user=user, request=request)


@receiver(auth.user_logged_out, dispatch_uid="accounts.signed_out")
def signed_out(request: HttpRequest, user: User | None, **rest: Any) -> None:
    """A session was ended by its person."""
    if user is not None:
        events.tell(Event.SIGNED_OUT, user=user, request=request)


@receiver(auth.user_login_failed, dispatch_uid="accounts.sign_in_failed")
def sign_in_failed(
    credentials: dict[str, Any], request: HttpRequest | None = None, **rest: Any
) -> None:
    """A wrong pair of e-mail and password."""
    events.tell(Event.SIGN_IN_FAILED, request=request, email=str(credentials.get("username") or ""))


@receiver(user_locked_out, dispatch_uid="accounts.locked_out")
def locked_out(request: HttpRequest, username: str, **rest: Any) -> None:
    """Too many of them."""
    events.tell(Event.LOCKED_OUT, request=request, email=username or "")


@receiver(mfa.authenticator_added, dispatch_uid="accounts.two_steps_on")
def two_steps_on(request: HttpRequest, user: User, authenticator: Authenticator, **r: Any) -> None:
    """An authenticator; its recovery codes come with it."""
    if authenticator.type == Authenticator.Type.TOTP:
        events.tell(Event.TWO_STEPS_ON, user=user, request=request)


@receiver(mfa.authenticator_removed, dispatch_uid="accounts.two_steps_off")
def two_steps_off(request: HttpRequest, user: User, authenticator: Authenticator, **r: Any) -> None:
    """It was taken away."""
    if authenticator.type == Authenticator.Type.TOTP:
        events.tell(Event.TWO_STEPS_OFF, user=user, request=request)


@receiver(mfa.authenticator_reset, dispatch_uid="accounts.recovery_codes_made")
def recovery_codes_made(request: HttpRequest, user: User, **rest: Any) -> None:
    """The old ones are good for nothing now."""
    events.tell(Event.RECOVERY_CODES_MADE, user=user, request=request)


@receiver(mfa.authentication_failed, dispatch_uid="accounts.second_step_failed")
def second_step_failed(request: HttpRequest, user: User, **rest: Any) -> None:
    """The password was right, the code was not."""
    events.tell(Event.SIGN_IN_FAILED, user=user, request=request, step="code")


@receiver(events.happened, dispatch_uid="accounts.notice")
def write_to_the_person(
    event: Event, user: User | None, email: str, address: str, agent: str, **rest: Any
) -> None:
    """What may have been somebody else, the person is told at once."""
    if user is not None and event in letters.NOTICES:
        device = device_of(agent)
        post.send(letters.notice(event, user, to=email, address=address, device=device))
