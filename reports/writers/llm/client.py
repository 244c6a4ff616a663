"""One question to a provider and its answer, over pydantic-ai; errors as ``Failure``.

Nothing is retried here and no tool is offered. What is read of an answer is bounded, whatever the
server sends. Imports of vendors' libraries are slow and large: only workers import this module.
"""

import asyncio
import json
import time
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import httpx2
from pydantic_ai import exceptions as errors
from pydantic_ai.direct import model_request
from pydantic_ai.messages import (
    ModelMessage,
    ModelRequest,
    ModelResponse,
    SystemPromptPart,
    TextPart,
    UserPromptPart,
)
from pydantic_ai.models import Model, ModelRequestParameters
from pydantic_ai.output import OutputObjectDefinition
from pydantic_ai.settings import ModelSettings

from reports.writers.llm.answers import form_of
from reports.writers.llm.asking import Reply
from reports.writers.llm.models import model_of
from reports.writers.llm.prompts import Prompt
from reports.writers.llm.provider import Failure, Provider
from reports.writers.llm.tokens import Counter, at_least
from reports.writers.llm.transport import Endless, Forbidden, http_client

SAID_MOST = 200
"""Characters of a provider's words that are kept."""
CONNECT_SECONDS = 10.0
TOLD_SECONDS = 20.0
"""For all that a server tells of itself."""
TOKENIZED_MOST = 20_000
"""Characters that a server is asked to count; the rest of the talk is much like them."""
FORM = "The form of the answer: "
_REASONS: Sequence[tuple[type[BaseException], str]] = (
    (errors.ContentFilterError, "refused"),
    (errors.ModelAuthenticationError, "key_refused"),
    (errors.ModelNotFoundError, "no_such_model"),
    (errors.ModelContextWindowExceededError, "context_exceeded"),
    (errors.ModelQuotaExceededError, "no_credit"),
    (errors.ModelRequestTimeout, "slow"),
    (errors.ModelTimeoutError, "slow"),
    (TimeoutError, "slow"),
    (errors.ModelRateLimitError, "busy"),
    (errors.ModelUnavailableError, "busy"),
    (errors.ModelServerError, "server_error"),
    (errors.ModelConnectionError, "unreachable"),
    (errors.ModelRequestRejectedError, "rejected"),
)
"""The first that fits; the narrower before the wider."""
_UNTOLD = (
    httpx2.HTTPError,
    TimeoutError,
    ValueError,
    LookupError,
    TypeError,
    OverflowError,
    RecursionError,
    Endless,
    Forbidden,
)
"""What comes of asking a server of itself that offers nothing, or nonsense."""


class Client:
    """A provider's model, open while it is used as an asynchronous context."""

    def __init__(self, provider: Provider) -> None:
        self.provider = provider
        self._http = http_client(provider, connect=CONNECT_SECONDS)
        self._model: Model = model_of(provider, self._http)
        self._native = bool(self._model.profile.get("supports_json_schema_output"))

    async def __aenter__(self) -> "Client":
        return self

    async def __aexit__(self, *exc: object) -> None:
        await self._http.aclose()

    async def ask(
        self, prompt: Prompt, schema: dict[str, Any], *, tokens: int, seconds: float
    ) -> Reply:
        """The answer of at most ``tokens``, within ``seconds``; Failure where there is none."""
        began = time.monotonic()
        try:
            async with asyncio.timeout(seconds):
                response = await self._request(prompt, schema, tokens, seconds)
        except Exception as error:
            raise _failure(error, self.provider) from error
        return self._reply(prompt, response, time.monotonic() - began)

    async def _request(
        self, prompt: Prompt, schema: dict[str, Any], tokens: int, seconds: float
    ) -> ModelResponse:
        if self._native:
            try:
                return await self._send(prompt, schema, tokens, seconds, native=True)
            except errors.ModelRequestRejectedError as error:
                if not _knows_no_schema(error):
                    raise
                self._native = False
        return await self._send(prompt, schema, tokens, seconds, native=False)

    async def _send(
        self, prompt: Prompt, schema: dict[str, Any], tokens: int, seconds: float, *, native: bool
    ) -> ModelResponse:
        task = prompt.task if native else f"{prompt.task}\n{FORM}{json.dumps(form_of(schema))}"
        messages: list[ModelMessage] = [
            ModelRequest(parts=[SystemPromptPart(task), UserPromptPart(prompt.text)])
        ]
        settings = ModelSettings(
            max_tokens=tokens, timeout=seconds, max_retries=0, request_timeout=seconds
        )
        if self.provider.kind not in ("openai", "anthropic"):  # their newest take none
            settings["temperature"] = 0.0
        form = OutputObjectDefinition(json_schema=schema, name="minutes", strict=True)
        parameters = ModelRequestParameters(
            output_mode="native" if native else "text",
            output_object=form if native else None,
            allow_text_output=True,
        )
        return await model_request(
            self._model,
            messages,
            model_settings=settings,
            model_request_parameters=parameters,
            instrument=False,
        )

    def _reply(self, prompt: Prompt, response: ModelResponse, seconds: float) -> Reply:
        text = "".join(part.content for part in response.parts if isinstance(part, TextPart))
        usage = response.usage
        reply = Reply(
            text, usage.input_tokens, usage.output_tokens, _cost(self.provider, response), seconds
        )
        if response.finish_reason == "content_filter":
            raise Unusable("refused", reply)
        if response.finish_reason == "length":
            raise Unusable("too_long", reply)
        if 0 < usage.input_tokens < at_least(prompt.whole):
            raise Unusable("context_exceeded", reply)  # the server cut the question in silence
        return reply

    async def counter(self, text: str) -> tuple[Counter, int]:
        """How the model counts tokens, as llama.cpp tells for ``text``, and what it reads at once.

        An estimate and 0 where the server offers neither, or takes longer than ``TOLD_SECONDS``.
        """
        if self.provider.kind == "compatible":
            with suppress(*_UNTOLD):
                async with asyncio.timeout(TOLD_SECONDS):
                    return await self._told(text[:TOKENIZED_MOST])
        return Counter(), 0

    async def _told(self, text: str) -> tuple[Counter, int]:
        root = self.provider.base_url.removesuffix("/v1")
        headers = {"Authorization": f"Bearer {self.provider.api_key}"}
        headers = headers if self.provider.api_key else {}
        told = await self._http.get(f"{root}/props", headers=headers, timeout=CONNECT_SECONDS)
        context = int(told.raise_for_status().json()["default_generation_settings"]["n_ctx"])
        counted = await self._http.post(
            f"{root}/tokenize", json={"content": text}, headers=headers, timeout=CONNECT_SECONDS
        )
        tokens = len(counted.raise_for_status().json()["tokens"])
        return Counter.measured(text, tokens), context


class Unusable(Failure):
    """A failure of an answer that came and was paid for."""

    def __init__(self, reason: str, reply: Reply) -> None:
        super().__init__(reason, partial=reply.text)
        self.reply = reply


def _failure(error: Exception, provider: Provider) -> Failure:
    if isinstance(error, Failure):
        return error
    for cause in _causes(error):
        if isinstance(cause, Endless | Forbidden):
            return Failure(cause.reason, str(cause))
    reason = next((code for kind, code in _REASONS if isinstance(error, kind)), "")
    after = getattr(error, "retry_after", None)
    if not reason:
        unreadable = (errors.UnexpectedModelBehavior, ValueError)
        of_answer = any(isinstance(cause, unreadable) for cause in _causes(error))
        reason = "invalid" if of_answer or not _status(error) else "rejected"
    return Failure(reason, _said(error, provider), after=after)


def _status(error: Exception) -> int:
    """The HTTP status of a refusal; 0 where the answer came and could not be read."""
    status = int(getattr(error, "status_code", None) or 0)
    return status if status >= 400 else 0


def _causes(error: BaseException) -> list[BaseException]:
    found: list[BaseException] = []
    step: BaseException | None = error
    while step is not None and step not in found:
        found.append(step)
        step = step.__cause__ or step.__context__
    return found


def _said(error: Exception, provider: Provider) -> str:
    """The provider's words, shortened; a key that it repeats is not among them."""
    status = getattr(error, "status_code", None)
    words = str(getattr(error, "body", None) or error)
    if provider.api_key:
        words = words.replace(provider.api_key, "…")
    return " ".join(f"{status or ''} {type(error).__name__}: {words}".split())[:SAID_MOST]


def _knows_no_schema(error: errors.ModelRequestRejectedError) -> bool:
    complaint = str(error.body or error).lower()
    return any(word in complaint for word in ("response_format", "json_schema", "schema"))


def _cost(provider: Provider, response: ModelResponse) -> float | None:
    """Dollars by the price list in the package, for the vendors' models that it knows."""
    if provider.kind not in ("openai", "anthropic", "google"):
        return None
    with suppress(LookupError, ValueError, AssertionError):
        return float(response.cost().total_price)
    return None
