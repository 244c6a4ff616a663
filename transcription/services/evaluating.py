"""Measures engines against recordings with truth, by the very steps of the pipeline."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from meetings import media
from meetings.media import convert as converter
from meetings.media.waveform import read_waveform
from meetings.scratch import scratch
from transcription import alignment, evaluation, languages, registry, windows
from transcription.engines.base import SAMPLE_RATE, Audio, Turn
from transcription.evaluation import DiarizationErrors, SpokenTurn, WordErrors


@dataclass(frozen=True)
class Measurement:
    """One recording: seconds of sound and of work, errors against the truth."""

    name: str
    duration: float
    speakers: tuple[int, int]
    """In the truth, found."""
    strict: DiarizationErrors
    """Without a collar."""
    lenient: DiarizationErrors
    """With 0.25 s forgiven on each side."""
    words: WordErrors | None
    """None where the truth has no text."""
    words_by_speaker: WordErrors | None
    diarize_seconds: float
    transcribe_seconds: float


def recordings(folder: Path) -> list[Path]:
    """The files in ``folder`` and below it that have a truth beside them."""
    texts = {".json", ".rttm", ".md", ".txt", ".py", ".uem", ".lab"}
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file()
        and path.suffix not in texts
        and (path.with_suffix(".rttm").exists() or path.with_suffix(".json").exists())
    )


def measure(folder: Path, *, text: bool = True) -> Iterator[Measurement]:
    """Measure every recording of ``folder``; ``text=False`` diarizes only."""
    for path in recordings(folder):
        yield measure_one(path, text=text)


def measure_one(path: Path, *, text: bool = True) -> Measurement:
    """Diarize ``path``, write it down where its truth has text, and compare."""
    truth, has_text = evaluation.read_truth(path)
    audio = audio_of(path)
    begun = time.perf_counter()
    turns = registry.diarizer().diarize(audio).turns
    diarized = time.perf_counter()
    found = _write_down(audio, turns) if text and has_text else []
    spoken = [SpokenTurn(turn.start, turn.end, turn.speaker) for turn in turns]
    return Measurement(
        name=path.name,
        duration=len(audio) / SAMPLE_RATE,
        speakers=(len({t.speaker for t in truth}), len({t.speaker for t in turns})),
        strict=evaluation.diarization_errors(truth, spoken, collar=0),
        lenient=evaluation.diarization_errors(truth, spoken, collar=0.25),
        words=evaluation.word_errors(truth, found) if text and has_text else None,
        words_by_speaker=(
            evaluation.word_errors_by_speaker(truth, found) if text and has_text else None
        ),
        diarize_seconds=diarized - begun,
        transcribe_seconds=time.perf_counter() - diarized,
    )


def audio_of(path: Path) -> Audio:
    """The sound of a recording as the engines get it."""
    with scratch() as folder:
        flac = folder / "audio.flac"
        converter.convert(path, media.probe(path), flac=flac, rendition=folder / "player.m4a")
        return read_waveform(flac)


def _write_down(audio: Audio, turns: tuple[Turn, ...]) -> list[SpokenTurn]:
    recognizer = registry.recognizer()
    spoken = languages.languages_of_turns(turns, audio, recognizer)
    heard = []
    for window in windows.plan(turns, spoken, windows.loudness(audio)):
        clip = audio[round(window.start * SAMPLE_RATE) : round(window.end * SAMPLE_RATE)]
        heard.append((window, recognizer.recognize(clip, language=window.language)))
    return [
        SpokenTurn(segment.start, segment.end, segment.speaker, segment.text)
        for segment in alignment.align(heard, turns)
    ]
