"""Which language model writes the minutes of a workspace: its own choice, else the instance's.

Keys are sealed as they come and opened only where a call is made; nothing here returns or logs one.
"""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import secrets
from accounts.acts import Act
from accounts.models import User, Workspace
from accounts.services import audit
from meetings.outbound.addresses import Fault, fault_of
from reports.errors import UnfitLanguageModel
from reports.models import LanguageModel
from reports.writers.llm.provider import KINDS, OWN_SERVERS, VENDORS, Provider

VENDORS_ONLY, PUBLIC, ANY = "vendors", "public", "any"
"""Values of ``LLM_WORKSPACE_URLS``."""

UNFIT = {
    Fault.MALFORMED: gettext_lazy("An address like https://llm.example.com/v1"),
    Fault.CREDENTIALS: gettext_lazy("A key belongs into its own field, not here."),
    Fault.PLAIN: gettext_lazy("This instance allows addresses with https only."),
    Fault.PRIVATE: gettext_lazy("This instance does not allow addresses of private networks."),
}


@dataclass(frozen=True)
class Choice:
    """What an owner asks for; ``key`` None keeps the one that is there, empty removes it."""

    provider: str
    model: str = ""
    url: str = ""
    key: str | None = None
    context_tokens: int = 0


def of_instance() -> Provider | None:
    """The language model of the settings; None where there is none."""
    kind = settings.LLM_PROVIDER
    if not kind:
        return None
    if kind not in KINDS:
        raise ImproperlyConfigured(f"LLM_PROVIDER is one of {', '.join(KINDS)}, not {kind!r}.")
    if not settings.LLM_MODEL or (kind in OWN_SERVERS and not settings.LLM_URL):
        raise ImproperlyConfigured("LLM_PROVIDER needs LLM_MODEL, and LLM_URL for own servers.")
    return Provider(
        kind,
        settings.LLM_MODEL,
        settings.LLM_URL,
        settings.LLM_API_KEY,
        settings.LLM_CONTEXT_TOKENS,
    )


def of_workspace(workspace_id: int) -> Provider | None:
    """The language model that writes for a workspace; None where none does.

    ``accounts.secrets.Unreadable`` where the key cannot be opened any more.
    """
    row = LanguageModel.objects.filter(workspace=workspace_id).first()
    if row is None:
        return of_instance()
    if row.provider == LanguageModel.Provider.NONE:
        return None
    return Provider(
        row.provider,
        row.model,
        row.url,
        secrets.unseal(row.sealed_key),
        row.context_tokens,
        public_only=settings.LLM_WORKSPACE_URLS != ANY,
    )


def is_allowed(kind: str) -> bool:
    """Whether the operator lets workspaces choose providers of this kind."""
    return kind not in OWN_SERVERS or settings.LLM_WORKSPACE_URLS in (PUBLIC, ANY)


@transaction.atomic
def choose(*, workspace: Workspace, by: User, choice: Choice) -> LanguageModel:
    """Keep the workspace's choice; UnfitLanguageModel where it cannot be.

    A key belongs to where it was entered for: another provider or address starts without one.
    """
    url = _fit(choice)
    row = LanguageModel.objects.select_for_update().filter(workspace=workspace).first()
    row = row or LanguageModel(workspace=workspace)
    same_place = (row.provider, row.url) == (choice.provider, url)
    if choice.key is not None:
        row.sealed_key = secrets.seal(choice.key.strip())
    elif not same_place:
        row.sealed_key = ""
    if choice.provider in VENDORS and not row.sealed_key:
        raise UnfitLanguageModel("key", _("This provider needs a key."))
    row.provider, row.url = choice.provider, url
    row.model = choice.model.strip()
    row.context_tokens = choice.context_tokens
    row.changed_by = by
    row.trial, row.trial_reason, row.trial_said, row.tried_at = "", "", "", None
    row.save()
    audit.record(
        Act.LANGUAGE_MODEL_CHOSEN,
        of=workspace,
        by=by,
        provider=row.provider,
        model=row.model,
        host=urlsplit(url).hostname or "",
        key=bool(row.sealed_key),
    )
    return row


@transaction.atomic
def forget(*, workspace: Workspace) -> None:
    """Go back to the instance's language model; the key is gone."""
    LanguageModel.objects.filter(workspace=workspace).delete()
    audit.record(Act.LANGUAGE_MODEL_REMOVED, of=workspace)


@transaction.atomic
def reseal() -> tuple[int, int]:
    """Encrypt all keys with the first of ``SECRETS_KEYS``; how many were, and could not be."""
    done = lost = 0
    for row in LanguageModel.objects.exclude(sealed_key="").select_for_update():
        try:
            row.sealed_key = secrets.reseal(row.sealed_key)
        except secrets.Unreadable:
            lost += 1
        else:
            row.save(update_fields=["sealed_key"])
            done += 1
    return done, lost


def _fit(choice: Choice) -> str:
    """The address to keep: of own servers only."""
    if choice.provider == LanguageModel.Provider.NONE:
        return ""
    if choice.provider not in KINDS or not is_allowed(choice.provider):
        raise UnfitLanguageModel("provider", _("This instance does not allow this provider."))
    if not choice.model.strip():
        raise UnfitLanguageModel("model", _("Which model? Enter its name as the provider has it."))
    if choice.provider in VENDORS:
        return ""
    return _fit_url(choice.url.strip().rstrip("/"))


def _fit_url(url: str) -> str:
    anywhere = settings.LLM_WORKSPACE_URLS == ANY
    fault = fault_of(url, https_only=not anywhere, public_only=not anywhere)
    if "?" in url:
        fault = Fault.MALFORMED
    if fault is not None:
        raise UnfitLanguageModel("url", UNFIT[fault])
    return url
