"""The audit log."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin

from accounts.acts import Act, label_of
from accounts.admin.base import ReadOnly
from accounts.models import AuditEntry


class WhatFilter(admin.SimpleListFilter):
    """By what was done, without asking the whole log which codes there are."""

    title = _("what")
    parameter_name = "what"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        """All codes, in words."""
        return Act.choices

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """Those of the code."""
        return queryset.narrowed(what=self.value() or "")


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnly, ModelAdmin):
    """Who did what, for those who have the permission to look; the database keeps it unchanged."""

    list_display = ["created_at", "who", "what_in_words", "object_title", "address", "workspace_id"]
    list_filter = ["kind", WhatFilter, "created_at"]
    search_fields = ["name", "email", "object_title", "object_id", "address", "via", "what"]
    date_hierarchy = "created_at"
    show_full_result_count = False
    fields = [
        *("created_at", "kind", "user_id", "name", "email", "via", "workspace_id"),
        *("what_in_words", "what", "object_type", "object_id", "object_title"),
        *("address", "agent", "details"),
    ]
    readonly_fields = ["what_in_words"]

    @admin.display(description=_("what"))
    def what_in_words(self, entry: AuditEntry) -> str:
        """In the operator's language."""
        return label_of(entry.what)
