"""Exports of everything for the operator: who asked, how far they are; never their content."""

from django.contrib import admin
from unfold.admin import ModelAdmin

from accounts.admin.base import ReadOnly
from accounts.admin.columns import StateColumn
from accounts.admin.mails import OutgoingMailAdmin
from reports.models import Archive, ArchiveMail


@admin.register(Archive)
class ArchiveAdmin(StateColumn, ReadOnly, ModelAdmin):
    """What was asked for, and what became of it."""

    list_display = [
        *("asked_by", "workspace", "shown_state", "progress", "bytes", "left_out_count"),
        *("created_at", "finished_at", "expires_at"),
    ]
    list_filter = ["state", "created_at"]
    list_select_related = ["asked_by", "workspace"]
    search_fields = ["id", "asked_by__email", "workspace__name"]
    exclude = ["key", "meetings", "token"]


@admin.register(ArchiveMail)
class ArchiveMailAdmin(OutgoingMailAdmin):
    """Whether the mail about an export went out."""

    list_display = ["archive", "shown_state", "due_at", "sent_at"]
    list_filter = ["state", "created_at"]
    list_select_related = ["archive__asked_by", "archive__workspace"]
    search_fields = ["archive__asked_by__email"]
