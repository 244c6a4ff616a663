"""Whom to tell what of a review by mail."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import OutgoingMail
from reports.models.minutes import Minutes


class ReviewMail(OutgoingMail):
    """A person is to be told of a round of review: that they are asked, or what became of it."""

    class Kind(models.TextChoices):
        ASKED = "asked", _("asked to approve")
        APPROVED = "approved", _("approved by all")
        RETURNED = "returned", _("returned")

    minutes = models.ForeignKey(Minutes, models.CASCADE, related_name="review_mails")
    round = models.PositiveSmallIntegerField(_("round"))
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="review_mails",
        verbose_name=_("recipient"),
    )
    reason = models.TextField(_("reason for returning"), blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        verbose_name = _("mail about a review")
        verbose_name_plural = _("mails about reviews")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["minutes", "round", "kind", "recipient"], name="one_mail_a_round"
            )
        ]

    def __str__(self) -> str:
        return f"{self.minutes} · {self.get_kind_display()} · {self.recipient}"
