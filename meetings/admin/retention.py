"""How long workspaces keep things, and the mails that warn of it, for the operator."""

from django.contrib import admin
from unfold.admin import ModelAdmin

from accounts.admin.base import ReadOnly
from accounts.admin.mails import OutgoingMailAdmin
from meetings.models import Retention, RetentionMail


@admin.register(Retention)
class RetentionAdmin(ReadOnly, ModelAdmin):
    """The rules; owners of the workspaces set them."""

    list_display = ["workspace", "recording_days", "everything_days", "approved_too", "changed_at"]
    list_select_related = ["workspace"]
    search_fields = ["workspace__name"]


@admin.register(RetentionMail)
class RetentionMailAdmin(OutgoingMailAdmin):
    """Who was warned of what will go, and whether the mail went out."""

    list_display = ["workspace", "day", "recipient", "shown_state", "due_at", "sent_at"]
    list_filter = ["state", "created_at"]
    list_select_related = ["workspace", "recipient"]
    search_fields = ["workspace__name", "recipient__email"]
