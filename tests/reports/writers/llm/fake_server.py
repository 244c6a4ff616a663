"""A small server of chat completions on 127.0.0.1 that behaves as well or badly as it is told."""

import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

LINE = re.compile(r"^(\d+) (?:([^:\n]+): )?(.*)$")


@dataclass
class Asked:
    """One request as it came."""

    body: dict[str, Any]
    headers: dict[str, str]
    path: str

    @property
    def schema(self) -> dict[str, Any]:
        return self.body.get("response_format", {}).get("json_schema", {}).get("schema", {})

    @property
    def text(self) -> str:
        return "\n".join(message["content"] for message in self.body["messages"])

    @property
    def lines(self) -> list[tuple[int, str, str]]:
        """Number, speaker and words of what stands between the marks."""
        inside = re.search(r"⟦(\w+)⟧\n(.*?)\n⟦\1⟧", self.text, re.S)
        matches = [LINE.match(line) for line in inside[2].split("\n")] if inside else []
        return [(int(m[1]), m[2] or "", m[3]) for m in matches if m]

    @property
    def is_reading(self) -> bool:
        return "Find what belongs into minutes" in self.text

    @property
    def section(self) -> str:
        """The title of the section that is asked for by itself; empty for all other calls."""
        called = re.search(r"The section is called: (.+)", self.text)
        return called[1] if called else ""

    @property
    def is_question(self) -> bool:
        return "You answer a question" in self.text

    @property
    def is_section_of_talk(self) -> bool:
        return bool(self.section) and "number, speaker, words" in self.text


Behaviour = Callable[[Asked], Any]
NO_PAGE = (404, {"error": {"message": "no such page"}})


@dataclass
class FakeServer:
    """``behaviour`` gets each request and returns a dict, a string, (status, body), or bytes."""

    behaviour: Behaviour
    asked: list[Asked] = field(default_factory=list)
    props: Any = NO_PAGE
    """What ``/props`` answers, as ``behaviour`` does; by default it is no llama.cpp."""
    url: str = ""
    at_once: int = 0
    at_once_most: int = 0
    lock: Any = field(default_factory=threading.Lock)

    def answer(self, asked: Asked) -> Any:
        with self.lock:
            self.asked.append(asked)
            self.at_once += 1
            self.at_once_most = max(self.at_once_most, self.at_once)
        try:
            return self.behaviour(asked)
        finally:
            with self.lock:
                self.at_once -= 1


def completion(text: str, *, finish: str = "stop", usage: dict[str, int] | None = None) -> dict:
    return {
        "id": "x",
        "object": "chat.completion",
        "created": int(time.time()),
        "model": "fake",
        "choices": [
            {
                "index": 0,
                "finish_reason": finish,
                "message": {"role": "assistant", "content": text},
            }
        ],
        "usage": usage or {"prompt_tokens": 900, "completion_tokens": 50, "total_tokens": 950},
    }


def diligent(asked: Asked) -> str:
    """Finds what is plainly said; joins the same; sums up with the first line."""
    if "decision" in asked.schema.get("properties", {}):
        return json.dumps({"decision": asked.lines[0][2], "line": asked.lines[0][0]})
    if asked.is_section_of_talk or asked.is_question:
        told = [
            {"text": words, "evidence": [{"line": number, "words": words}]}
            for number, _who, words in asked.lines[:3]
        ]
        return json.dumps({"statements": told}, ensure_ascii=False)
    return _read(asked) if asked.is_reading else _joined(asked)


def _joined(asked: Asked) -> str:
    lines = [(n, f"{who}: {words}" if who else words) for n, who, words in asked.lines]
    same: dict[str, list[int]] = {}
    for number, words in lines:
        same.setdefault(words, []).append(number)
    made = [{"text": w, "sources": n, "assignee": "", "due": ""} for w, n in same.items()]
    most = asked.schema["properties"]["statements"]["maxItems"] if asked.schema else 6
    return json.dumps({"statements": made[:most], "withdrawn": []}, ensure_ascii=False)


def _read(asked: Asked) -> str:
    found: dict[str, list] = {
        k: [] for k in ("topics", "decisions", "tasks", "questions", "figures")
    }
    for number, _who, words in asked.lines:
        entry = {"text": words, "evidence": [{"line": number, "words": words}]}
        if "решили" in words.lower():
            found["decisions"].append(entry)
        elif "подготовит" in words:
            found["tasks"].append(entry | {"assignee": words.split()[0], "due": "до среды"})
        elif words.endswith("?"):
            found["questions"].append(entry)
    forms = asked.schema.get("properties", {})
    most = {k: forms[k]["maxItems"] if k in forms else 8 for k in found}
    return json.dumps({k: v[: most[k]] for k, v in found.items()}, ensure_ascii=False)


def measured(asked: Asked) -> dict:
    """The diligent answer, with tokens counted as a real server would."""
    answer = diligent(asked)
    sent, got = len(asked.text) // 3, len(answer) // 3
    return completion(
        answer, usage={"prompt_tokens": sent, "completion_tokens": got, "total_tokens": sent + got}
    )


class _Handler(BaseHTTPRequestHandler):
    server: Any
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self._answer(self.server.fake.props if self.path == "/props" else NO_PAGE)

    def do_POST(self) -> None:
        length = int(self.headers.get("Content-Length", 0))
        body = json.loads(self.rfile.read(length) or b"{}")
        if self.path == "/tokenize":
            self._answer({"tokens": list(range(len(body["content"]) // 3))})
            return
        known = ("/chat/completions", "/messages", ":generateContent")
        if not self.path.partition("?")[0].endswith(known):
            self._answer(NO_PAGE)
            return
        self._answer(self.server.fake.answer(Asked(body, _lower(self.headers), self.path)))

    def _answer(self, made: Any) -> None:
        with suppress(OSError):
            if isinstance(made, tuple):
                self._send(*made)
            elif isinstance(made, str):
                self._send(200, completion(made))
            elif isinstance(made, dict):
                self._send(200, made)
            elif made is not None:
                self._stream(made)

    def _send(self, status: int, body: Any) -> None:
        sent = json.dumps(body).encode() if not isinstance(body, bytes) else body
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(sent)))
        self.end_headers()
        self.wfile.write(sent)

    def _stream(self, chunks: Iterator[bytes]) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Connection", "close")
        self.end_headers()
        for chunk in chunks:
            self.wfile.write(chunk)
            self.wfile.flush()
        self.close_connection = True

    def log_message(self, *arguments: Any) -> None:
        pass


def llama_props(context: Any) -> dict:
    """What ``/props`` of a llama.cpp answers that reads ``context`` tokens a slot."""
    return {"default_generation_settings": {"n_ctx": context}}


def _lower(headers: Any) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


@contextmanager
def fake_server(behaviour: Behaviour = diligent) -> Iterator[FakeServer]:
    """A running server; ``url`` ends in ``/v1``."""
    fake = FakeServer(behaviour)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    server.fake = fake  # type: ignore[attr-defined]
    fake.url = f"http://127.0.0.1:{server.server_port}/v1"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield fake
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
