"""Meetings and their recordings for the operator."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from unfold.admin import ModelAdmin, StackedInline

from accounts.admin import ReadOnly
from meetings.models import Meeting, Recording
from meetings.services import ingest


class RecordingInline(ReadOnly, StackedInline):
    """The uploaded file and what was made of it."""

    model = Recording
    extra = 0


@admin.register(Meeting)
class MeetingAdmin(ModelAdmin):
    """Meetings; deleting one deletes its objects as well."""

    list_display = ["title", "workspace", "held_at", "created_by", "created_at"]
    list_filter = ["language", "created_at"]
    list_select_related = ["workspace", "created_by"]
    search_fields = ["title", "id", "workspace__name", "created_by__email"]
    date_hierarchy = "held_at"
    readonly_fields = ["id", "created_by", "created_at", "updated_at"]
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
        """Through the service, which deletes the objects too."""
        ingest.delete(meeting=obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Meeting]) -> None:
        """Each through the service."""
        for meeting in queryset:
            ingest.delete(meeting=meeting)
