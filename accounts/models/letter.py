"""Mails about accounts that are still to be sent, or could not be."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.outgoing import OutgoingMail


class Letter(OutgoingMail):
    """A mail to one person. The row goes when the mail is sent or not wanted any more."""

    email = models.EmailField(_("e-mail"), max_length=254)
    sealed = models.TextField(_("encrypted"), blank=True, editable=False)
    """Subject and text by ``accounts.secrets``: there are codes and links in them."""
    until = models.DateTimeField(_("of use until"), null=True, blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ["-created_at"]
        indexes = [
            models.Index(fields=["due_at"], condition=models.Q(state="pending"), name="letters_due")
        ]

    def __str__(self) -> str:
        return f"{self.email} · {self.created_at:%Y-%m-%d %H:%M}"
