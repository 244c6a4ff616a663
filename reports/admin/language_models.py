"""Language models and what their calls came to, for the operator; keys are not shown."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.formats import number_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin

from accounts.admin.base import ReadOnly
from reports.models import LanguageModel, LlmCall


@admin.register(LanguageModel)
class LanguageModelAdmin(ReadOnly, ModelAdmin):
    """What workspaces chose; owners change it on their page."""

    list_display = ["workspace", "provider", "model", "url", "key_is_kept", "trial", "tried_at"]
    list_filter = ["provider", "trial"]
    list_select_related = ["workspace"]
    search_fields = ["workspace__name", "model", "url"]
    fields = [
        "workspace",
        "provider",
        "model",
        "url",
        "key_is_kept",
        "context_tokens",
        "changed_by",
        "changed_at",
        "trial",
        "trial_reason",
        "trial_said",
        "tried_at",
    ]
    ordering = ["workspace"]

    @admin.display(description=_("key"), boolean=True)
    def key_is_kept(self, row: LanguageModel) -> bool:
        """Whether there is one."""
        return row.has_key


@admin.register(LlmCall)
class LlmCallAdmin(ReadOnly, ModelAdmin):
    """The ledger; the sums above the list are those of the filters."""

    list_display = [
        "created_at",
        "workspace",
        "meeting",
        "provider",
        "model",
        "purpose",
        "outcome",
        "tokens_in",
        "tokens_out",
        "cost",
        "seconds",
    ]
    list_filter = ["provider", "outcome", "purpose", "model", "workspace", "created_at"]
    list_select_related = ["workspace", "meeting"]
    search_fields = ["workspace__name", "meeting__title", "meeting__id", "model", "host"]
    date_hierarchy = "created_at"
    ordering = ["-created_at"]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        """The list, with what its rows add up to in its title."""
        response = super().changelist_view(request, extra_context)
        context = getattr(response, "context_data", None)
        if context and "cl" in context:
            context["subtitle"] = told(context["cl"].queryset.sums())
        return response


def told(sums: dict[str, Any]) -> str:
    """Sums in one line."""
    return gettext(
        "%(calls)s calls, %(tokens_in)s tokens sent, %(tokens_out)s received, "
        "$%(cost)s, %(seconds)s s"
    ) % {
        "calls": number_format(sums["calls"], force_grouping=True),
        "tokens_in": number_format(sums["tokens_in"], force_grouping=True),
        "tokens_out": number_format(sums["tokens_out"], force_grouping=True),
        "cost": number_format(sums["cost"], 4),
        "seconds": number_format(sums["seconds"], 1, force_grouping=True),
    }
