"""What workspaces use, for the operator; their limits are changed under quotas."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.decorators import display

from accounts.admin.base import ReadOnly
from accounts.models import Quota
from reports.models import WorkspaceUsage
from reports.services import usage
from reports.templatetags.usage import amount


def _column(quota: str, title: Any, order: str) -> Callable[[Any, WorkspaceUsage], str]:
    """What is used of a quota, and the limit behind it."""

    @display(description=title, ordering=order)
    def column(self: Any, workspace: WorkspaceUsage) -> str:
        gauge = usage.gauge_of(workspace, quota)
        used = amount(gauge.used, quota)
        return used if gauge.limit is None else f"{used} / {amount(gauge.limit, quota)}"

    return column


@admin.register(WorkspaceUsage)
class WorkspaceUsageAdmin(ReadOnly, ModelAdmin):
    """Workspaces with what they used this month and hold, in a constant number of queries."""

    hours = _column("hours", _("recognised this month"), "used_seconds")
    storage = _column("storage", _("storage"), "used_bytes")
    tokens = _column("llm_tokens", _("tokens this month"), "used_tokens")
    jobs = _column("jobs", _("jobs at work"), "used_jobs")

    list_display = ["name", "hours", "storage", "tokens", "jobs", "own_limits"]
    list_filter = ["personal", ("quota", admin.EmptyFieldListFilter)]
    search_fields = ["name", "members__email"]
    fields = ["name", "personal", "created_at", "hours", "storage", "tokens", "jobs", "own_limits"]
    readonly_fields = ["hours", "storage", "tokens", "jobs", "own_limits"]
    ordering = ["name", "pk"]
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> QuerySet[WorkspaceUsage]:
        """With what each uses."""
        return usage.with_usage(super().get_queryset(request).select_related("quota"))

    @display(description=_("own limits"))
    def own_limits(self, workspace: WorkspaceUsage) -> str:
        """To the workspace's quota, or to where it gets one."""
        quota: Quota | None = getattr(workspace, "quota", None)
        if quota is None:
            where = f"{reverse('admin:accounts_quota_add')}?workspace={workspace.pk}"
            return format_html('<a href="{}">{}</a>', where, _("Set"))
        where = reverse("admin:accounts_quota_change", args=[quota.pk])
        return format_html('<a href="{}">{}</a>', where, _("Change"))
