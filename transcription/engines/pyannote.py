"""Who speaks when, by pyannote.audio.

``PyannoteDiarizer`` is the open set-up: pyannote's own pipeline with the segmentation-3.0 weights
and CAM++ embeddings, which needs no account. ``CommunityDiarizer`` runs a folder that holds
pyannote's speaker-diarization-community-1.

The open set-up works in two steps, so that blocks of a recording can be heard apart (in any order,
by any number of workers) and joined: ``hear`` finds the voices of every window of 10 s and their
embeddings, ``turns_of`` makes speakers and turns of the voices of all windows.
"""

import functools
import math
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch.serialization import safe_globals
from torch.torch_version import TorchVersion

from transcription import clustering
from transcription.clustering import Voices
from transcription.turns import joined_over_pauses, named_by_appearance

from .base import SAMPLE_RATE, Audio, Diarization, EngineError, Progress, Turn

with warnings.catch_warnings():  # sound comes as arrays: pyannote's decoder need not work
    warnings.filterwarnings("ignore", message=r"\s*torchcodec is not installed")
    from pyannote.audio import Inference, Model, Pipeline

from pyannote.audio.core.plda import PLDA
from pyannote.audio.core.task import Problem, Resolution, Specifications
from pyannote.audio.models.segmentation import PyanNet
from pyannote.audio.pipelines import SpeakerDiarization
from pyannote.audio.telemetry import set_telemetry_metrics
from pyannote.core import Annotation, SlidingWindow, SlidingWindowFeature

from .campplus import load_campplus

set_telemetry_metrics(False)

WINDOW = 10.0
STEP = 2.5
"""Seconds between windows: every moment is heard in four of them."""
BLOCK = 240
"""Windows heard in one go, 10 minutes."""
SILENCE_PRIOR = 1.0
"""Nats taken from the silence class: a lost word is worse than a breath taken for speech."""
OVERLAP_PRIOR = 0.25
"""Nats given to each class of two voices at once."""
CLEAR_VOICE = 0.8
"""Seconds without overlap from which an embedding is taken of these alone."""
SHORTEST_SOUND = 0.1
"""Seconds below which an array is taken for silence."""


class PyannoteDiarizer:
    """The open set-up: segmentation-3.0, CAM++ and a clustering that finds how many speak.

    ``segmentation`` is a checkpoint or its folder; ``embedding`` the CAM++ weights and
    ``embedding_definition`` the Python source of their network. ``device`` is auto, cpu or cuda.
    Nothing is loaded, and no device asked, before the first use.
    """

    name = "pyannote"
    model = "segmentation-3.0+campplus"

    def __init__(
        self,
        *,
        segmentation: Path,
        embedding: Path,
        embedding_definition: Path,
        device: str = "auto",
        segmentation_batch_size: int = 16,
        embedding_batch_size: int = 24,
    ) -> None:
        self.segmentation = segmentation
        self.embedding = embedding
        self.embedding_definition = embedding_definition
        self.device = device
        self.segmentation_batch_size = segmentation_batch_size
        self.embedding_batch_size = embedding_batch_size

    @functools.cached_property
    def pipeline(self) -> SpeakerDiarization:
        """pyannote's pipeline with the weights in place, on its device."""
        pipeline = SpeakerDiarization(
            segmentation=load_segmentation(self.segmentation),
            segmentation_step=STEP / WINDOW,
            embedding=load_campplus(self.embedding_definition, self.embedding),
            embedding_exclude_overlap=True,
            plda=PLDA.__new__(PLDA),  # asked for, but used by a clustering that is not ours
            clustering="AgglomerativeClustering",
            segmentation_batch_size=self.segmentation_batch_size,
            embedding_batch_size=self.embedding_batch_size,
        )
        pipeline._embedding.min_num_samples = round(CLEAR_VOICE * SAMPLE_RATE)
        return pipeline.to(chosen_device(self.device))

    def diarize(
        self, audio: Audio, *, speakers: int | None = None, progress: Progress = lambda share: None
    ) -> Diarization:
        """The turns of ``audio`` and a unit vector for each speaker; memory does not grow much
        with length, as the recording is heard in blocks of ten minutes."""
        if len(audio) < SHORTEST_SOUND * SAMPLE_RATE:
            return Diarization(())
        blocks = list(blocks_of(len(audio)))
        heard = []
        for index, block in enumerate(blocks):
            done = index / len(blocks)
            heard.append(self.hear(audio[block], progress=_part(progress, done, 1 / len(blocks))))
        diarization = self.turns_of(Voices.joined(heard), len(audio), speakers=speakers)
        progress(1.0)
        return diarization

    def hear(self, block: Audio, *, progress: Progress = lambda share: None) -> Voices:
        """The voices of every window of ``block``, one of the slices that ``blocks_of`` gives."""
        steps = _Steps(progress)
        file = _file(block)
        activity = self.pipeline.get_segmentations(file, hook=steps)
        embeddings = self.pipeline.get_embeddings(file, activity, exclude_overlap=True, hook=steps)
        return Voices(activity.data.astype(np.float32), embeddings.astype(np.float32))

    def turns_of(self, voices: Voices, samples: int, *, speakers: int | None = None) -> Diarization:
        """Speakers and their turns from the voices of a whole recording of so many samples."""
        if not voices.activity.any():
            return Diarization(())
        labels, centres = clustering.identify(voices, speakers=speakers)
        grid = SlidingWindow(start=0.0, duration=WINDOW, step=STEP)
        windows = SlidingWindowFeature(voices.activity, grid)
        count = self._voices_at_once(windows)
        count.data = np.minimum(count.data, len(centres))
        spoken = self.pipeline.to_annotation(self.pipeline.reconstruct(windows, labels, count))
        return diarization_of(spoken, centres, samples / SAMPLE_RATE)

    def _voices_at_once(self, windows: SlidingWindowFeature) -> SlidingWindowFeature:
        """How many speak in each frame: the mean over its windows, a half counting as a voice.

        (pyannote's own count rounds a half to the even number, so that two windows of four that
        hear a voice are not enough for it.)
        """
        count = Inference.aggregate(
            SlidingWindowFeature(windows.data.sum(axis=2, keepdims=True), windows.sliding_window),
            self.pipeline._segmentation.model.receptive_field,
            missing=0.0,
        )
        count.data = np.floor(count.data + 0.5).astype(np.uint8)
        return count


class CommunityDiarizer:
    """pyannote's speaker-diarization-community-1 (or any pipeline like it) from a local folder.

    ``token`` is handed on to the hub for pipelines that name further models there.
    """

    name = "pyannote"
    model = "speaker-diarization-community-1"

    def __init__(
        self,
        *,
        folder: Path,
        token: str | None = None,
        device: str = "auto",
        segmentation_batch_size: int = 16,
        embedding_batch_size: int = 24,
    ) -> None:
        self.folder = folder
        self.token = token
        self.device = device
        self.segmentation_batch_size = segmentation_batch_size
        self.embedding_batch_size = embedding_batch_size

    @functools.cached_property
    def pipeline(self) -> Pipeline:
        """The pipeline of the folder, on its device; EngineError where there is none."""
        pipeline = Pipeline.from_pretrained(str(self.folder), token=self.token)
        if pipeline is None:
            raise EngineError("weights_missing", f"{self.folder} holds no pyannote pipeline.")
        pipeline.segmentation_batch_size = self.segmentation_batch_size
        pipeline.embedding_batch_size = self.embedding_batch_size
        return pipeline.to(chosen_device(self.device))

    def diarize(
        self, audio: Audio, *, speakers: int | None = None, progress: Progress = lambda share: None
    ) -> Diarization:
        """The turns of ``audio`` and a unit vector for each speaker."""
        if len(audio) < SHORTEST_SOUND * SAMPLE_RATE:
            return Diarization(())
        output = self.pipeline(_file(audio), num_speakers=speakers, hook=_Steps(progress))
        spoken: Annotation = output.speaker_diarization
        numbers = {label: number for number, label in enumerate(spoken.labels())}
        vectors = output.speaker_embeddings
        centres = np.zeros((0, 1)) if vectors is None else clustering.unit(vectors)
        progress(1.0)
        return diarization_of(spoken.rename_labels(numbers), centres, len(audio) / SAMPLE_RATE)


def load_segmentation(weights: Path) -> Model:
    """The segmentation-3.0 network, in evaluation mode, on the CPU, inclined to hear speech.

    ``weights`` is the checkpoint or its folder; only tensors and pyannote's own description are
    read from it. The inclination is a change of the classes' priors, added to the bias before the
    softmax. Raises EngineError where it is not such a checkpoint.
    """
    path = weights / "pytorch_model.bin" if weights.is_dir() else weights
    with safe_globals([TorchVersion, Specifications, Problem, Resolution]):
        checkpoint = torch.load(path, map_location="cpu", weights_only=True)
    try:
        model = PyanNet(**checkpoint["hyper_parameters"])
        model.specifications = checkpoint["pyannote.audio"]["specifications"]
        model.build()
        model.load_state_dict(checkpoint["state_dict"])
    except (KeyError, TypeError, RuntimeError) as error:
        raise EngineError(
            "weights_damaged", f"{path} is no checkpoint of pyannote's segmentation-3.0."
        ) from error
    with torch.no_grad():
        model.classifier.bias[0] -= SILENCE_PRIOR
        model.classifier.bias[1 + len(model.specifications.classes) :] += OVERLAP_PRIOR
    return model.eval()


def chosen_device(wanted: str) -> torch.device:
    """The device that ``wanted`` (auto, cpu, cuda) means here; auto takes a GPU that is there."""
    there = wanted != "cpu" and torch.cuda.is_available()
    if wanted == "cuda" and not there:
        raise EngineError("device_missing", "DEVICE is cuda, but torch finds no GPU here.")
    return torch.device("cuda" if there else "cpu")


def blocks_of(samples: int) -> Iterator[slice]:
    """Slices of an array of so many samples whose windows, joined, are those of the whole."""
    step, window = round(STEP * SAMPLE_RATE), round(WINDOW * SAMPLE_RATE)
    windows = 1 + max(0, math.ceil((samples - window) / step))
    for first in range(0, windows, BLOCK):
        last = min(first + BLOCK, windows) - 1
        yield slice(first * step, min(last * step + window, samples))


def diarization_of(spoken: Annotation, centres: clustering.Vectors, duration: float) -> Diarization:
    """Turns with speakers S1, S2, … in order of appearance; ``spoken`` numbers rows of centres.

    Turns lie within 0..``duration`` seconds. A speaker whose row is missing has no embedding.
    """
    found = [
        Turn(max(0.0, segment.start), min(duration, segment.end), str(label))
        for segment, _, label in spoken.itertracks(yield_label=True)
        if segment.start < duration
    ]
    found.sort(key=lambda turn: (turn.start, turn.end))
    turns, names = named_by_appearance(joined_over_pauses(found))
    known = {int(label): name for label, name in names.items() if int(label) < len(centres)}
    embeddings = {
        name: tuple(float(number) for number in centres[row])
        for row, name in known.items()
        if centres[row].any()
    }
    return Diarization(tuple(turns), embeddings)


class _Steps:
    """pyannote's hook: shares of its steps become one share that never falls."""

    SHARES = {"segmentation": (0.0, 0.25), "embeddings": (0.25, 1.0)}

    def __init__(self, progress: Progress) -> None:
        self.progress = progress
        self.reached = 0.0

    def __call__(
        self,
        step: str,
        artefact: Any = None,
        *,
        file: Any = None,
        total: int | None = None,
        completed: int | None = None,
    ) -> None:
        if not total or completed is None or step not in self.SHARES:
            return
        low, high = self.SHARES[step]
        share = low + (high - low) * min(1.0, completed / total)
        self.reached = max(self.reached, share)
        self.progress(self.reached)


def _part(progress: Progress, before: float, share: float) -> Callable[[float], None]:
    """Progress of a part of the whole that begins at ``before`` and is worth ``share``."""
    return lambda done: progress(min(1.0, before + done * share))


def _file(audio: Audio) -> dict[str, Any]:
    """What pyannote takes for a file: sound in memory, so that nothing is decoded."""
    waveform = torch.from_numpy(np.ascontiguousarray(audio, dtype=np.float32))[None]
    return {"waveform": waveform, "sample_rate": SAMPLE_RATE, "uri": "recording"}
