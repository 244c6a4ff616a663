"""``manage.py models fetch [NAME…]`` and ``manage.py models status [--json]``."""

import dataclasses
import json
import os
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from transcription import weights
from transcription.engines.base import EngineError


class Command(BaseCommand):
    """Puts weights into MODEL_DIR, or says what is there."""

    help = "Fetch the weights of the speech models into MODEL_DIR, or say what is there."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        fetch = actions.add_parser("fetch", help="put weights into MODEL_DIR, hash-checked")
        fetch.add_argument("names", nargs="*", metavar="NAME", help="default: what is configured")
        status = actions.add_parser("status", help="what is there, from where, whether it is right")
        status.add_argument("names", nargs="*", metavar="NAME", help="default: what is configured")
        status.add_argument("--json", action="store_true", help="one JSON array")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            names = options["names"] or configured()
            if options["action"] == "fetch":
                self.fetch(names)
            else:
                self.report(weights.status(settings.MODEL_DIR, names), as_json=options["json"])
        except EngineError as error:
            raise CommandError(error.detail) from error

    def fetch(self, names: list[str]) -> None:
        """Fetch each of ``names``, one line to the terminal for each."""
        if settings.HF_TOKEN:  # it may come from a file, the hub's library looks here
            os.environ["HF_TOKEN"] = settings.HF_TOKEN
        for name in names:
            [path] = weights.fetch(settings.MODEL_DIR, [name], progress=self.progress)
            self.stdout.write(f"{name}  {path}")

    def progress(self, name: str, share: float) -> None:
        """A line that moves, on terminals only."""
        if self.stderr.isatty():
            self.stderr.write(f"\r{name}  {share:4.0%}", ending="\n" if share >= 1 else "")

    def report(self, found: list[weights.Status], *, as_json: bool) -> None:
        """Print the list; exit 1 where something is missing or wrong."""
        if as_json:
            rows = [dataclasses.asdict(entry) for entry in found]
            self.stdout.write(json.dumps(rows, indent=1))
        else:
            for entry in found:
                self.stdout.write(line(entry))
        bad = [entry.name for entry in found if not entry.present or entry.right is False]
        if bad:
            raise CommandError(f"Missing or damaged: {', '.join(bad)}")


def configured() -> list[str]:
    """The names that the settings ask for."""
    return weights.needed(
        settings.RECOGNIZER, settings.RECOGNIZER_MODEL, str(settings.DIARIZER_MODEL)
    )


def line(entry: weights.Status) -> str:
    """One entry for a person."""
    if not entry.present:
        return f"{entry.name:22} missing"
    verdict = {True: "right", False: "DAMAGED", None: "unchecked"}[entry.right]
    size = f"{entry.bytes / 1e6:.0f} MB"
    return f"{entry.name:22} {verdict:9} {size:>8}  {entry.sha256[:12]}  {entry.source}"
