"""A workspace's language model as the API and the page show it: never with its key."""

from typing import Any

from accounts.models import Workspace
from reports.models import LanguageModel, LlmCall
from reports.notes import reason_in_words
from reports.services import language_models
from reports.writers.llm.provider import Provider


def language_model_document(workspace: Workspace) -> dict[str, Any]:
    """The choice, where the words go by it, and how the last trial ended."""
    row = LanguageModel.objects.filter(workspace=workspace).first()
    return {
        "chosen_by": "workspace" if row else "instance",
        **_choice(row),
        "host": host_of(row),
        "trial": _trial(row),
        "used": _used(workspace),
    }


def host_of(row: LanguageModel | None) -> str | None:
    """Where the words of the meetings go; None where they stay."""
    if row is None:
        provider = language_models.of_instance()
    elif row.provider == LanguageModel.Provider.NONE:
        provider = None
    else:
        provider = Provider(row.provider, row.model, row.url)
    return provider.host if provider else None


def _choice(row: LanguageModel | None) -> dict[str, Any]:
    if row is not None:
        return {
            "provider": row.provider,
            "model": row.model,
            "url": row.url,
            "has_key": row.has_key,
            "context_tokens": row.context_tokens,
        }
    provider = language_models.of_instance()
    return {
        "provider": provider.kind if provider else "none",
        "model": provider.model if provider else "",
        "url": "",
        "has_key": False,
        "context_tokens": 0,
    }


def _trial(row: LanguageModel | None) -> dict[str, Any]:
    reason = row.trial_reason if row else ""
    return {
        "state": row.trial if row else "",
        "reason": reason,
        "detail": reason_in_words(reason) if reason else "",
        "said": row.trial_said if row else "",
        "tried_at": row.tried_at if row else None,
    }


def _used(workspace: Workspace) -> dict[str, Any]:
    return LlmCall.objects.filter(workspace=workspace).sums()
