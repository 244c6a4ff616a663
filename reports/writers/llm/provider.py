"""Which language model is asked, and where; and why one did not answer. Pure."""

from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

VENDORS = {
    "openai": "https://api.openai.com/v1",
    "anthropic": "https://api.anthropic.com",
    "google": "https://generativelanguage.googleapis.com",
}
"""Providers that have one address, which is theirs."""

OWN_SERVERS = ("ollama", "compatible")
"""Providers that are reached at a base URL ending in ``/v1``."""

KINDS = (*VENDORS, *OWN_SERVERS)

CONTEXTS = {"openai": 100_000, "anthropic": 100_000, "google": 100_000, "ollama": 4096}
"""Tokens that a model is believed to read at once where nobody says. Ollama cuts what is longer
without a word, and reads 4096 unless told otherwise by its own settings.
"""
CONTEXT = 8192


@dataclass(frozen=True)
class Provider:
    """A language model: ``url`` is the base URL of own servers, ``context`` is in tokens."""

    kind: str
    model: str
    url: str = ""
    api_key: str = field(default="", repr=False)
    context: int = 0
    public_only: bool = False
    """Whether addresses of private networks are refused, also after a name was resolved."""

    @property
    def base_url(self) -> str:
        """Where requests go."""
        return (VENDORS.get(self.kind) or self.url).rstrip("/")

    @property
    def host(self) -> str:
        """Host and port, as people are told where the words go."""
        return urlsplit(self.base_url).netloc.rpartition("@")[2]

    @property
    def context_tokens(self) -> int:
        """Tokens that go into one call, question and answer together."""
        return self.context or CONTEXTS.get(self.kind, CONTEXT)

    def reading(self, told: int) -> "Provider":
        """With the tokens that its server says it reads at once, unless the operator knows."""
        return replace(self, context=self.context or told)


class Failure(Exception):  # noqa: N818  (of a provider, and expected)
    """A call that brought nothing usable; ``reason`` is one of the codes below.

    ``said``: the provider's own words for the operator, shortened, never with the key.
    """

    RETRYABLE = frozenset({"unreachable", "slow", "busy", "server_error"})
    PROVIDERS = RETRYABLE | {"key_refused", "no_such_model", "no_credit", "address_forbidden"}
    """What the next call would meet too."""
    SPLITTABLE = frozenset({"too_long", "context_exceeded"})
    """What a shorter stretch of the talk may avoid."""
    REASONS = PROVIDERS | SPLITTABLE | {"rejected", "refused", "invalid", "endless", "plan_spent"}

    def __init__(
        self, reason: str, said: str = "", *, after: float | None = None, partial: str = ""
    ) -> None:
        super().__init__(f"{reason}: {said}" if said else reason)
        self.reason = reason
        self.said = said
        self.after = after
        self.partial = partial

    @property
    def retryable(self) -> bool:
        """Whether the same call may succeed in a moment."""
        return self.reason in self.RETRYABLE

    @property
    def of_provider(self) -> bool:
        """Whether there is no point in asking for anything else."""
        return self.reason in self.PROVIDERS
