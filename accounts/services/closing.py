"""Accounts that are closed: nothing opens them any more, and nothing names their person.

The row stays without name, address and password, so that what the person wrote for others keeps
its place: it is shown as from a deleted account.
"""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.db.models.functions import Now

from accounts import events
from accounts.errors import OwnsWorkspaces
from accounts.models import (
    ApiKey,
    EmailCode,
    Invitation,
    Letter,
    Membership,
    TokenFamily,
    User,
    Workspace,
)
from accounts.models.workspace import WorkspaceQuerySet
from accounts.services import sessions
from accounts.signals import closing


def kept_by(user: User) -> WorkspaceQuerySet:
    """Workspaces with other members that ``user`` alone owns: they need another owner first."""
    others = Membership.objects.filter(workspace=OuterRef("pk")).exclude(user=user)
    mine = Membership.objects.filter(workspace=OuterRef("pk"), user=user)
    return Workspace.objects.filter(
        Exists(mine.filter(role=Membership.Role.OWNER)),
        Exists(others),
        ~Exists(others.filter(role=Membership.Role.OWNER)),
        personal=False,
    )


def going_with(user: User) -> WorkspaceQuerySet:
    """Workspaces in which ``user`` is alone, the personal one first: they go with the account."""
    others = Membership.objects.filter(workspace=OuterRef("pk")).exclude(user=user)
    return Workspace.objects.visible_to(user).filter(~Exists(others))


@transaction.atomic
def close(*, user: User, request: Any = None) -> None:
    """Close the account for good; OwnsWorkspaces while somebody would be left without an owner.

    Sessions, tokens, keys and authenticators end at once; workspaces of the person alone are out of
    everybody's sight at once, and deleted by a worker. The caller has made sure that it is them.
    """
    held = User.objects.select_for_update().get(pk=user.pk)
    if held.closed_at is not None:
        return
    homes = Workspace.objects.filter(memberships__user=held).order_by("pk")
    list(homes.select_for_update(of=("self",)))  # of two owners who leave at once, one stays
    blocked = list(kept_by(held).values_list("name", flat=True))
    if blocked:
        raise OwnsWorkspaces(blocked)
    doomed = list(going_with(held).values_list("pk", flat=True))
    Letter.objects.filter(email=held.email).delete()  # only the last one is sent still
    events.tell(events.Event.ACCOUNT_CLOSED, user=held, request=request)
    for membership in held.memberships.exclude(workspace__in=doomed):
        membership.delete()
    closing.send(sender=None, user=held, workspaces=doomed)
    _end(held)
    _name_nobody(held)


def _end(user: User) -> None:
    sessions.end_all(user=user)
    Invitation.objects.filter(email=user.email).delete()
    theirs: tuple[Any, ...] = (
        *(ApiKey, TokenFamily, EmailCode),
        *(Authenticator, EmailAddress, SocialAccount),
    )
    for model in theirs:
        model._default_manager.filter(user=user).delete()


def _name_nobody(user: User) -> None:
    user.email = f"deleted-{user.pk}@deleted.invalid"
    user.name = user.organization = user.language = user.time_zone = ""
    user.is_active = user.is_staff = user.is_superuser = False
    user.mail_when_done = user.mail_reminders = False
    user.last_login = None
    user.set_unusable_password()
    user.user_permissions.clear()
    user.groups.clear()
    user.save()
    User.objects.filter(pk=user.pk).update(closed_at=Now())
