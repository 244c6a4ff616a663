"""Uploads in parts, for the operator: which are on their way, and which were left."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin

from accounts.admin.base import ReadOnly
from meetings.models import Upload
from meetings.services import uploads


@admin.register(Upload)
class UploadAdmin(ReadOnly, ModelAdmin):
    """Uploads; the ones that nobody will finish can be given up."""

    list_display = ["__str__", "begun_by", "state", "bytes", "created_at", "touched_at"]
    list_filter = ["state", "created_at"]
    list_select_related = ["begun_by"]
    search_fields = ["id", "filename", "begun_by__email", "for_meeting"]
    actions = ["give_up"]

    def has_give_up_permission(self, request: HttpRequest) -> bool:
        """Who may delete uploads may give them up."""
        return bool(request.user.has_perm("meetings.delete_upload"))

    @admin.action(description=_("Give up, with what has arrived"), permissions=["give_up"])
    def give_up(self, request: HttpRequest, queryset: QuerySet[Upload]) -> None:
        """Delete them and their parts; meetings that they became stay."""
        for upload in queryset:
            uploads.discard(upload=upload)

    def get_exclude(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """S3's own name for it says nothing here."""
        return ["multipart"]
