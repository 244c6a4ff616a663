"""Where a person is signed in: browsers and programs; each can be ended."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from accounts.agents import device_of
from accounts.models import TokenFamily, User

BROWSER, PROGRAM = "browser", "program"


@dataclass(frozen=True)
class SignedIn:
    """One place: ``kind`` and ``key`` name it; ``is_current`` is where the page is read."""

    kind: str
    key: str
    device: str
    address: str
    since: datetime
    last_seen: datetime
    is_current: bool


def of(*, user: User, session_key: str | None = None) -> list[SignedIn]:
    """All places, the present one first, then by last use; two queries and one for programs."""
    places = [*_browsers(user, session_key), *_programs(user)]
    return sorted(places, key=lambda place: (not place.is_current, -place.last_seen.timestamp()))


def _browsers(user: User, session_key: str | None) -> list[SignedIn]:
    rows = list(UserSession.objects.filter(user=user))
    alive = set(
        Session.objects.filter(
            session_key__in=[row.session_key for row in rows], expire_date__gt=timezone.now()
        ).values_list("session_key", flat=True)
    )
    return [
        SignedIn(
            BROWSER,
            str(row.pk),
            device_of(row.user_agent),
            row.ip,
            row.created_at,
            row.last_seen_at,
            row.session_key == session_key,
        )
        for row in rows
        if row.session_key in alive
    ]


def _programs(user: User) -> list[SignedIn]:
    return [
        SignedIn(
            PROGRAM,
            str(row.pk),
            device_of(row.agent),
            row.address or "",
            row.created_at,
            row.last_used_at,
            False,
        )
        for row in TokenFamily.objects.usable().filter(user=user)
    ]


@transaction.atomic
def end(*, user: User, kind: str, key: str) -> bool:
    """End one place of ``user``'s; False where there is none such."""
    try:
        return _end_program(user, UUID(key)) if kind == PROGRAM else _end_browser(user, int(key))
    except ValueError:
        return False


def _end_program(user: User, key: UUID) -> bool:
    families = TokenFamily.objects.usable().filter(user=user, pk=key)
    return families.update(revoked_at=timezone.now()) == 1


def _end_browser(user: User, key: int) -> bool:
    row = UserSession.objects.filter(user=user, pk=key).first()
    if row is not None:
        row.end()
    return row is not None


@transaction.atomic
def end_all(*, user: User, but: str | None = None) -> None:
    """End every place of ``user``'s but the session with the key ``but``."""
    rows = UserSession.objects.filter(user=user).exclude(session_key=but or "")
    Session.objects.filter(
        session_key__in=list(rows.values_list("session_key", flat=True))
    ).delete()
    rows.delete()
    TokenFamily.objects.filter(user=user, revoked_at=None).update(revoked_at=timezone.now())


def seen(*, session_key: str) -> None:
    """Note that a session is in use."""
    UserSession.objects.filter(session_key=session_key).update(last_seen_at=timezone.now())


def moved(*, before: str | None, after: str | None) -> None:
    """A session goes on under another key."""
    if before and after:
        UserSession.objects.filter(session_key=before).update(session_key=after)
