"""What happens to accounts: one signal, for the log and for whoever keeps a record of it.

Receivers get ``event`` (one of ``Event``), ``user`` (None where nobody is known), ``email`` (as it
was typed), ``address``, ``agent`` (the program's name) and ``details`` (plain values). It is sent
at once, also where a transaction around it is undone later: an attempt is one.
"""

from enum import StrEnum
from typing import Any

import structlog
from django.dispatch import Signal
from django.http import HttpRequest

from accounts.callers import address_of, agent_of
from accounts.models import User

log = structlog.get_logger(__name__)

happened = Signal()


class Event(StrEnum):
    """What a receiver is told."""

    REGISTERED = "registered"
    SIGNED_IN = "signed_in"
    SIGNED_OUT = "signed_out"
    SIGN_IN_FAILED = "sign_in_failed"
    LOCKED_OUT = "locked_out"
    PASSWORD_CHANGED = "password_changed"
    PASSWORD_RESET = "password_reset"
    EMAIL_CHANGED = "email_changed"
    TWO_STEPS_ON = "two_steps_on"
    TWO_STEPS_OFF = "two_steps_off"
    RECOVERY_CODES_MADE = "recovery_codes_made"
    KEY_CREATED = "key_created"
    KEY_REVOKED = "key_revoked"
    TOKEN_REUSED = "token_reused"
    SESSION_ENDED = "session_ended"
    INVITED = "invited"
    ACCOUNT_CLOSED = "account_closed"


def tell(
    event: Event,
    *,
    user: User | None = None,
    request: HttpRequest | Any = None,
    email: str = "",
    **details: Any,
) -> None:
    """Log the event and tell the receivers; what one of them raises is logged, not passed on."""
    told = {
        "event": event,
        "user": user,
        "email": email or (user.email if user else ""),
        "address": address_of(request) if request is not None else "",
        "agent": agent_of(request) if request is not None else "",
        "details": details,
    }
    log.info("account", what=str(event), user=user.pk if user else None, address=told["address"])
    for _receiver, answer in happened.send_robust(sender=None, **told):
        if isinstance(answer, Exception):
            log.error("account_receiver_failed", what=str(event), exc_info=answer)
