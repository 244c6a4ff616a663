"""Engines by name, as the settings say."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils.module_loading import import_string

from tests.faults import engines
from transcription import registry
from transcription.engines.base import EngineError
from transcription.engines.openai_api import OpenAIRecognizer


@pytest.fixture(autouse=True)
def fresh_registry() -> Iterator[None]:
    registry._made.cache_clear()
    yield
    registry._made.cache_clear()


def test_the_settings_choose_the_recognizer(settings: Any):
    settings.RECOGNIZER = "openai"
    settings.RECOGNIZER_URL = "http://asr.test/v1"
    settings.RECOGNIZER_MODEL = "tall"
    engine = registry.recognizer()
    assert isinstance(engine, OpenAIRecognizer)
    assert (engine.name, engine.model) == ("openai", "tall")
    assert registry.recognizer() is engine


def test_overrides_make_another_engine(settings: Any):
    settings.RECOGNIZER_URL = "http://asr.test/v1"
    first, second = (registry.recognizer("openai", model=model) for model in ("a", "b"))
    assert (first.model, second.model) == ("a", "b")


def test_a_server_needs_an_address(settings: Any):
    settings.RECOGNIZER_URL = ""
    with pytest.raises(EngineError, match="RECOGNIZER_URL"):
        registry.recognizer("openai")


def test_missing_weights_are_told_before_anything_is_loaded(settings: Any, tmp_path: Path):
    settings.MODEL_DIR = tmp_path
    with pytest.raises(EngineError, match="models fetch whisper-base"):
        registry.recognizer("whisper", model="base")
    with pytest.raises(EngineError, match="models fetch faster-whisper-small"):
        registry.recognizer("faster-whisper", model="small")


@pytest.mark.parametrize("make", [registry.recognizer, registry.diarizer])
def test_an_unknown_name_is_refused_with_the_known_ones(make: Any):
    with pytest.raises(EngineError) as caught:
        make("parrot")
    assert caught.value.code == "engine_unknown"


def test_a_dotted_path_leads_to_an_engine_of_ones_own(settings: Any):
    settings.RECOGNIZER, settings.DIARIZER = (
        "tests.faults.engines.Scribe",
        "tests.faults.engines.Listener",
    )
    assert isinstance(registry.recognizer(), engines.Scribe)
    assert isinstance(registry.diarizer(), engines.Listener)
    assert registry.diarizer() is registry.diarizer()


def test_the_diarizer_gets_its_weights_from_the_model_folder(settings: Any, tmp_path: Path):
    settings.MODEL_DIR = tmp_path
    settings.DIARIZER_MODEL = "open"
    with pytest.raises(EngineError, match=r"models fetch segmentation-3\.0"):
        registry.diarizer("pyannote")
    settings.DIARIZER_MODEL = "community-1"
    with pytest.raises(EngineError, match="models fetch community-1"):
        registry.diarizer("pyannote")


def test_after_memory_ran_out_models_are_let_go_and_made_anew_with_half_the_batches(
    settings: Any, monkeypatch: pytest.MonkeyPatch
):
    made: list[dict[str, Any]] = []

    def make(**given: Any) -> object:
        made.append(given)
        return object()

    monkeypatch.setattr(registry, "_halvings", 0)
    monkeypatch.setattr(registry.weights, "locate", lambda folder, name: Path(name))
    monkeypatch.setattr(registry, "import_string", lambda path: make)
    settings.DIARIZER_MODEL, settings.EMBEDDING_BATCH, settings.SEGMENTATION_BATCH = "open", 96, 1
    registry._made.cache_clear()
    for _ in range(2):
        assert registry.diarizer("pyannote") is registry.diarizer("pyannote")
        registry.relieve()
    assert [given["embedding_batch_size"] for given in made] == [96, 48]
    assert [given["segmentation_batch_size"] for given in made] == [1, 1]


@pytest.mark.slow
@pytest.mark.parametrize("path", [*registry.RECOGNIZERS.values(), *registry.DIARIZERS.values()])
def test_every_name_leads_to_an_engine(path: str):
    assert import_string(path).name


def test_the_registry_does_not_import_torch():
    code = "import sys; from transcription import registry; assert 'torch' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[2])
