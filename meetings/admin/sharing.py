"""Who is let into single meetings, for the operator: looked at, links revoked."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.admin import ModelAdmin

from accounts.admin.base import ReadOnly
from meetings.models import MeetingLink, MeetingShare
from meetings.services import sharing


@admin.register(MeetingShare)
class MeetingShareAdmin(ReadOnly, ModelAdmin):
    """People who see one meeting of a workspace alone."""

    list_display = ["meeting", "address", "right", "shared_by", "created_at"]
    list_filter = ["right"]
    list_select_related = ["meeting", "user", "shared_by"]
    search_fields = ["meeting__id", "user__email", "email"]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A share can be taken back."""
        return bool(request.user.has_perm("meetings.delete_meetingshare"))


@admin.register(MeetingLink)
class MeetingLinkAdmin(ReadOnly, ModelAdmin):
    """Links to meetings, without their secrets."""

    list_display = ["meeting", "created_by", "created_at", "expires_at", "revoked_at"]
    list_filter = [("revoked_at", admin.EmptyFieldListFilter), "may_download"]
    list_select_related = ["meeting", "created_by"]
    search_fields = ["meeting__id", "created_by__email"]
    fields = [
        "meeting",
        "may_download",
        "expires_at",
        "created_by",
        "created_at",
        "revoked_at",
        "last_opened_at",
    ]
    actions = ["revoke"]

    def has_revoke_permission(self, request: HttpRequest) -> bool:
        """Who may change links may revoke them."""
        return bool(request.user.has_perm("meetings.change_meetinglink"))

    @admin.action(description=_("Revoke"), permissions=["revoke"])
    def revoke(self, request: HttpRequest, queryset: QuerySet[MeetingLink]) -> None:
        """Let the links lead nowhere from now on."""
        rows = list(queryset.filter(revoked_at=None).select_related("meeting"))
        for link in rows:
            sharing.revoke(link=link)
        count = len(rows)
        told = ngettext("%(count)s link was revoked.", "%(count)s links were revoked.", count)
        self.message_user(request, told % {"count": count}, messages.SUCCESS)
