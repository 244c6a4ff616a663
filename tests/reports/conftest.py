"""What tests of minutes and answers share."""

import pytest

from reports.writers.llm import asking
from tests.reports.writers.llm.fake_server import diligent, fake_server


@pytest.fixture
def language_model(settings, monkeypatch):
    """A language model's server that the settings name; its ``behaviour`` can be changed."""
    monkeypatch.setattr(asking, "PAUSE", 0.02)
    with fake_server(diligent) as server:
        settings.LLM_PROVIDER, settings.LLM_MODEL = "compatible", "fake"
        settings.LLM_URL = server.url
        yield server
