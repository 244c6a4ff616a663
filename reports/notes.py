"""How minutes came to be, in words: the notes about the language model and the documents."""

from collections.abc import Callable
from urllib.parse import unquote

from django.utils.formats import number_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

PROVIDERS = {
    "openai": "OpenAI",
    "anthropic": "Anthropic",
    "google": "Google Gemini",
    "ollama": "Ollama",
    "compatible": _("the language model's server"),
}
REASONS = {
    "unreachable": _("it cannot be reached"),
    "slow": _("it did not answer in time"),
    "busy": _("it is too busy"),
    "server_error": _("it has an error of its own"),
    "key_refused": _("it refused the key"),
    "key_lost": _("the key can no longer be read; its owners must enter it again"),
    "no_such_model": _("it does not have this model"),
    "no_credit": _("the account's credit is used up"),
    "address_forbidden": _("its address is not allowed here"),
    "rejected": _("it rejected the request"),
    "refused": _("it refused to answer"),
    "invalid": _("its answers could not be used"),
    "too_long": _("its answers came to no end"),
    "endless": _("its answers came to no end"),
    "context_exceeded": _("the model reads too little at once"),
    "plan_spent": _("it needed more calls than planned"),
    "quota": _("the workspace's tokens for the month do not suffice"),
    "too_many_calls": _("the meeting needs more calls than this instance allows"),
}
"""Why a language model did not do its part, by the codes of ``provider.Failure`` and the writer."""


def reason_in_words(reason: str) -> str:
    """A reason for a person; codes that nobody knows as they are."""
    return str(REASONS.get(reason, reason.replace("_", " ")))


def provider_in_words(kind: str) -> str:
    """A provider's name."""
    return str(PROVIDERS.get(kind, gettext("the language model")))


def llm_note(code: str, facts: str) -> str:
    """A note of the language model's writer in words; empty where it is not one of them."""
    maker = _MAKERS.get(code)
    return maker(*[unquote(fact) for fact in facts.split(":")]) if maker else ""


def note_in_words(note: str) -> str:
    """A whole note of the language model's writer, ``code:fact:…``, in words."""
    code, _colon, facts = note.partition(":")
    return llm_note(code, facts)


def _written_by(kind: str, host: str = "", model: str = "") -> str:
    return gettext("Written by the language model %(model)s (%(host)s).") % {
        "model": model or provider_in_words(kind),
        "host": host or provider_in_words(kind),
    }


def _written_without(kind: str, reason: str = "") -> str:
    if reason == "quota":
        return gettext("Composed without a language model: %(reason)s.") % {
            "reason": reason_in_words(reason)
        }
    return gettext(
        "Composed without a language model, because %(provider)s failed: %(reason)s."
    ) % {"provider": provider_in_words(kind), "reason": reason_in_words(reason)}


def _partly_without(kind: str, reason: str = "", missing: str = "", parts: str = "") -> str:
    if missing in ("", "0"):
        return gettext("The language model did not join or sum up everything: %(reason)s.") % {
            "reason": reason_in_words(reason)
        }
    return gettext(
        "%(missing)s of %(parts)s parts of the talk were composed without it: %(reason)s."
    ) % {"missing": missing, "parts": parts, "reason": reason_in_words(reason)}


def _calls(made: str, most: str = "", tokens_in: str = "0", tokens_out: str = "0") -> str:
    return gettext(
        "%(made)s calls (at most %(most)s planned), %(tokens_in)s tokens sent, "
        "%(tokens_out)s received."
    ) % {
        "made": made,
        "most": most,
        "tokens_in": number_format(int(tokens_in), force_grouping=True),
        "tokens_out": number_format(int(tokens_out), force_grouping=True),
    }


def _attachments_unread(_facts: str = "") -> str:
    return gettext("The attachments are too long; the language model read the talk alone.")


def _attachments_waiting(count: str) -> str:
    told = ngettext(
        "%(count)s attachment had not been read yet. Write the minutes anew to use it.",
        "%(count)s attachments had not been read yet. Write the minutes anew to use them.",
        int(count),
    )
    return told % {"count": count}


def _earlier_cut(read: str, lines: str = "") -> str:
    return gettext(
        "Of the minutes of the meeting before the model was given %(read)s of %(lines)s statements."
    ) % {"read": read, "lines": lines}


_MAKERS: dict[str, Callable[..., str]] = {
    "written_by": _written_by,
    "written_without": _written_without,
    "partly_without": _partly_without,
    "attachments_unread": _attachments_unread,
    "attachments_waiting": _attachments_waiting,
    "llm_calls": _calls,
    "earlier_cut": _earlier_cut,
}
