"""pydantic-ai's model for a provider; keys and addresses of the environment are not used."""

import httpx2
from pydantic_ai.models import Model
from pydantic_ai.profiles.openai import OpenAIModelProfile

from reports.writers.llm.provider import Provider

OWN_SERVERS_CAN = OpenAIModelProfile(
    supports_json_schema_output=True,
    openai_chat_supports_max_completion_tokens=False,
    json_schema_transformer=None,
)
"""Schemas are what llama.cpp, vLLM, Ollama and most others can; those that cannot say so. They go
as they are: OpenAI's form of them has no lengths, and without these a small model rambles. The
bound of an answer must go by its old name: Ollama does not heed the new one.
"""


def model_of(provider: Provider, http: httpx2.AsyncClient) -> Model:
    """The model that ``provider`` names, reached through ``http`` alone."""
    return _MAKERS[provider.kind](provider, http)


def _openai(provider: Provider, http: httpx2.AsyncClient) -> Model:
    from pydantic_ai.models.openai import OpenAIChatModel  # noqa: PLC0415
    from pydantic_ai.providers.openai import OpenAIProvider  # noqa: PLC0415

    client = OpenAIProvider(
        base_url=provider.base_url, api_key=provider.api_key or "none", http_client=http
    )
    return OpenAIChatModel(provider.model, provider=client)


def _own_server(provider: Provider, http: httpx2.AsyncClient) -> Model:
    from pydantic_ai.models.openai import OpenAIChatModel  # noqa: PLC0415
    from pydantic_ai.providers.openai_compatible import OpenAICompatibleProvider  # noqa: PLC0415

    client = OpenAICompatibleProvider(
        provider.kind,
        base_url=provider.base_url,
        api_key=provider.api_key or None,
        http_client=http,
        profile=OWN_SERVERS_CAN,
    )
    return OpenAIChatModel(provider.model, provider=client)


def _anthropic(provider: Provider, http: httpx2.AsyncClient) -> Model:
    from pydantic_ai.models.anthropic import AnthropicModel  # noqa: PLC0415
    from pydantic_ai.providers.anthropic import AnthropicProvider  # noqa: PLC0415

    client = AnthropicProvider(
        api_key=provider.api_key or "none", base_url=provider.base_url, http_client=http
    )
    return AnthropicModel(provider.model, provider=client)


def _google(provider: Provider, http: httpx2.AsyncClient) -> Model:
    from pydantic_ai.models.google import GoogleModel  # noqa: PLC0415
    from pydantic_ai.providers.google import GoogleProvider  # noqa: PLC0415

    client = GoogleProvider(
        api_key=provider.api_key or "none", base_url=provider.base_url, http_client=http
    )
    return GoogleModel(provider.model, provider=client)


_MAKERS = {
    "openai": _openai,
    "anthropic": _anthropic,
    "google": _google,
    "ollama": _own_server,
    "compatible": _own_server,
}
