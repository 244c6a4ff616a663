"""The mails that go out about minutes."""

from typing import Any

from django.contrib import admin
from unfold.admin import ModelAdmin, TabularInline

from accounts.admin.base import ReadOnly
from accounts.admin.mails import OutgoingMailAdmin
from reports.models import Delivery, Mailing, Reminder, ReviewMail


class DeliveryInline(ReadOnly, TabularInline):
    """Each address, and what became of it."""

    model = Delivery
    extra = 0
    fields = ["address", "state", "attempts_left", "due_at", "sent_at", "error"]


@admin.register(Mailing)
class MailingAdmin(ReadOnly, ModelAdmin):
    """Minutes that people sent by mail; their text is the people's own and not shown."""

    list_display = ["minutes", "sent_by", "format", "layout", "created_at"]
    list_filter = ["format", "layout", "created_at"]
    list_select_related = ["minutes__meeting", "sent_by"]
    search_fields = ["sent_by__email", "deliveries__address", "minutes__meeting__title"]
    ordering = ["-created_at"]
    fields = ["minutes", "sent_by", "format", "layout", "transcript", "created_at"]
    inlines = [DeliveryInline]


@admin.register(Delivery)
class DeliveryAdmin(OutgoingMailAdmin):
    """Addresses of mailings."""

    list_display = ["address", "mailing_of", "shown_state", "attempts_left", "sent_at", "error"]
    list_filter = ["state", "sent_at"]
    list_select_related = ["mailing__minutes__meeting"]
    search_fields = ["address", "mailing__minutes__meeting__title"]
    ordering = ["-mailing__created_at", "pk"]

    @admin.display(description=Mailing._meta.verbose_name)
    def mailing_of(self, delivery: Delivery) -> Any:
        """The minutes that are sent."""
        return delivery.mailing.minutes


@admin.register(Reminder)
class ReminderAdmin(OutgoingMailAdmin):
    """Mails about items that are due."""

    list_display = ["item", "recipient", "day", "shown_state", "attempts_left", "sent_at", "error"]
    list_filter = ["state", "day"]
    list_select_related = ["item", "recipient"]
    search_fields = ["recipient__email", "item__text"]


@admin.register(ReviewMail)
class ReviewMailAdmin(OutgoingMailAdmin):
    """Mails to reviewers, and to who asked them."""

    list_display = ["minutes", "kind", "recipient", "shown_state", "attempts_left", "sent_at"]
    list_filter = ["state", "kind", "created_at"]
    list_select_related = ["minutes__meeting", "recipient"]
    search_fields = ["recipient__email", "minutes__meeting__title"]
