"""A server with ``/v1/audio/transcriptions`` on the loopback, backed by a real recognizer."""

import io
import json
import threading
import wave
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import Message
from email.parser import BytesParser
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import numpy as np

from transcription.engines.base import Recognizer


@contextmanager
def serve(recognizer: Recognizer) -> Iterator[str]:
    """Address of a running server, to be given to the client as its base."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            form = _form(self.headers, self.rfile.read(int(self.headers["Content-Length"])))
            answer = json.dumps(transcribe(recognizer, form)).encode()
            self.send_response(200 if self.path == "/v1/audio/transcriptions" else 404)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def transcribe(recognizer: Recognizer, form: dict[str, Any]) -> dict[str, Any]:
    """The API's ``verbose_json``; languages by their English names, as OpenAI answers."""
    assert form["response_format"] == b"verbose_json"
    with wave.open(io.BytesIO(form["file"])) as file:
        assert file.getframerate() == 16_000
        samples = np.frombuffer(file.readframes(file.getnframes()), "<i2")
    language = form["language"].decode() if "language" in form else None
    audio = samples.astype(np.float32) / np.float32(32768)
    heard = recognizer.recognize(audio, language=language)
    names = {"ru": "russian", "en": "english"}
    return {
        "task": "transcribe",
        "language": names.get(heard.language, heard.language),
        "duration": len(samples) / 16_000,
        "text": " ".join(word.text for word in heard.words),
        "words": [{"word": w.text, "start": w.start, "end": w.end} for w in heard.words],
        "segments": [],
    }


def _form(headers: Message, body: bytes) -> dict[str, Any]:
    head = f"Content-Type: {headers['Content-Type']}\r\n\r\n".encode()
    message = BytesParser(policy=HTTP).parsebytes(head + body)
    return {
        str(part.get_param("name", header="content-disposition")): part.get_payload(decode=True)
        for part in message.iter_parts()
    }
