"""Who is let into one meeting: people by their address, and whoever has a link."""

import secrets
from datetime import timedelta
from typing import Any

from django.contrib.auth.hashers import check_password, make_password
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from accounts.acts import Act
from accounts.errors import AlreadyMember
from accounts.models import Invitation, Membership, User
from accounts.services import audit, invitations
from meetings.errors import TooManyTries
from meetings.models import Meeting, MeetingLink, MeetingShare

TRIES = 10
"""Wrong passwords that a link takes …"""
TRIES_SECONDS = 15 * 60
"""… within so long; then it takes none for as long."""

_NOTED_EVERY = timedelta(minutes=1)


@transaction.atomic
def share(
    *, meeting: Meeting, email: str, right: str, by: User, request: Any = None
) -> MeetingShare:
    """Let a person into this meeting alone; who is let in already gets the other right.

    Who has no account is invited by mail, and let in as soon as they have one.
    AlreadyMember for who sees the meeting anyway; WaitFirst after too many invitations.
    """
    address = invitations.address_of(email)
    person = User.objects.filter(email=address).first()
    if person is None:
        invitations.invite(email=address, by=by, request=request)
        waiting, _is_new = MeetingShare.objects.update_or_create(
            meeting=meeting, user=None, email=address, defaults={"right": right, "shared_by": by}
        )
        _shared(waiting, by)
        return waiting
    if Membership.objects.filter(workspace=meeting.workspace_id, user=person).exists():
        raise AlreadyMember
    made, _is_new = MeetingShare.objects.update_or_create(
        meeting=meeting, user=person, defaults={"right": right, "shared_by": by}
    )
    _shared(made, by)
    return made


def _shared(share: MeetingShare, by: User) -> None:
    """In the audit log; whether they have an account yet, too."""
    audit.record(
        Act.MEETING_SHARED,
        of=share.meeting,
        by=by,
        person=share.address,
        right=share.right,
        invited=share.is_waiting,
    )


@transaction.atomic
def claim_shares(*, person: User) -> None:
    """Let ``person`` into the meetings to which their address was invited."""
    waiting = MeetingShare.objects.filter(user=None, email=person.email.lower())
    seen = Meeting.objects.visible_to(person)
    waiting.filter(meeting__in=seen).delete()
    for share in waiting.select_related("meeting"):
        audit.record(
            Act.MEETING_SHARE_CLAIMED,
            of=share.meeting,
            by=person,
            person=share.email,
            right=share.right,
        )
    waiting.update(user=person, email="")


@transaction.atomic
def change(*, share: MeetingShare, right: str) -> None:
    """Another right."""
    share.right = right
    share.save(update_fields=["right"])
    told = share.address
    audit.record(Act.MEETING_SHARE_CHANGED, of=share.meeting, person=told, right=right)


@transaction.atomic
def withdraw(*, share: MeetingShare) -> None:
    """Let the person in no more, from the next request on; their sockets close within 5 s.

    The invitation of who has no account is taken back with the last meeting that waits for them.
    """
    audit.record(Act.MEETING_UNSHARED, of=share.meeting, person=share.address)
    share.delete()
    if share.is_waiting and not MeetingShare.objects.filter(email=share.email).exists():
        sent = Invitation.objects.open().filter(email=share.email, workspace=None)
        for invitation in sent.filter(invited_by=share.shared_by):
            invitations.revoke(invitation=invitation)


def forget_shares(*, user_id: Any, workspace_id: Any) -> None:
    """Take back what a person who was removed from a workspace was lent of it."""
    MeetingShare.objects.filter(user=user_id, meeting__workspace=workspace_id).delete()


@transaction.atomic
def make_link(
    *, meeting: Meeting, by: User, days: int, password: str = "", may_download: bool = False
) -> tuple[MeetingLink, str]:
    """A link and its token, which can be read this one time; it is valid for ``days``."""
    token = secrets.token_urlsafe(32)
    link = MeetingLink.objects.create(
        meeting=meeting,
        digest=MeetingLink.digest_of(token),
        password=make_password(password) if password else "",
        may_download=may_download,
        expires_at=timezone.now() + timedelta(days=days),
        created_by=by,
    )
    audit.record(
        Act.LINK_CREATED,
        of=meeting,
        by=by,
        link=link.pk,
        days=days,
        password=bool(password),
        may_download=may_download,
    )
    return link, token


@transaction.atomic
def revoke(*, link: MeetingLink) -> None:
    """Let the link lead nowhere from now on."""
    usable = MeetingLink.objects.filter(pk=link.pk, revoked_at=None)
    if usable.update(revoked_at=timezone.now()):
        audit.record(Act.LINK_REVOKED, of=link.meeting, link=link.pk)


def link_of(token: str) -> MeetingLink | None:
    """The link with this token; None where it is unknown, over or revoked."""
    found = MeetingLink.objects.usable().of_token(token)
    return found.select_related("meeting__recording").first()


def note_opening(link: MeetingLink) -> None:
    """Remember that it was opened, to the minute; in the audit log once an hour an address."""
    audit.record(Act.LINK_OPENED, of=link.meeting, hourly=True, link=link.pk)
    now = timezone.now()
    if link.last_opened_at is None or now - link.last_opened_at > _NOTED_EVERY:
        MeetingLink.objects.filter(pk=link.pk).update(last_opened_at=now)


def opens(*, link: MeetingLink, password: str) -> bool:
    """Whether the password is the link's; TooManyTries after ten wrong ones in 15 minutes."""
    key = f"link-tries:{link.pk}"
    cache.add(key, 0, timeout=TRIES_SECONDS)
    if cache.incr(key) > TRIES:
        raise TooManyTries(TRIES_SECONDS)
    if not check_password(password, link.password):
        audit.record(Act.LINK_REFUSED, of=link.meeting, link=link.pk)
        return False
    cache.delete(key)
    return True
