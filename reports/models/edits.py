"""What people did to the statements of drafts."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from reports.models.minutes import Minutes


class Edit(models.Model):
    """One change of one statement, with what stood there before; never changed afterwards."""

    class Action(models.TextChoices):
        ADDED = "added", _("added")
        CHANGED = "changed", _("changed")
        MOVED = "moved", _("moved")
        DROPPED = "dropped", _("dropped")
        RESTORED = "restored", _("restored")
        REGENERATED = "regenerated", _("written anew")

    minutes = models.ForeignKey(Minutes, models.CASCADE, related_name="edits")
    lineage = models.UUIDField(_("lineage"))
    action = models.CharField(_("action"), max_length=11, choices=Action.choices)
    before = models.JSONField(_("before"), default=dict, blank=True)
    """The statement as it was, with section, position and evidence; empty for an added one."""
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("edit")
        verbose_name_plural = _("edits")
        ordering = ["minutes", "pk"]
        indexes = [models.Index(fields=["minutes", "lineage"], name="edit_of_statement")]

    def __str__(self) -> str:
        return f"{self.get_action_display()} · {self.minutes}"
