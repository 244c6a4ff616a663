"""Which language model a workspace's minutes are written by, and what each call came to."""

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Workspace
from accounts.months import Month
from meetings.models import Job, Meeting


class LanguageModel(models.Model):
    """A workspace's own choice; without one the instance's settings hold."""

    class Provider(models.TextChoices):
        NONE = "none", _("None: composed without a language model")
        OPENAI = "openai", "OpenAI"
        ANTHROPIC = "anthropic", "Anthropic"
        GOOGLE = "google", "Google Gemini"
        OLLAMA = "ollama", "Ollama"
        COMPATIBLE = "compatible", _("Another server with OpenAI's interface")

    class Trial(models.TextChoices):
        NEVER = "", _("never tried")
        WAITING = "waiting", _("being tried")
        OK = "ok", _("answers")
        FAILED = "failed", _("does not answer")

    workspace = models.OneToOneField(Workspace, models.CASCADE, related_name="language_model")
    provider = models.CharField(_("provider"), max_length=10, choices=Provider.choices)
    model = models.CharField(_("model"), max_length=150, blank=True)
    url = models.CharField(_("address"), max_length=500, blank=True)
    sealed_key = models.TextField(_("key, encrypted"), blank=True, editable=False)
    context_tokens = models.PositiveIntegerField(_("tokens it reads at once"), default=0)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    changed_at = models.DateTimeField(_("changed"), auto_now=True)
    trial = models.CharField(
        _("last trial"), max_length=7, choices=Trial.choices, blank=True, default=Trial.NEVER
    )
    trial_reason = models.CharField(_("reason"), max_length=20, blank=True)
    trial_said = models.CharField(_("what the provider said"), max_length=300, blank=True)
    tried_at = models.DateTimeField(_("tried"), null=True, blank=True)

    class Meta:
        verbose_name = _("language model")
        verbose_name_plural = _("language models")

    def __str__(self) -> str:
        return f"{self.workspace} · {self.get_provider_display()} {self.model}".strip()

    @property
    def has_key(self) -> bool:
        """Whether a key is kept; which one it is, nobody is shown."""
        return bool(self.sealed_key)


class LlmCallQuerySet(models.QuerySet["LlmCall"]):
    def in_month(self, month: Month) -> "LlmCallQuerySet":
        """Calls that ended in a month."""
        return self.filter(created_at__gte=month.start, created_at__lt=month.end)

    def sums(self) -> dict[str, Any]:
        """How many calls, tokens in and out, dollars and seconds."""
        return self.aggregate(
            calls=models.Count("pk"),
            tokens_in=models.Sum("tokens_in", default=0),
            tokens_out=models.Sum("tokens_out", default=0),
            cost=models.Sum("cost", default=Decimal(0)),
            seconds=models.Sum("seconds", default=0.0),
        )


class LlmCall(models.Model):
    """One call of a language model, however it ended."""

    class Purpose(models.TextChoices):
        READ = "read", _("reading")
        REDUCE = "reduce", _("joining")
        TRIAL = "trial", _("trial")
        ANSWER = "answer", _("answer a question")

    workspace = models.ForeignKey(
        Workspace, models.SET_NULL, null=True, related_name="llm_calls", verbose_name=_("workspace")
    )
    meeting = models.ForeignKey(
        Meeting, models.SET_NULL, null=True, related_name="llm_calls", verbose_name=_("meeting")
    )
    job = models.ForeignKey(Job, models.SET_NULL, null=True, related_name="llm_calls")
    provider = models.CharField(_("provider"), max_length=10)
    host = models.CharField(_("host"), max_length=255)
    model = models.CharField(_("model"), max_length=150)
    purpose = models.CharField(_("purpose"), max_length=6, choices=Purpose.choices)
    outcome = models.CharField(_("outcome"), max_length=20)
    said = models.CharField(_("what the provider said"), max_length=300, blank=True)
    tokens_in = models.PositiveIntegerField(_("tokens in"), default=0)
    tokens_out = models.PositiveIntegerField(_("tokens out"), default=0)
    estimated = models.BooleanField(_("tokens estimated"), default=False)
    cost = models.DecimalField(_("cost, USD"), max_digits=12, decimal_places=6, null=True)
    seconds = models.FloatField(_("seconds"))
    created_at = models.DateTimeField(_("when"), auto_now_add=True, db_index=True)

    objects = LlmCallQuerySet.as_manager()

    class Meta:
        verbose_name = _("call of a language model")
        verbose_name_plural = _("calls of language models")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["workspace", "created_at"], name="llm_calls_by_month")]

    def __str__(self) -> str:
        return f"{self.provider} {self.model} · {self.purpose} · {self.outcome}"
