"""Mails for the operator: what became of them, and those that failed sent once more."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.admin import ModelAdmin

from accounts.admin.base import ReadOnly
from accounts.admin.columns import StateColumn
from accounts.models import Letter
from accounts.services import outgoing


class OutgoingMailAdmin(StateColumn, ReadOnly, ModelAdmin):
    """Looked at here, never changed; what failed can be sent again."""

    ordering = ["-created_at"]
    actions = ["send_again"]

    def has_send_again_permission(self, request: HttpRequest) -> bool:
        """Whoever may change such mails."""
        model = self.model._meta
        return request.user.has_perm(f"{model.app_label}.change_{model.model_name}")

    @admin.action(description=_("Send those that failed once more"), permissions=["send_again"])
    def send_again(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        """With all their attempts; within a minute or so."""
        count = outgoing.revive(queryset)
        told = ngettext("%(count)s mail will be sent.", "%(count)s mails will be sent.", count)
        self.message_user(request, told % {"count": count}, messages.SUCCESS)


@admin.register(Letter)
class LetterAdmin(OutgoingMailAdmin):
    """Codes, invitations and notices; what they say is sealed, and what is sent is gone."""

    list_display = ["email", "shown_state", "attempts_left", "due_at", "created_at", "error"]
    list_filter = ["state"]
    search_fields = ["email"]
    fields = ["email", "state", "attempts_left", "due_at", "until", "created_at", "error"]
