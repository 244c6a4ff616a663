"""The vendors' own interfaces: where they are asked, with which key, and what it costs."""

import json

import pytest

from reports.writers.llm import provider as providers
from reports.writers.llm.provider import Provider
from reports.writers.llm.trial import try_out
from tests.reports.writers.llm.fake_server import completion

ANSWER = json.dumps({"decision": "Выпуск в пятницу.", "line": 1}, ensure_ascii=False)
USAGE = {"prompt_tokens": 300, "completion_tokens": 20, "total_tokens": 320}
OPENAI = completion(ANSWER, usage=USAGE) | {"model": "gpt-4o-mini"}
ANTHROPIC = {
    "id": "msg_1",
    "type": "message",
    "role": "assistant",
    "model": "claude-haiku-4-5",
    "content": [{"type": "text", "text": ANSWER}],
    "stop_reason": "end_turn",
    "stop_sequence": None,
    "usage": {"input_tokens": 300, "output_tokens": 20},
}
GOOGLE = {
    "candidates": [
        {"content": {"parts": [{"text": ANSWER}], "role": "model"}, "finishReason": "STOP"}
    ],
    "usageMetadata": {
        "promptTokenCount": 300,
        "candidatesTokenCount": 20,
        "totalTokenCount": 320,
    },
    "modelVersion": "gemini-2.5-flash",
}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "model", "answer", "path", "header", "key"),
    [
        ("openai", "gpt-4o-mini", OPENAI, "/chat/completions", "authorization", "Bearer k-7"),
        ("anthropic", "claude-haiku-4-5", ANTHROPIC, "/v1/messages", "authorization", "Bearer k-7"),
        ("google", "gemini-2.5-flash", GOOGLE, ":generateContent", "x-goog-api-key", "k-7"),
    ],
)
def test_a_vendor_is_asked_with_the_key_and_the_form_and_told_the_price(
    serve, monkeypatch, kind, model, answer, path, header, key
):
    for name in ("OPENAI_BASE_URL", "ANTHROPIC_BASE_URL", "OPENAI_API_KEY", "GOOGLE_API_KEY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9/of-the-environment")
    server = serve(lambda asked: (200, answer))
    root = server.url if kind == "openai" else server.url.removesuffix("/v1")
    monkeypatch.setitem(providers.VENDORS, kind, root)
    calls = []
    reason, said = try_out(Provider(kind, model, api_key="k-7"), seconds=90, record=calls.append)
    assert (reason, said) == ("", "Выпуск в пятницу."), said
    (asked,) = server.asked
    assert asked.path.partition("?")[0].endswith(path)
    assert asked.headers[header] == key
    assert "k-7" not in json.dumps(asked.body)
    assert "decision" in json.dumps(asked.body).split("properties", 1)[1]
    assert not asked.body.get("tools")
    (call,) = calls
    assert (call.tokens_in, call.tokens_out, call.estimated) == (300, 20, False)
    assert call.cost and 0 < call.cost < 0.01
