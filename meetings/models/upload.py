"""Files on their way in, in parts."""

import uuid
from typing import Any

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, Workspace


class UploadQuerySet(models.QuerySet["Upload"]):
    def begun_by(self, user: Any) -> "UploadQuerySet":
        """Those that ``user`` may touch: their own; none for nobody."""
        return self.filter(begun_by=user.pk) if user.is_authenticated else self.none()

    def untouched_since(self, moment: Any) -> "UploadQuerySet":
        """Those of which nothing was heard since then."""
        return self.filter(touched_at__lt=moment)

    def unfinished_in(self, workspace: Any) -> "UploadQuerySet":
        """Those that are to become meetings of it, of people who may still add some."""
        return self.exclude(state=Upload.State.USED).filter(
            workspace=workspace,
            begun_by__memberships__workspace=workspace,
            begun_by__memberships__role__in=Membership.EDITORS,
        )


class Upload(models.Model):
    """A file that arrives in parts, in any order, until it is whole and becomes a recording.

    All parts have ``part_bytes`` but the last. The meeting's id is chosen when it begins, so that
    the object need not be moved. Of one that was used nothing is kept but which meeting it became.
    Until then its bytes count in the storage of ``workspace``, all of them from the beginning.
    """

    class State(models.TextChoices):
        OPEN = "open", _("parts are taken")
        COMPLETE = "complete", _("whole")
        USED = "used", _("became a meeting")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="uploads",
        verbose_name=_("begun by"),
    )
    workspace = models.ForeignKey(
        Workspace,
        models.SET_NULL,
        null=True,
        related_name="uploads",
        verbose_name=_("workspace"),
    )
    filename = models.CharField(_("file name"), max_length=255, blank=True)
    media_type = models.CharField(_("type, as told"), max_length=255, blank=True)
    bytes = models.BigIntegerField(_("size in bytes"), validators=[MinValueValidator(1)])
    part_bytes = models.BigIntegerField(_("size of a part in bytes"))
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.OPEN)
    for_meeting = models.UUIDField(_("id of the meeting"), default=uuid.uuid4, unique=True)
    key = models.CharField(_("key"), max_length=255, blank=True)
    multipart = models.TextField(_("multipart upload on S3"), blank=True, editable=False)
    created_at = models.DateTimeField(_("begun"), auto_now_add=True)
    touched_at = models.DateTimeField(_("last heard of"), auto_now_add=True, db_index=True)

    objects = UploadQuerySet.as_manager()

    class Meta:
        verbose_name = _("upload")
        verbose_name_plural = _("uploads")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(bytes__gt=0, part_bytes__gt=0), name="upload_has_bytes"
            )
        ]

    def __str__(self) -> str:
        return self.filename or str(self.pk)

    @property
    def parts_count(self) -> int:
        """How many parts it has."""
        return -(-self.bytes // self.part_bytes)

    def bytes_of(self, number: int) -> int:
        """The size of part ``number``, from 1."""
        return min(self.part_bytes, self.bytes - (number - 1) * self.part_bytes)


class UploadPart(models.Model):
    """A part that arrived and lies in the folder; on S3 the store itself knows them."""

    upload = models.ForeignKey(Upload, models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField(_("number"))
    bytes = models.BigIntegerField(_("size in bytes"))
    sha256 = models.CharField("SHA-256", max_length=64)
    arrived_at = models.DateTimeField(_("arrived"), auto_now_add=True)

    class Meta:
        verbose_name = _("part of an upload")
        verbose_name_plural = _("parts of uploads")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["upload", "number"], name="one_part_a_number")
        ]

    def __str__(self) -> str:
        return f"{self.upload_id} · {self.number}"
