"""The aggregate: what a meeting is, and who may see it."""

import uuid
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Workspace
from meetings.models.series import Series


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """The ways to read meetings; ``visible_to`` is the only door."""

    def kept(self) -> "MeetingQuerySet":
        """Those that are not in the bin."""
        return self.filter(binned_at=None)

    def visible_to(self, user: Any) -> "MeetingQuerySet":
        """Meetings of the person's workspaces and those shared with them; none for strangers.

        All that hangs on a meeting asks here: pages, API, sockets, media, exports and lists.
        """
        if not user.is_authenticated:
            return self.none()
        lent = Meeting.objects.filter(shares__user=user).values("pk")
        return self.kept().filter(
            models.Q(workspace__in=Workspace.objects.visible_to(user).values("pk"))
            | models.Q(pk__in=lent)
        )

    def editable_by(self, user: Any) -> "MeetingQuerySet":
        """Meetings that ``user`` may change."""
        if not user.is_authenticated:
            return self.none()
        lent = Meeting.objects.filter(shares__user=user, shares__right="edit").values("pk")
        return self.kept().filter(
            models.Q(workspace__in=Workspace.objects.editable_by(user).values("pk"))
            | models.Q(pk__in=lent)
        )

    def governed_by(self, user: Any) -> "MeetingQuerySet":
        """Meetings that ``user`` may share, move and delete: editors of the workspace may."""
        mine = Workspace.objects.editable_by(user).values("pk")
        return self.kept().filter(workspace__in=mine)

    def binned_for(self, user: Any) -> "MeetingQuerySet":
        """What lies in the bins of the workspaces in which ``user`` edits, thrown away last first.

        With ``goes_at``, when it is deleted for good.
        """
        mine = self.filter(workspace__in=Workspace.objects.editable_by(user).values("pk"))
        stays = models.Value(timedelta(days=settings.BIN_DAYS))
        goes = models.ExpressionWrapper(
            models.F("binned_at") + stays, output_field=models.DateTimeField()
        )
        found = mine.exclude(binned_at=None).annotate(goes_at=goes)
        return found.select_related("workspace", "binned_by").order_by("-binned_at", "pk")

    def to_be_purged(self) -> "MeetingQuerySet":
        """Those that have lain in the bin for as long as they may, by the database's clock."""
        return self.filter(binned_at__lte=Now() - timedelta(days=settings.BIN_DAYS))

    def under_rule(self, kind: str) -> "MeetingQuerySet":
        """Those of which something goes by their workspace's rule: ``recording``, ``everything``.

        With ``rule_at``, when; not those in the bin, nor those that are exempt.
        """
        days = models.F(f"workspace__retention__{kind}_days")
        stays = models.ExpressionWrapper(
            days * models.Value(timedelta(days=1)), output_field=models.DurationField()
        )
        goes = models.ExpressionWrapper(
            models.F("created_at") + stays, output_field=models.DateTimeField()
        )
        found = self.kept().filter(is_exempt=False, workspace__retention__isnull=False)
        if kind == "recording":
            found = found.filter(recording__isnull=False, recording__deleted_at=None)
        return found.annotate(rule_at=goes).exclude(rule_at=None)

    def recent(self) -> "MeetingQuerySet":
        """Newest first."""
        return self.order_by("-held_at", "-created_at", "-pk")

    def with_progress(self) -> "MeetingQuerySet":
        """With recording, latest job and its stages in a constant number of queries."""
        return self.select_related("recording", "workspace", "series")._with_job()

    def in_brief(self) -> "MeetingQuerySet":
        """As ``with_progress``, but of jobs that succeeded no stages, for nobody asks how far
        they are; a list is of such jobs mostly.
        """
        return self.select_related("recording")._with_job(but_of=["succeeded"])

    def _with_job(self, but_of: Sequence[str] = ()) -> "MeetingQuerySet":
        """Job and stages are lists of rows, not managers of each row, which cost a list of
        meetings more time than all else.
        """
        jobs, stages = (apps.get_model("meetings", name).objects for name in ("Job", "StageRun"))
        wanted = stages.exclude(job__state__in=but_of) if but_of else stages.all()
        latest = (
            jobs.order_by("meeting_id", "-number")
            .distinct("meeting_id")
            .prefetch_related(models.Prefetch("stages", wanted, to_attr="fetched_stages"))
        )
        return self.prefetch_related(models.Prefetch("jobs", latest, to_attr="fetched_jobs"))


class Meeting(models.Model):
    """People met, and it was recorded."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="meetings")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    series = models.ForeignKey(
        Series,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="meetings",
        verbose_name=_("series"),
    )
    title = models.CharField(_("title"), max_length=255)
    held_at = models.DateTimeField(_("held at"), default=timezone.now)
    language = models.CharField(
        _("language"), max_length=8, blank=True, help_text=_("Empty: found by listening.")
    )
    speakers_expected = models.PositiveSmallIntegerField(
        _("number of speakers"), null=True, blank=True, help_text=_("Empty: found by listening.")
    )
    participants = models.JSONField(_("participants"), default=list, blank=True)
    agenda = models.JSONField(_("agenda"), default=list, blank=True)
    vocabulary = models.TextField(
        _("vocabulary"), blank=True, help_text=_("Names and terms that the recording may contain.")
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)
    is_exempt = models.BooleanField(_("kept whatever the workspace's rule"), default=False)
    binned_at = models.DateTimeField(_("in the bin since"), null=True, blank=True)
    binned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("put there by"),
    )

    objects = MeetingQuerySet.as_manager()

    shown_alone = False
    """Whether it is shown to somebody who is let into it alone; see ``meetings.access``."""

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["-held_at", "-created_at", "-pk"]
        indexes = [
            models.Index(fields=["workspace", "-held_at", "-created_at"], name="meeting_recent"),
            # Of several workspaces and of shares together: a list stops at the end of its page.
            models.Index(fields=["-held_at", "-created_at", "-id"], name="meeting_newest"),
            models.Index(
                fields=["binned_at"],
                condition=models.Q(binned_at__isnull=False),
                name="meetings_in_the_bin",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(speakers_expected__isnull=True)
                | models.Q(speakers_expected__range=(1, 50)),
                name="meeting_has_1_to_50_speakers",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def job(self) -> Any:
        """The latest job; of ``with_progress`` without a query."""
        fetched = getattr(self, "fetched_jobs", None)
        if fetched is None:
            return self.jobs.order_by("-number").first()
        return fetched[0] if fetched else None
