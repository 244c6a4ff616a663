"""The ledger of what stages took, for the operator."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.translation import gettext
from unfold.admin import ModelAdmin

from accounts.admin.base import ReadOnly
from meetings.models import StageUsage
from meetings.templatetags.clock import lasting


@admin.register(StageUsage)
class StageUsageAdmin(ReadOnly, ModelAdmin):
    """Ended attempts; the sums above the list are those of the filters."""

    list_display = [
        "ended_at",
        "workspace",
        "meeting",
        "stage",
        "outcome",
        "recording_seconds",
        "seconds",
    ]
    list_filter = ["stage", "outcome", "workspace", "ended_at"]
    list_select_related = ["workspace", "meeting"]
    search_fields = ["workspace__name", "meeting__title", "meeting__id"]
    date_hierarchy = "ended_at"
    ordering = ["-ended_at"]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        """The list, with what its rows add up to in its title."""
        response = super().changelist_view(request, extra_context)
        context = getattr(response, "context_data", None)
        if context and "cl" in context:
            sums = context["cl"].queryset.order_by().sums()
            context["subtitle"] = gettext("%(length)s recognised, %(work)s of work") % {
                "length": lasting(sums["recording_seconds"]),
                "work": lasting(sums["seconds"]),
            }
        return response
