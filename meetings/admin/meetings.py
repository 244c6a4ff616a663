"""Meetings and their recordings for the operator."""

from typing import Any, cast

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.admin import ModelAdmin, StackedInline

from accounts.admin.base import ReadOnly
from accounts.models import User
from meetings.models import Deletion, Meeting, Recording
from meetings.services import binning, deletion


class RecordingInline(ReadOnly, StackedInline):
    """The uploaded file and what was made of it."""

    model = Recording
    extra = 0


@admin.register(Meeting)
class MeetingAdmin(ModelAdmin):
    """Meetings; deleting one deletes its objects as well."""

    list_display = ["title", "workspace", "held_at", "created_by", "created_at", "binned_at"]
    list_filter = ["language", "created_at", ("binned_at", admin.EmptyFieldListFilter)]
    list_select_related = ["workspace", "created_by"]
    search_fields = ["title", "id", "workspace__name", "created_by__email"]
    date_hierarchy = "held_at"
    readonly_fields = [
        *("id", "created_by", "created_at", "updated_at", "binned_at", "binned_by"),
    ]
    actions = ["restore"]
    autocomplete_fields = ["workspace", "series"]
    inlines = [RecordingInline]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A meeting begins with an upload."""
        return False

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Histories go with their meeting, though nobody may delete them alone."""
        doomed, counts, _forbidden, protected = super().get_deleted_objects(objs, request)
        return doomed, counts, set(), protected

    def delete_model(self, request: HttpRequest, obj: Meeting) -> None:
        """Through the service, which deletes the objects too; for good, past the bin."""
        deletion.purge(
            meeting_id=obj.pk, cause=Deletion.Cause.OPERATOR, by=cast(User, request.user)
        )

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Meeting]) -> None:
        """Each through the service."""
        for meeting in queryset:
            self.delete_model(request, meeting)

    @admin.action(description=_("Restore from the bin"), permissions=["change"])
    def restore(self, request: HttpRequest, queryset: QuerySet[Meeting]) -> None:
        """Take those that lie in the bin out of it."""
        binned = list(queryset.exclude(binned_at=None))
        for meeting in binned:
            binning.restore(meeting=meeting)
        count = len(binned)
        told = ngettext("%(count)s meeting is back.", "%(count)s meetings are back.", count)
        self.message_user(request, told % {"count": count}, messages.SUCCESS)
