"""The audit log: one line for each deed, written in the transaction of the deed.

Details are plain values: which fields, which format, how many. Never words of transcripts or
minutes, passwords, keys or tokens.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Model
from django.utils import timezone

from accounts.acting import LINK, request_answered
from accounts.acts import Act
from accounts.callers import address_of, agent_of
from accounts.models import ApiKey, AuditEntry, User, Workspace

Kind = AuditEntry.Kind


@dataclass(frozen=True)
class Thing:
    """What something was done to, where there is no row of it any more, or never was."""

    type: str = ""
    id: str = ""
    title: str = ""
    workspace_id: Any = None


@dataclass(frozen=True)
class Actor:
    """Who acts, from where."""

    kind: Kind
    user_id: int | None = None
    name: str = ""
    email: str = ""
    via: str = ""
    address: str | None = None
    agent: str = ""


def record(
    what: Act,
    *,
    of: Model | Thing | None = None,
    workspace: Any = None,
    by: User | None = None,
    request: Any = None,
    hourly: bool = False,
    via: str = "",
    email: str = "",
    **details: Any,
) -> None:
    """Write down that something was done to ``of``.

    Who did it is ``by``, else the caller of the request that is being answered, else the system.
    The workspace (or its id) is that of the object unless told. ``hourly``: one entry for each
    caller, object and clock hour, however often it is done.
    """
    actor = actor_of(by, request or request_answered(), via=via, email=email)
    thing = of if isinstance(of, Thing) else thing_of(of, workspace)
    entry = _entry(actor, what, thing, hourly=hourly, **details)
    AuditEntry.objects.bulk_create([entry], ignore_conflicts=hourly)


def record_each(what: Act, *, of: Iterable[Model]) -> None:
    """One entry for each of ``of``, the caller and the clock hour, in one query."""
    actor = actor_of(None, request_answered())
    entries = [_entry(actor, what, thing_of(one), hourly=True) for one in of]
    AuditEntry.objects.bulk_create(entries, ignore_conflicts=True)


def actor_of(by: User | None, request: Any, *, via: str = "", email: str = "") -> Actor:
    """Who acts in ``request``; ``by`` where that is known better."""
    if request is None:
        kind = Kind.PERSON if by else Kind.ANONYMOUS if email else Kind.SYSTEM
        return Actor(kind, **_person(by, email), via=via[:150])
    place: dict[str, Any] = {"address": address_of(request), "agent": agent_of(request)}
    link, key = getattr(request, LINK, ""), getattr(request, "auth", None)
    user = by or _user(request)
    if link:
        return Actor(Kind.LINK, via=link, **_person(user, ""), **place)
    if user is None:
        return Actor(Kind.ANONYMOUS, **_person(None, email), via=via[:150], **place)
    if isinstance(key, ApiKey) and key.user_id == user.pk:
        via = f"{key.name} ({key.prefix}…)"
        return Actor(Kind.KEY, **_person(user, ""), via=via, **place)
    return Actor(Kind.PERSON, **_person(user, ""), via=via[:150], **place)


def workspace_of(of: Model | None) -> Any:
    """The id of the workspace that an object belongs to, itself or by its meeting; else None."""
    if isinstance(of, Workspace):
        return of.pk
    own = getattr(of, "workspace_id", None)
    if own is not None or of is None:
        return own
    meeting = getattr(of, "meeting", None)
    return getattr(meeting, "workspace_id", None)


def forget() -> int:
    """Delete what is older than ``AUDIT_DAYS``; how many entries. 0 days keep everything."""
    days = settings.AUDIT_DAYS
    return AuditEntry.objects.all().forget(timezone.now() - timedelta(days=days)) if days else 0


def plain(text: str) -> str:
    """One line that the database takes."""
    return " ".join(text.replace("\0", "").split())


def thing_of(of: Model | None, workspace: Any = None) -> Thing:
    """What the log says of a row: its kind, id, title and workspace as they are now."""
    home = workspace_of(of) if workspace is None else workspace
    home_id = home.pk if isinstance(home, Workspace) else home
    if of is None:
        return Thing(workspace_id=home_id)
    return Thing(of._meta.model_name or "", str(of.pk), str(of), home_id)


def _entry(actor: Actor, what: Act, thing: Thing, *, hourly: bool, **details: Any) -> AuditEntry:
    entry = AuditEntry(
        **actor.__dict__,
        what=what,
        workspace_id=thing.workspace_id,
        object_type=thing.type,
        object_id=thing.id,
        object_title=plain(thing.title)[:300],
        details={name: _plain(value) for name, value in details.items()},
    )
    if hourly:
        entry.once = _once(entry)
    return entry


def _user(request: Any) -> User | None:
    user = getattr(request, "user", None)
    is_one = isinstance(user, AbstractBaseUser) and user.is_authenticated
    return user if is_one else None


def _person(user: User | None, email: str) -> dict[str, Any]:
    if user is None:
        return {"email": plain(email)[:254]}
    return {"user_id": user.pk, "name": plain(user.name), "email": user.email}


def _once(entry: AuditEntry) -> str:
    """The same for the same caller, deed, object and hour."""
    who = entry.user_id or entry.address
    told = (entry.kind, who, entry.via, entry.what, entry.object_type, entry.object_id)
    text = f"{told} {timezone.now():%Y%m%d%H}"
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any) -> Any:
    """Numbers, texts of one line, lists of them."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(one) for one in (sorted(value) if isinstance(value, set) else value)]
    return plain(str(value))[:300]
