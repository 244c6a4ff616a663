"""Jobs and their history for the operator. What a run writes is read-only here."""

from typing import cast

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.timesince import timesince
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.admin import ModelAdmin, StackedInline, TabularInline
from unfold.decorators import display

from accounts.admin.base import ReadOnly
from accounts.admin.columns import COLOURS, StateColumn
from accounts.admin.mails import OutgoingMailAdmin
from accounts.models import User
from meetings.models import Attempt, Job, Notification, Operation, OutboxMessage, StageRun
from meetings.services import operations


class StageInline(ReadOnly, TabularInline):
    """The stages of a job, in order, each leading to its attempts."""

    model = StageRun
    extra = 0
    ordering = ["position"]
    fields = [
        *("linked_name", "state", "progress", "attempt", "attempts_left", "queue", "worker"),
        *("started_at", "finished_at", "lease_until", "error_in_words"),
    ]
    readonly_fields = ["linked_name", "error_in_words"]

    @display(description=_("stage"))
    def linked_name(self, stage: StageRun) -> str:
        """To the stage's page, where its attempts are."""
        return format_html(
            '<a href="{}">{}</a>',
            reverse("admin:meetings_stagerun_change", args=[stage.pk]),
            stage.name,
        )

    @display(description=_("error"))
    def error_in_words(self, stage: StageRun) -> str:
        """What the person reads."""
        return str(stage.error.get("detail", ""))


@admin.register(Job)
class JobAdmin(StateColumn, ReadOnly, ModelAdmin):
    """Jobs with their age and stages; failed ones can be tried again, active ones cancelled."""

    list_display = ["meeting", "number", "run", "shown_state", "stage", "age", "created_by"]
    list_filter = ["state", "created_at"]
    search_fields = ["id", "meeting__title", "meeting__id"]
    date_hierarchy = "created_at"
    inlines = [StageInline]
    actions = ["retry", "cancel"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Job]:
        """With meeting and stages in a constant number of queries."""
        whole = super().get_queryset(request)
        return whole.select_related("meeting", "created_by").prefetch_related("stages")

    @display(description=_("stage"))
    def stage(self, job: Job) -> str:
        """The stage that runs, waits or failed."""
        unfinished = [s for s in job.stages_in_order if s.state not in StageRun.FINISHED]
        return min(unfinished, key=lambda s: s.position).name if unfinished else ""

    @display(description=_("age"), ordering="created_at")
    def age(self, job: Job) -> str:
        """How long ago it was asked for."""
        return timesince(job.created_at, timezone.now(), depth=1)

    def has_steer_permission(self, request: HttpRequest) -> bool:
        """Who may change jobs may retry and cancel them."""
        return request.user.has_perm("meetings.change_job")

    @admin.action(description=_("Try failed jobs again"), permissions=["steer"])
    def retry(self, request: HttpRequest, queryset: QuerySet[Job]) -> None:
        """A new run of each failed or cancelled job; what is done is not done again."""
        count = sum(operations.replay(job=j, by=operator_of(request)).done for j in queryset)
        told = ngettext("%(count)s job is queued.", "%(count)s jobs are queued.", count)
        self.message_user(request, told % {"count": count}, messages.SUCCESS)

    @admin.action(description=_("Cancel active jobs"), permissions=["steer"])
    def cancel(self, request: HttpRequest, queryset: QuerySet[Job]) -> None:
        """Cancel each job that waits or runs."""
        count = sum(operations.cancel(job=j, by=operator_of(request)).done for j in queryset)
        told = ngettext("%(count)s job was cancelled.", "%(count)s jobs were cancelled.", count)
        self.message_user(request, told % {"count": count}, messages.SUCCESS)


def operator_of(request: HttpRequest) -> operations.Operator:
    """Who is signed in, as the history of operators' actions knows them."""
    person = cast(User, request.user)
    return operations.Operator(person.email, Operation.Source.ADMIN, person)


class Traceback:
    """The traceback of an attempt as it was printed."""

    @display(description=_("traceback"))
    def printed_traceback(self, attempt: Attempt) -> str:
        """Preformatted."""
        return format_html("<pre>{}</pre>", attempt.traceback) if attempt.traceback else ""


ATTEMPT_FIELDS = [
    *("number", "run", "outcome", "worker", "task_id", "started_at", "finished_at"),
    *("error", "printed_traceback", "metrics"),
]


class AttemptInline(Traceback, ReadOnly, StackedInline):
    """The history of a stage."""

    model = Attempt
    extra = 0
    fields = ATTEMPT_FIELDS
    readonly_fields = ["printed_traceback"]


@admin.register(StageRun)
class StageRunAdmin(StateColumn, ReadOnly, ModelAdmin):
    """Stages of jobs and their shards, with their attempts."""

    list_display = [
        *("job", "name", "shard", "shown_state", "progress", "attempt", "worker", "lease_until"),
    ]
    list_filter = ["state", "name"]
    list_select_related = ["job__meeting"]
    search_fields = ["job__id", "job__meeting__title", "worker"]
    ordering = ["-job__created_at", "position", "shard"]
    inlines = [AttemptInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[StageRun]:
        """The shards too."""
        return StageRun.every.all()


@admin.register(Attempt)
class AttemptAdmin(Traceback, ReadOnly, ModelAdmin):
    """Every attempt at any stage, newest first."""

    list_display = ["stage", "number", "shown_outcome", "worker", "started_at", "finished_at"]
    list_filter = ["outcome", "stage__name", "started_at"]
    list_select_related = ["stage__job__meeting"]
    search_fields = ["stage__job__id", "stage__job__meeting__title", "worker", "traceback"]
    ordering = ["-started_at"]
    fields = ["stage", *ATTEMPT_FIELDS]
    readonly_fields = ["printed_traceback"]

    @display(description=_("outcome"), label=COLOURS, ordering="outcome")
    def shown_outcome(self, attempt: Attempt) -> tuple[str, str]:
        """Value and label, coloured."""
        return attempt.outcome, attempt.get_outcome_display()


@admin.register(OutboxMessage)
class OutboxMessageAdmin(ReadOnly, ModelAdmin):
    """What is, or will be, sent to the workers."""

    list_display = ["job", "run", "created_at", "sent_at"]
    list_filter = [("sent_at", admin.EmptyFieldListFilter)]
    list_select_related = ["job__meeting"]
    search_fields = ["job__id", "job__meeting__title"]
    ordering = ["-created_at"]


@admin.register(Notification)
class NotificationAdmin(OutgoingMailAdmin):
    """Who is told that a run has ended, and whether the mail went out."""

    list_display = ["job", "run", "kind", "recipient", "shown_state", "due_at", "sent_at"]
    list_filter = ["state", "kind", "created_at"]
    list_select_related = ["job__meeting", "recipient"]
    search_fields = ["job__id", "job__meeting__title", "recipient__email"]
