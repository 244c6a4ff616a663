"""A mail that is to go out once, whatever dies meanwhile."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

ATTEMPTS = 10


class OutgoingMail(models.Model):
    """A row written with what the mail tells of; ``services.outgoing`` takes it along its states.

    ``sending`` is entered on an open connection to the mail server, just before the mail is handed
    over. A worker that dies in that moment leaves the row there: nobody is told twice.
    """

    class State(models.TextChoices):
        PENDING = "pending", _("waiting")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        SKIPPED = "skipped", _("not wanted")
        FAILED = "failed", _("failed")

    TRANSITIONS = {
        State.PENDING: {State.SENDING, State.SKIPPED, State.FAILED, State.PENDING},
        State.SENDING: {State.SENT, State.PENDING, State.FAILED},
        State.SENT: set(),
        State.SKIPPED: set(),
        State.FAILED: set(),
    }

    state = models.CharField(
        _("state"), max_length=7, choices=State.choices, default=State.PENDING, db_index=True
    )
    attempts_left = models.PositiveSmallIntegerField(_("attempts left"), default=ATTEMPTS)
    due_at = models.DateTimeField(_("due"), default=timezone.now)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    error = models.CharField(_("error"), max_length=300, blank=True)

    class Meta:
        abstract = True
