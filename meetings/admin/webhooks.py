"""Webhooks for the operator: where events go, and what became of them."""

from django.contrib import admin
from unfold.admin import ModelAdmin

from accounts.admin.base import ReadOnly
from accounts.admin.columns import StateColumn
from accounts.admin.mails import OutgoingMailAdmin
from meetings.models import Webhook, WebhookDelivery, WebhookMail


@admin.register(Webhook)
class WebhookAdmin(ReadOnly, ModelAdmin):
    """Owners of the workspaces make and change them."""

    list_display = ["host", "workspace", "enabled", "disabled_at", "succeeded_at", "created_at"]
    list_filter = ["enabled", "created_at"]
    list_select_related = ["workspace"]
    search_fields = ["url", "workspace__name"]


@admin.register(WebhookDelivery)
class WebhookDeliveryAdmin(StateColumn, ReadOnly, ModelAdmin):
    """The log of what was sent; owners send again."""

    list_display = ["type", "webhook", "shown_state", "attempts", "status", "error", "created_at"]
    list_filter = ["state", "type", "created_at"]
    list_select_related = ["webhook"]
    search_fields = ["pk", "webhook__url"]


@admin.register(WebhookMail)
class WebhookMailAdmin(OutgoingMailAdmin):
    """Who was told that a webhook was switched off."""

    list_display = ["webhook", "recipient", "shown_state", "due_at", "sent_at"]
    list_filter = ["state", "created_at"]
    list_select_related = ["webhook", "recipient"]
    search_fields = ["webhook__url", "recipient__email"]
