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
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import torch

from transcription import clustering
from transcription.clustering import Voices
from transcription.turns import clear_spans, joined_over_pauses, named_by_appearance, pieces_of

from .base import SAMPLE_RATE, Audio, Diarization, EngineError, Progress, Sound, Span, Turn

with warnings.catch_warnings():  # sound comes as arrays: pyannote's decoder need not work
    warnings.filterwarnings("ignore", message=r"\s*torchcodec is not installed")
    from pyannote.audio import Inference, Pipeline

from pyannote.audio.core.plda import PLDA
from pyannote.audio.pipelines import SpeakerDiarization
from pyannote.audio.telemetry import set_telemetry_metrics
from pyannote.core import Annotation, SlidingWindow, SlidingWindowFeature

from .campplus import load_campplus
from .segmentation import load_segmentation

set_telemetry_metrics(False)

WINDOW = 10.0
STEP = 2.5
"""Seconds between windows: every moment is heard in four of them."""
BLOCK = 240
"""Windows heard in one go, 10 minutes."""
CLEAR_VOICE = 0.8
"""Seconds without overlap from which an embedding is taken of these alone."""
TELLING = 0.8
"""Seconds of a turn without overlap from which it tells by itself whose it is."""
HEARING = 0.85
"""The share of the work that hearing the windows is; the rest is listening to turns again."""
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
        embedding_batch_size: int = 96,
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
        self, audio: Sound, *, speakers: int | None = None, progress: Progress = lambda share: None
    ) -> Diarization:
        """The turns of ``audio`` and a unit vector for each speaker.

        Heard in blocks of ten minutes, so that memory hardly grows with length.
        """
        if len(audio) < SHORTEST_SOUND * SAMPLE_RATE:
            return Diarization(())
        blocks = self.blocks_of(len(audio))
        share = HEARING / len(blocks)
        voices = Voices.joined(
            [
                self.hear(audio[block], progress=_part(progress, index * share, share))
                for index, block in enumerate(blocks)
            ]
        )
        rest = _part(progress, HEARING, 1 - HEARING)
        return self.turns_of(voices, audio, speakers=speakers, progress=rest)

    def blocks_of(self, samples: int) -> list[slice]:
        """Slices of a sound of so many samples whose windows, joined, are those of the whole."""
        step, window = round(STEP * SAMPLE_RATE), round(WINDOW * SAMPLE_RATE)
        windows = 1 + max(0, math.ceil((samples - window) / step))
        firsts = range(0, windows, BLOCK)
        lasts = (min(first + BLOCK, windows) - 1 for first in firsts)
        return [
            slice(first * step, min(last * step + window, samples))
            for first, last in zip(firsts, lasts, strict=True)
        ]

    def hear(self, block: Audio, *, progress: Progress = lambda share: None) -> Voices:
        """The voices of every window of ``block``, one of the slices that ``blocks_of`` gives."""
        steps = _Steps(progress)
        file = _file(block)
        activity = self.pipeline.get_segmentations(file, hook=steps)
        embeddings = self.pipeline.get_embeddings(file, activity, exclude_overlap=True, hook=steps)
        return Voices(activity.data.astype(np.float32), embeddings.astype(np.float32))

    def turns_of(
        self,
        voices: Voices,
        sound: Sound,
        *,
        speakers: int | None = None,
        progress: Progress = lambda share: None,
    ) -> Diarization:
        """Speakers and their turns from the voices of all windows of ``sound``."""
        if not voices.activity.any():
            return Diarization(())
        labels, centres = clustering.identify(voices, speakers=speakers)
        grid = SlidingWindow(start=0.0, duration=WINDOW, step=STEP)
        windows = SlidingWindowFeature(voices.activity, grid)
        count = self._voices_at_once(windows)
        count.data = np.minimum(count.data, len(centres))
        spoken = self.pipeline.to_annotation(self.pipeline.reconstruct(windows, labels, count))
        found = turns_in(spoken, len(sound) / SAMPLE_RATE)
        found, centres = self._listened_again(found, centres, sound, progress)
        progress(1.0)
        return diarization_of(found, centres)

    def _listened_again(
        self, turns: list[Turn], centres: clustering.Vectors, sound: Sound, progress: Progress
    ) -> tuple[list[Turn], clustering.Vectors]:
        """Each piece of each turn given to the speaker whom it fits by itself.

        A window's voice may be two people whom the segmentation took for one; between their turns
        there is mostly a pause, so that single turns tell them apart.
        """
        pieces = pieces_of(turns)
        clear = clear_spans(pieces)
        seconds = np.array([sum(span.end - span.start for span in spans) for spans in clear])
        embeddings = np.zeros((len(clear), centres.shape[1]))
        telling = np.flatnonzero(seconds >= TELLING)
        for first in range(0, len(telling), self.embedding_batch_size):
            rows = telling[first : first + self.embedding_batch_size]
            clips = (np.concatenate([sound[_samples(span)] for span in clear[row]]) for row in rows)
            heard = self.pipeline._embedding.model_.embed(map(_tensor, clips))
            embeddings[rows] = clustering.unit(heard.cpu().numpy())
            progress((first + len(rows)) / len(telling))
        labels = np.array([int(piece.speaker) for piece in pieces])
        labels, centres = clustering.reassigned(embeddings, labels, seconds, centres)
        return [
            Turn(piece.start, piece.end, str(label))
            for piece, label in zip(pieces, labels, strict=True)
        ], centres

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
        self, audio: Sound, *, speakers: int | None = None, progress: Progress = lambda share: None
    ) -> Diarization:
        """The turns of ``audio`` and a unit vector for each speaker."""
        if len(audio) < SHORTEST_SOUND * SAMPLE_RATE:
            return Diarization(())
        output = self.pipeline(_file(audio[:]), num_speakers=speakers, hook=_Steps(progress))
        spoken: Annotation = output.speaker_diarization
        numbers = {label: number for number, label in enumerate(spoken.labels())}
        vectors = output.speaker_embeddings
        centres = np.zeros((0, 1)) if vectors is None else clustering.unit(vectors)
        progress(1.0)
        found = turns_in(spoken.rename_labels(numbers), len(audio) / SAMPLE_RATE)
        return diarization_of(found, centres)


def chosen_device(wanted: str) -> torch.device:
    """The device that ``wanted`` (auto, cpu, cuda) means here; auto takes a GPU that is there."""
    there = wanted != "cpu" and torch.cuda.is_available()
    if wanted == "cuda" and not there:
        raise EngineError("device_missing", "DEVICE is cuda, but torch finds no GPU here.")
    return torch.device("cuda" if there else "cpu")


def turns_in(spoken: Annotation, duration: float) -> list[Turn]:
    """The annotation's segments as turns within 0..``duration`` seconds, rising by start."""
    found = [
        Turn(max(0.0, segment.start), min(duration, segment.end), str(label))
        for segment, _, label in spoken.itertracks(yield_label=True)
        if segment.start < duration
    ]
    return sorted(found, key=lambda turn: (turn.start, turn.end))


def diarization_of(found: list[Turn], centres: clustering.Vectors) -> Diarization:
    """Turns joined over short pauses; speakers S1, S2, … in order of appearance.

    In ``found`` a speaker is the number of a row of ``centres``. A missing row, or one of zeros,
    leaves a speaker without an embedding.
    """
    turns, names = named_by_appearance(joined_over_pauses(found))
    rows = {name: int(label) for label, name in names.items()}
    embeddings = {
        name: tuple(float(number) for number in centres[row])
        for name, row in rows.items()
        if row < len(centres) and centres[row].any()
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
    return {"waveform": _tensor(audio)[None], "sample_rate": SAMPLE_RATE, "uri": "recording"}


def _tensor(audio: Audio) -> torch.Tensor:
    return torch.from_numpy(np.ascontiguousarray(audio, dtype=np.float32))


def _samples(span: Span) -> slice:
    return slice(round(span.start * SAMPLE_RATE), round(span.end * SAMPLE_RATE))
