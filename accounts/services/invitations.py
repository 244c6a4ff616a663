"""Invitations by mail: to register, and into a workspace."""

import secrets
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts import events
from accounts.acts import Act
from accounts.errors import AlreadyMember, InvitationOver, PersonalWorkspace, WaitFirst
from accounts.models import Invitation, Membership, User, Workspace
from accounts.services import audit, letters, post, registration
from accounts.throttles import spend

HOURLY = 50
"""Invitations that a person sends in an hour."""


@transaction.atomic
def invite(
    *,
    email: str,
    by: User | None = None,
    workspace: Workspace | None = None,
    role: str = "",
    request: Any = None,
) -> str:
    """Send an invitation to ``email``; its link, for who can hand it over in another way.

    With a ``workspace`` and a ``role`` it leads into it. Whoever has the link registers with this
    address without a code, also where registration is closed. A second one for the same address
    and workspace replaces the first. The caller has checked that ``by`` may invite.
    PersonalWorkspace, AlreadyMember; WaitFirst after 50 in an hour.
    """
    email = address_of(email)
    if workspace is not None and workspace.personal:
        raise PersonalWorkspace
    if workspace is not None and workspace.members.filter(email=email).exists():
        raise AlreadyMember
    wait = spend(f"invite:{by.pk}", allowed=HOURLY, window=3600) if by else 0
    if wait:
        raise WaitFirst(wait)
    token = secrets.token_urlsafe(32)
    row, _is_new = Invitation.objects.select_for_update().update_or_create(
        email=email,
        workspace=workspace,
        accepted_at=None,
        revoked_at=None,
        defaults={
            "digest": Invitation.digest_of(token),
            "invited_by": by,
            "role": role,
            "expires_at": timezone.now() + Invitation.LIFE,
        },
    )
    link = settings.PUBLIC_URL + reverse("accounts:invitation", args=[token])
    post.send(letters.invitation(row, link))
    events.tell(events.Event.INVITED, user=by, request=request, invited=email)
    audit.record(Act.INVITATION_SENT, of=row, by=by, request=request, role=role)
    return link


def address_of(email: str) -> str:
    """The address as accounts and invitations hold it."""
    return email.strip().lower()


def of_token(token: str) -> Invitation:
    """The open invitation of a link; InvitationOver where there is none any more."""
    rows = Invitation.objects.open().of_token(token).select_related("workspace", "invited_by")
    row = rows.first()
    if row is None:
        raise InvitationOver
    return row


@transaction.atomic
def accept(*, invitation: Invitation, user: User) -> None:
    """Use it up for ``user``, whose address it was sent to; into its workspace, if it has one.

    InvitationOver where it was used meanwhile, or is another address's.
    """
    if user.email.lower() != invitation.email:
        raise InvitationOver
    mine = Invitation.objects.open().filter(pk=invitation.pk)
    if not mine.update(accepted_at=timezone.now()):
        raise InvitationOver
    audit.record(Act.INVITATION_ACCEPTED, of=invitation, by=user, role=invitation.role)
    if invitation.workspace is not None:
        Membership.objects.get_or_create(
            workspace=invitation.workspace, user=user, defaults={"role": invitation.role}
        )


@transaction.atomic
def register(
    *, invitation: Invitation, wanted: registration.Wanted, password: str, request: Any = None
) -> User:
    """An account for the invited address, which the link has proven; then accept.

    django's ValidationError for a weak password.
    """
    validate_password(password, User(email=invitation.email, name=wanted.name))
    user = registration.create(
        email=invitation.email,
        hashed=make_password(password),
        request=request,
        **wanted.fields(),
    )
    accept(invitation=invitation, user=user)
    return user


@transaction.atomic
def revoke(*, invitation: Invitation) -> None:
    """Its link opens nothing from now on."""
    if Invitation.objects.open().filter(pk=invitation.pk).update(revoked_at=timezone.now()):
        audit.record(Act.INVITATION_REVOKED, of=invitation)
