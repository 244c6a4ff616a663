"""The operator's desk: the pipeline on one page, and what can be done about it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from unfold.admin import ModelAdmin

from accounts.admin.base import ReadOnly
from meetings.admin.jobs import operator_of
from meetings.models import Job, Operation, Pipeline, StrayMessage
from meetings.services import desk, operations

PERMISSION = "meetings.operate_pipeline"


@admin.register(Pipeline)
class PipelineAdmin(ReadOnly, ModelAdmin):
    """The desk in place of a list; it opens with a permission of its own."""

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Who may operate the pipeline."""
        return request.user.has_perm(PERMISSION)

    def get_urls(self) -> list[URLPattern]:
        """The desk and its two actions."""
        pages: dict[str, tuple[str, Callable[..., HttpResponse]]] = {
            "": ("changelist", self.changelist_view),
            "replay/": ("replay", self.replay_view),
            "release/": ("release", self.release_view),
        }
        return [
            path(route, self.admin_site.admin_view(view), name=f"meetings_pipeline_{name}")
            for route, (name, view) in pages.items()
        ]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> TemplateResponse:
        """The desk."""
        self._check(request)
        context = {
            **self.admin_site.each_context(request),
            "title": self.opts.verbose_name_plural,
            "opts": self.opts,
            "desk": desk.status(),
            "ages": desk.AGES,
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/meetings/pipeline/desk.html", context)

    def replay_view(self, request: HttpRequest) -> HttpResponse:
        """Replay the dead letters that were chosen."""
        return self._act(request, operations.replay)

    def release_view(self, request: HttpRequest) -> HttpResponse:
        """Release the stages of the jobs that were chosen."""
        return self._act(request, operations.release)

    def _act(self, request: HttpRequest, action: Callable[..., operations.Outcome]) -> HttpResponse:
        self._check(request)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        for job in Job.objects.filter(pk__in=_chosen(request)).select_related("meeting"):
            outcome = action(job=job, by=operator_of(request))
            self._note(request, job, outcome)
        return HttpResponseRedirect(reverse("admin:meetings_pipeline_changelist"))

    def _note(self, request: HttpRequest, job: Job, outcome: operations.Outcome) -> None:
        """For the person now, and for the job's history in the admin."""
        if not outcome.done:
            self.message_user(request, f"{outcome.title}: {outcome.detail}", messages.WARNING)
            return
        said = _("%(job)s was sent again.") % {"job": outcome.title}
        self.message_user(request, said, messages.SUCCESS)
        self.log_change(request, job, outcome.action)

    def _check(self, request: HttpRequest) -> None:
        if not self.has_view_permission(request):
            raise PermissionDenied


def _chosen(request: HttpRequest) -> list[UUID]:
    """The ids of jobs that were posted; what is no id is passed over."""
    found = []
    for text in request.POST.getlist("job"):
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found


@admin.register(Operation)
class OperationAdmin(ReadOnly, ModelAdmin):
    """What operators did, here and at the terminal."""

    list_display = ["created_at", "operator", "source", "action", "subject", "refusal"]
    list_filter = ["action", "source", "created_at"]
    search_fields = ["operator", "subject", "job__id"]
    list_select_related = ["user", "job__meeting"]
    date_hierarchy = "created_at"


@admin.register(StrayMessage)
class StrayMessageAdmin(ReadOnly, ModelAdmin):
    """Messages that no code here could take."""

    list_display = ["received_at", "reason", "task", "queue", "worker"]
    list_filter = ["reason", "queue", "received_at"]
    search_fields = ["task", "task_id", "body"]
    date_hierarchy = "received_at"
