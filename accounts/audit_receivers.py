"""What the log takes from others: events of accounts, and what is changed in the administration."""

import json
from contextlib import suppress
from typing import Any

from django.contrib.admin.models import ADDITION, CHANGE, DELETION, LogEntry
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db.models.signals import post_save
from django.dispatch import receiver

from accounts import acting, events
from accounts.acts import Act
from accounts.events import Event
from accounts.models import User
from accounts.services import audit

KEPT = {
    Event.REGISTERED: Act.ACCOUNT_REGISTERED,
    Event.SIGNED_IN: Act.ACCOUNT_SIGNED_IN,
    Event.ACCOUNT_CLOSED: Act.ACCOUNT_CLOSED,
    Event.SIGNED_OUT: Act.ACCOUNT_SIGNED_OUT,
    Event.SIGN_IN_FAILED: Act.ACCOUNT_SIGN_IN_FAILED,
    Event.LOCKED_OUT: Act.ACCOUNT_LOCKED_OUT,
    Event.PASSWORD_CHANGED: Act.ACCOUNT_PASSWORD_CHANGED,
    Event.PASSWORD_RESET: Act.ACCOUNT_PASSWORD_RESET,
    Event.EMAIL_CHANGED: Act.ACCOUNT_EMAIL_CHANGED,
    Event.TWO_STEPS_ON: Act.ACCOUNT_TWO_STEPS_ON,
    Event.TWO_STEPS_OFF: Act.ACCOUNT_TWO_STEPS_OFF,
    Event.RECOVERY_CODES_MADE: Act.ACCOUNT_RECOVERY_CODES_MADE,
    Event.KEY_CREATED: Act.KEY_CREATED,
    Event.KEY_REVOKED: Act.KEY_REVOKED,
    Event.TOKEN_REUSED: Act.ACCOUNT_TOKEN_REUSED,
    Event.SESSION_ENDED: Act.ACCOUNT_SESSION_ENDED,
}
"""All events but invitations, whose service knows the workspace and writes itself."""

UNPROVEN = (Event.SIGN_IN_FAILED, Event.LOCKED_OUT, Event.TOKEN_REUSED)
"""Where whoever acts has not shown that they are the person."""

OPERATORS = {ADDITION: Act.ADMIN_ADDED, CHANGE: Act.ADMIN_CHANGED, DELETION: Act.ADMIN_DELETED}


@receiver(events.happened, dispatch_uid="accounts.audit")
def keep_event(
    event: Event, user: User | None, email: str, details: dict[str, Any], **rest: Any
) -> None:
    """About the account that it happened to; an address that nobody has is kept as it was typed."""
    if event not in KEPT:
        return
    address = audit.plain(email)[:254]
    whose = user or (User.objects.filter(email=address.lower()).first() if address else None)
    is_theirs = acting.caller_answered() is None and event not in UNPROVEN
    audit.record(
        KEPT[event],
        of=whose,
        by=user if is_theirs and acting.request_answered() is not None else None,
        email=address if event in UNPROVEN else "",
        **{name: value for name, value in details.items() if name != "by"},
    )


@receiver(post_save, sender=LogEntry, dispatch_uid="accounts.audit_of_admin")
def keep_admins_change(instance: LogEntry, created: bool, **rest: Any) -> None:
    """Which row an operator added, changed or deleted, and which fields, without their values."""
    if not created or instance.action_flag not in OPERATORS:
        return
    kind = instance.content_type
    thing = audit.Thing(
        type=kind.model if kind else "",
        id=instance.object_id or "",
        title=instance.object_repr,
        workspace_id=_workspace(instance),
    )
    fields = _fields(instance.change_message)
    audit.record(OPERATORS[instance.action_flag], of=thing, by=instance.user, fields=fields)


def _workspace(entry: LogEntry) -> Any:
    with suppress(ObjectDoesNotExist, ValidationError, ValueError, AttributeError):
        return audit.workspace_of(entry.get_edited_object())
    return None


def _fields(message: str) -> list[str]:
    """Names from what Django's admin writes down as JSON; a plain sentence as it is."""
    try:
        told = json.loads(message or "[]")
    except ValueError:
        return [message]
    found = [part for one in told if isinstance(one, dict) for part in one.values()]
    return [name for part in found for name in part.get("fields", [])]
