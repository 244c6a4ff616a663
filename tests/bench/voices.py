"""How alike the same and different people sound from one recording to the next.

``python -m tests.bench.voices FOLDER…`` hears every recording with a truth (NAME.rttm) by the
pipeline's own diarizer, long ones in two halves as if they were two meetings, and compares the
voices of different parts. What it prints stands in docs/voices.md.
"""

import itertools
import json
import os
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import django

LONG = 120.0
"""Seconds from which a recording is heard as two."""
TELLING = 0.5
"""The cosine from which two people that are taken for one are named."""
THRESHOLDS = (0.3, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.8)


@dataclass(frozen=True)
class Heard:
    """A voice of a part: whose it mostly is, and how much of it is that person's."""

    part: str
    person: str
    purity: float
    seconds: float
    vector: tuple[float, ...]


def heard_in(path: Path) -> Iterator[Heard]:
    """The voices of a recording's parts, as diarization finds them."""
    from transcription import evaluation, registry  # noqa: PLC0415  (after django.setup)
    from transcription.engines.base import SAMPLE_RATE  # noqa: PLC0415
    from transcription.services import evaluating  # noqa: PLC0415

    audio = evaluating.audio_of(path)
    truth, _has_text = evaluation.read_truth(path)
    length = len(audio) / SAMPLE_RATE
    parts = 2 if length >= LONG else 1
    for part in range(parts):
        begin, end = part * length / parts, (part + 1) * length / parts
        sound = audio[round(begin * SAMPLE_RATE) : round(end * SAMPLE_RATE)]
        found = registry.diarizer().diarize(sound)
        for label, vector in found.embeddings.items():
            turns = [(t.start + begin, t.end + begin) for t in found.turns if t.speaker == label]
            seconds = sum(stop - start for start, stop in turns)
            shares: dict[str, float] = defaultdict(float)
            for turn, (start, stop) in itertools.product(truth, turns):
                shares[turn.speaker] += max(0.0, min(stop, turn.end) - max(start, turn.start))
            person = max(shares, key=lambda name: shares[name], default="?")
            purity = shares[person] / seconds if seconds else 0.0
            yield Heard(f"{path.name}/{part}", person, purity, seconds, vector)


def report(voices: Sequence[Heard], shortest: float) -> None:
    """Prints how the pairs of voices of at least ``shortest`` seconds spread."""
    from transcription.voiceprints import similarity  # noqa: PLC0415

    long = [voice for voice in voices if voice.seconds >= shortest]
    pairs = [
        (one.person == other.person, similarity(one.vector, other.vector), one, other)
        for one, other in itertools.combinations(long, 2)
        if one.part != other.part
    ]
    print(f"\nvoices of at least {shortest:.0f} s: {len(long)}")
    for is_same, name in ((True, "the same person"), (False, "two people")):
        found = sorted(score for same, score, _one, _other in pairs if same == is_same)
        print(f"{name}: {len(found)} pairs, {quantiles(found)}")
    for threshold in THRESHOLDS:
        print(f"{threshold:.2f}  {rates(pairs, threshold)}  {suggested(long, threshold)}")
    for same, score, one, other in sorted(pairs, key=lambda pair: -pair[1]):
        if not same and score > TELLING:
            print(
                f"  mistaken at {score:.2f}: {one.part} {one.person}, {other.part} {other.person}"
            )


def quantiles(scores: Sequence[float]) -> str:
    """Least, quarters and most of sorted scores."""
    if not scores:
        return "none"
    places = [round(share * (len(scores) - 1)) for share in (0, 0.05, 0.25, 0.5, 0.75, 0.95, 1)]
    return " ".join(f"{scores[place]:.2f}" for place in places)


def rates(pairs: Sequence[tuple[bool, float, Heard, Heard]], threshold: float) -> str:
    """Pairs of one person that are missed, pairs of two that are taken for one."""
    missed = [score < threshold for same, score, *_ in pairs if same]
    mistaken = [score >= threshold for same, score, *_ in pairs if not same]
    return f"missed {sum(missed)}/{len(missed)}  mistaken {sum(mistaken)}/{len(mistaken)}"


def suggested(voices: Sequence[Heard], threshold: float) -> str:
    """What would be suggested where the voices of one part are known and another part is new."""
    from transcription.voiceprints import similarity  # noqa: PLC0415

    by_part: dict[str, list[Heard]] = defaultdict(list)
    for voice in voices:
        by_part[voice.part].append(voice)
    right = wrong = 0
    for known, new in itertools.permutations(by_part, 2):
        for voice in by_part[new]:
            score, best = max(
                ((similarity(voice.vector, other.vector), other) for other in by_part[known]),
                key=lambda pair: pair[0],
            )
            if score >= threshold:
                right += best.person == voice.person
                wrong += best.person != voice.person
    return f"suggested {right} rightly, {wrong} wrongly"


def main() -> None:
    """Hear what the folders hold, a line a voice, and report."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from transcription.services import evaluating  # noqa: PLC0415

    voices = []
    for path in (path for folder in sys.argv[1:] for path in evaluating.recordings(Path(folder))):
        for voice in heard_in(path):
            voices.append(voice)
            told = {"part": voice.part, "person": voice.person, "purity": round(voice.purity, 2)}
            print(json.dumps(told | {"seconds": round(voice.seconds, 1)}), flush=True)
    for shortest in (0.0, 3.0, 5.0, 10.0, 20.0):
        report(voices, shortest)


if __name__ == "__main__":
    main()
