"""What the operator's pages of all apps have in common."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.contrib.admin import actions
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.acts import Act
from accounts.services import audit

for theirs in (
    Group,
    Authenticator,
    EmailAddress,
    SocialAccount,
    SocialApp,
    SocialToken,
    UserSession,
):
    admin.site.unregister(theirs)


@admin.action(permissions=["delete"], description=_("Delete selected %(verbose_name_plural)s"))
def delete_selected(modeladmin: Any, request: HttpRequest, queryset: QuerySet[Any]) -> Any:
    """Django's, with a line of the audit log for each; for a single one Django's log makes it."""
    rows = list(queryset) if request.POST.get("post") else []
    things = [audit.thing_of(row) for row in rows]
    answer = actions.delete_selected(modeladmin, request, queryset)
    if answer is None and len(things) > 1:
        for thing in things:
            audit.record(Act.ADMIN_DELETED, of=thing)
    return answer


admin.site.add_action(delete_selected, "delete_selected")


class ReadOnly:
    """Rows that only the product writes: looked at here, never added, changed or deleted."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False
