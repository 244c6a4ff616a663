"""What was deleted: objects that are to go from the store, and the record that they went."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.models import Workspace


class Deletion(models.Model):
    """Written with the deletion of the rows; its objects go after the commit, whatever dies.

    It holds nothing of what was deleted: keys begin with the ``prefix``, which ends in an id.
    """

    class Kind(models.TextChoices):
        MEETING = "meeting", _("a meeting")
        RECORDING = "recording", _("a recording; transcript and minutes stayed")
        EXPORT = "export", _("an export")

    class Cause(models.TextChoices):
        PERSON = "person", _("a person, for good")
        BIN = "bin", _("its time in the bin was over")
        RETENTION = "retention", _("the workspace's rule")
        ACCOUNT = "account", _("an account was closed")
        OPERATOR = "operator", _("an operator")

    kind = models.CharField(_("what"), max_length=9, choices=Kind.choices)
    cause = models.CharField(_("by"), max_length=9, choices=Cause.choices)
    prefix = models.CharField(_("keys begin with"), max_length=255)
    spared = models.CharField(_("but for names that begin with"), max_length=50, blank=True)
    workspace = models.ForeignKey(
        Workspace,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("workspace"),
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("person"),
    )
    objects_deleted = models.PositiveIntegerField(_("objects"), default=0)
    bytes_deleted = models.BigIntegerField(_("size in bytes"), default=0)
    created_at = models.DateTimeField(_("when"), db_default=Now(), editable=False)
    due_at = models.DateTimeField(_("looked for again at"), db_default=Now())
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    class Meta:
        verbose_name = _("deletion")
        verbose_name_plural = _("deletions")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(
                fields=["due_at"], condition=models.Q(finished_at=None), name="deletions_due"
            )
        ]

    def __str__(self) -> str:
        return self.prefix
