"""Attachments for the operator."""

from django.contrib import admin
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from accounts.admin.base import ReadOnly
from meetings.models import Attachment


@admin.register(Attachment)
class AttachmentAdmin(ReadOnly, ModelAdmin):
    """Documents of meetings, and what became of reading them."""

    list_display = ["filename", "meeting", "state", "reason", "media_type", "bytes", "created_at"]
    list_filter = ["state", "reason", "media_type", "created_at"]
    list_select_related = ["meeting"]
    search_fields = ["filename", "id", "meeting__title", "sha256"]

    def has_delete_permission(self, request: HttpRequest, obj: Attachment | None = None) -> bool:
        """People remove attachments where they see what rests on them."""
        return False
