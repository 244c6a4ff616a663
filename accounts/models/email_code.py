"""Six-digit codes that prove that somebody reads the mails of an address."""

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _


class EmailCodeQuerySet(models.QuerySet["EmailCode"]):
    def open(self, now: datetime | None = None) -> "EmailCodeQuerySet":
        """Those that may still be answered."""
        return self.filter(
            used_at=None, expires_at__gt=now or timezone.now(), attempts__lt=EmailCode.ATTEMPTS
        )

    def attempt(self, pk: uuid.UUID | str) -> bool:
        """Count an answer before it is looked at; False where none is allowed any more."""
        return self.open().filter(pk=pk).update(attempts=F("attempts") + 1) == 1

    def spend(self, pk: uuid.UUID | str) -> bool:
        """Use it up; True for one caller only."""
        return self.filter(pk=pk, used_at=None).update(used_at=timezone.now()) == 1


class EmailCode(models.Model):
    """A code that was sent, and what it will do; without a ``digest`` no answer fits.

    Only an HMAC of the code is stored. ``payload`` holds what was asked for until it is proven: of
    a registration the name, the language and the password's hash.
    """

    class Purpose(models.TextChoices):
        REGISTER = "register", _("registration")
        RESET = "reset", _("new password")
        EMAIL = "email", _("new e-mail")

    ATTEMPTS = 5
    LIFE = timedelta(minutes=15)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    purpose = models.CharField(max_length=8, choices=Purpose.choices)
    email = models.EmailField(_("e-mail"))
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True)
    payload = models.JSONField(default=dict)
    digest = models.CharField(max_length=64, blank=True, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True, blank=True)

    objects = EmailCodeQuerySet.as_manager()

    class Meta:
        verbose_name = _("code sent by mail")
        verbose_name_plural = _("codes sent by mail")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} · {self.email}"

    def digest_of(self, code: str) -> str:
        """The HMAC-SHA256 under which ``code`` is stored, bound to this row."""
        return salted_hmac(f"accounts.code.{self.pk}", code, algorithm="sha256").hexdigest()

    def fits(self, code: str) -> bool:
        """Whether ``code`` is the one that was sent; takes as long where none was."""
        is_equal = constant_time_compare(self.digest_of(code.strip()), self.digest)
        return bool(self.digest) and is_equal
