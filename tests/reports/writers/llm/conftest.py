"""Writers on a fake server, and the contract's both servers."""

from collections.abc import Callable, Iterator

import pytest

from reports.writers.extractive import ExtractiveWriter
from reports.writers.llm import asking
from reports.writers.llm.provider import Provider
from reports.writers.llm.writer import LanguageModelWriter, Limits
from tests.reports.writers.llm.fake_server import FakeServer, diligent, fake_server


@pytest.fixture
def serve() -> Iterator[Callable[..., FakeServer]]:
    """Starts fake servers that end with the test."""
    running = []

    def start(behaviour=diligent) -> FakeServer:
        context = fake_server(behaviour)
        server = context.__enter__()
        running.append(context)
        return server

    yield start
    for context in running:
        context.__exit__(None, None, None)


@pytest.fixture(autouse=True)
def short_pauses(monkeypatch):
    monkeypatch.setattr(asking, "PAUSE", 0.02)


@pytest.fixture
def writer_on() -> Callable[..., LanguageModelWriter]:
    """Makes a writer that asks the server at ``url``."""

    def make(url: str, *, context=4096, seconds=60.0, call_seconds=20.0, calls=300, **parts):
        provider = Provider("compatible", "fake", url, context=context)
        limits = Limits(seconds, call_seconds, calls)
        return LanguageModelWriter(provider, without=ExtractiveWriter(), limits=limits, **parts)

    return make
