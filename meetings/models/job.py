"""Jobs, their stages, the history of attempts, and the outbox. States move by the tables here."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from meetings import errors
from meetings.models.meeting import Meeting


class Job(models.Model):
    """One way of a meeting through the pipeline. ``run`` rises with every retry and fences."""

    class State(models.TextChoices):
        QUEUED = "queued", _("waiting")
        RUNNING = "running", _("running")
        SUCCEEDED = "succeeded", _("done")
        FAILED = "failed", _("failed")
        CANCELLED = "cancelled", _("cancelled")

    TRANSITIONS = {
        State.QUEUED: {State.RUNNING, State.CANCELLED},
        State.RUNNING: {State.SUCCEEDED, State.FAILED, State.CANCELLED},
        State.FAILED: {State.QUEUED},
        State.CANCELLED: {State.QUEUED},
        State.SUCCEEDED: set(),
    }
    ACTIVE = (State.QUEUED, State.RUNNING)
    ONE_TIME = ("regenerate",)
    """Options that are the wish for one job and not how a meeting is processed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="jobs")
    number = models.PositiveIntegerField(_("number"))
    run = models.PositiveIntegerField(_("run"), default=1)
    state = models.CharField(
        _("state"), max_length=9, choices=State.choices, default=State.QUEUED, db_index=True
    )
    options = models.JSONField(_("options"), default=dict, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    admitted_at = models.DateTimeField(_("admitted"), null=True, blank=True, db_index=True)
    """When its workspace's turn came and its message was written; empty while it waits."""
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="job_number_is_unique"),
            models.UniqueConstraint(
                fields=["meeting"],
                condition=models.Q(state__in=["queued", "running"]),
                name="one_active_job_a_meeting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting} · {self.number}.{self.run}"

    @property
    def is_active(self) -> bool:
        return self.state in self.ACTIVE

    @property
    def stages_in_order(self) -> list["StageRun"]:
        """The whole stages as they follow each other; of ``with_progress`` without a query."""
        fetched = getattr(self, "fetched_stages", None)
        stages = self.stages.all() if fetched is None else fetched
        return sorted(stages, key=lambda stage: stage.position)

    @property
    def lasting_options(self) -> dict[str, Any]:
        """The options that hold for the meeting's next job as well."""
        return {k: v for k, v in self.options.items() if k not in self.ONE_TIME}


class StageRunManager(models.Manager["StageRun"]):
    """Stages as people count them, without their shards."""

    def get_queryset(self) -> models.QuerySet["StageRun"]:
        """The rows that are whole stages."""
        return super().get_queryset().filter(shard=None)


class StageRun(models.Model):
    """A stage of a job: who works on it under which token, until when, how far it is.

    A long stage is spread over shards, rows with a number each that several workers may take at
    once; while they work the stage itself is ``spread`` and nobody's.
    """

    class State(models.TextChoices):
        PENDING = "pending", _("waiting")
        RUNNING = "running", _("running")
        SPREAD = "spread", _("running")
        SUCCEEDED = "succeeded", _("done")
        FAILED = "failed", _("failed, will be tried again")
        SKIPPED = "skipped", _("skipped")
        DEAD = "dead", _("failed")

    TRANSITIONS = {
        State.PENDING: {State.RUNNING, State.SKIPPED},
        State.RUNNING: {
            State.RUNNING,
            State.SPREAD,
            State.SUCCEEDED,
            State.FAILED,
            State.DEAD,
            State.PENDING,
            State.SKIPPED,
        },
        State.SPREAD: {State.RUNNING, State.DEAD, State.PENDING},
        State.FAILED: {State.RUNNING, State.PENDING, State.SKIPPED},
        State.DEAD: {State.PENDING, State.SKIPPED},
        State.SKIPPED: {State.PENDING},
        State.SUCCEEDED: {State.PENDING, State.SKIPPED},
    }
    FINISHED = (State.SUCCEEDED, State.SKIPPED)

    job = models.ForeignKey(Job, models.CASCADE, related_name="stages")
    position = models.PositiveSmallIntegerField(_("position"))
    name = models.CharField(_("stage"), max_length=20)
    shard = models.PositiveIntegerField(_("shard"), null=True, blank=True)
    queue = models.CharField(_("queue"), max_length=20)
    required = models.BooleanField(_("required"), default=True)
    state = models.CharField(
        _("state"), max_length=9, choices=State.choices, default=State.PENDING, db_index=True
    )
    attempt = models.PositiveIntegerField(_("attempts"), default=0)
    attempts_left = models.PositiveIntegerField(_("attempts left"))
    token = models.UUIDField(_("token"), null=True, blank=True)
    lease_until = models.DateTimeField(_("lease until"), null=True, blank=True)
    progress = models.FloatField(_("progress"), default=0)
    worker = models.CharField(_("worker"), max_length=200, blank=True)
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    error = models.JSONField(_("error"), default=dict, blank=True)
    output = models.CharField(_("output"), max_length=300, blank=True)
    """The key of what a shard stored for the end of its stage."""
    admitted_at = models.DateTimeField(_("admitted"), null=True, blank=True)
    """Of a shard: when its workspace's turn came and its message was written."""

    objects = StageRunManager()
    every = models.Manager["StageRun"]()

    class Meta:
        base_manager_name = "every"
        verbose_name = _("stage")
        verbose_name_plural = _("stages")
        ordering = ["job", "position", "shard"]
        constraints = [
            models.UniqueConstraint(
                fields=["job", "name"],
                condition=models.Q(shard=None),
                name="one_stage_of_a_name_a_job",
            ),
            models.UniqueConstraint(
                fields=["job", "name", "shard"], name="one_shard_of_a_number_a_stage"
            ),
            models.CheckConstraint(
                condition=models.Q(progress__range=(0, 1)), name="progress_is_a_share"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="running")
                | models.Q(token__isnull=False, lease_until__isnull=False),
                name="running_stage_has_a_lease",
            ),
        ]
        indexes = [
            models.Index(
                fields=["lease_until"], condition=models.Q(state="running"), name="stage_leases"
            )
        ]

    def __str__(self) -> str:
        number = "" if self.shard is None else f" {self.shard}"
        return f"{self.job} · {self.name}{number}"

    @property
    def public_state(self) -> str:
        """The state for people and programs: a stage that its shards work on runs."""
        return self.State.RUNNING if self.state == self.State.SPREAD else self.state

    @property
    def shown_error(self) -> dict[str, Any] | None:
        """What went wrong, in the reader's language."""
        return errors.shown(self.error)


class Attempt(models.Model):
    """History: an attempt at a stage. Written when it is claimed, closed once, never deleted."""

    class Outcome(models.TextChoices):
        RUNNING = "running", _("running")
        SUCCEEDED = "succeeded", _("done")
        FAILED = "failed", _("failed")
        LOST = "lost", _("lost with its worker")
        CANCELLED = "cancelled", _("cancelled")

    stage = models.ForeignKey(StageRun, models.CASCADE, related_name="attempts")
    run = models.PositiveIntegerField(_("run"))
    number = models.PositiveIntegerField(_("attempt"))
    token = models.UUIDField(_("token"), unique=True)
    worker = models.CharField(_("worker"), max_length=200, blank=True)
    task_id = models.CharField(_("task"), max_length=64, blank=True)
    outcome = models.CharField(
        _("outcome"), max_length=9, choices=Outcome.choices, default=Outcome.RUNNING
    )
    started_at = models.DateTimeField(_("started"))
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    error = models.JSONField(_("error"), default=dict, blank=True)
    traceback = models.TextField(_("traceback"), blank=True)
    metrics = models.JSONField(_("metrics"), default=dict, blank=True)

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        ordering = ["stage", "number"]
        constraints = [
            models.UniqueConstraint(fields=["stage", "number"], name="attempt_number_is_unique")
        ]

    def __str__(self) -> str:
        return f"{self.stage} · {self.number}"


class OutboxMessage(models.Model):
    """The wish to send a job's chain, or one shard of it, written with what caused it."""

    job = models.ForeignKey(Job, models.CASCADE, related_name="messages")
    run = models.PositiveIntegerField()
    shard = models.ForeignKey(
        StageRun, models.CASCADE, null=True, blank=True, related_name="messages"
    )
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    """By the database's clock, as leases are: the reaper compares the two."""
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("outbox message")
        verbose_name_plural = _("outbox messages")
        indexes = [
            models.Index(
                fields=["created_at"], condition=models.Q(sent_at=None), name="outbox_unsent"
            )
        ]

    def __str__(self) -> str:
        return f"{self.job_id} · {self.run}"
