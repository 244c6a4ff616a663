"""Prints how well this deployment diarizes and transcribes recordings whose truth is known."""

import argparse
import json
from dataclasses import asdict
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from transcription.services import evaluating
from transcription.services.evaluating import Measurement

HEADINGS = ("recording", "s", "speakers", "DER", "DER .25", "WER", "cpWER", "diarize", "transcribe")


class Command(BaseCommand):
    help = (
        "Measures the configured engines on a folder of recordings, each with NAME.rttm and/or "
        "NAME.json beside it. Errors in percent; speeds as multiples of real time."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--diarization-only", action="store_true")
        parser.add_argument("--json", action="store_true", help="one JSON object a line")

    def handle(self, *args: object, folder: Path, **options: object) -> None:
        if not evaluating.recordings(folder):
            raise CommandError(f"No recording with .rttm or .json beside it in {folder}.")
        measured = []
        if not options["json"]:
            self._print(HEADINGS)
        for measurement in evaluating.measure(folder, text=not options["diarization_only"]):
            measured.append(measurement)
            if options["json"]:
                self.stdout.write(json.dumps(asdict(measurement)))
            else:
                self._print(row(measurement))
        if not options["json"] and len(measured) > 1:
            self._print(total(measured))

    def _print(self, cells: tuple[str, ...]) -> None:
        name, *figures = cells
        self.stdout.write(name.ljust(28) + "".join(figure.rjust(11) for figure in figures))


def row(m: Measurement) -> tuple[str, ...]:
    """The cells of one recording."""
    return (
        m.name[:27],
        f"{m.duration:.0f}",
        f"{m.speakers[1]} of {m.speakers[0]}",
        f"{m.strict.percent:.1f}",
        f"{m.lenient.percent:.1f}",
        f"{m.words.percent:.1f}" if m.words else "–",
        f"{m.words_by_speaker.percent:.1f}" if m.words_by_speaker else "–",
        f"{m.duration / m.diarize_seconds:.1f}×",
        f"{m.duration / m.transcribe_seconds:.1f}×" if m.words else "–",
    )


def total(measured: list[Measurement]) -> tuple[str, ...]:
    """The cells of all recordings together, weighted by what was said in them."""
    first, *others = measured
    strict, lenient = first.strict, first.lenient
    for other in others:
        strict, lenient = strict + other.strict, lenient + other.lenient
    said = [(m.words, m.words_by_speaker) for m in measured if m.words and m.words_by_speaker]
    words = sum(w.words for w, _ in said)
    return (
        "all",
        f"{sum(m.duration for m in measured):.0f}",
        "",
        f"{strict.percent:.1f}",
        f"{lenient.percent:.1f}",
        f"{100 * sum(w.wrong for w, _ in said) / words:.1f}" if words else "–",
        f"{100 * sum(c.wrong for _, c in said) / words:.1f}" if words else "–",
        f"{sum(m.duration for m in measured) / sum(m.diarize_seconds for m in measured):.1f}×",
        "",
    )
