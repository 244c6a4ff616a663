"""Deletes objects that no row names any more."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from meetings.services import garbage


class Command(BaseCommand):
    """``manage.py collect_garbage [--dry-run] [--age SECONDS]``."""

    help = "Deletes objects that nothing names: of lost attempts, of meetings that are gone."

    def add_arguments(self, parser: CommandParser) -> None:
        """How old, and whether in earnest."""
        parser.add_argument("--dry-run", action="store_true", help="say what would be deleted")
        parser.add_argument(
            "--age",
            type=float,
            default=settings.GARBAGE_AGE_SECONDS,
            metavar="SECONDS",
            help="only what is older (default: GARBAGE_AGE_SECONDS)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Collect and tell how much it was."""
        age = timedelta(seconds=options["age"])
        if options["dry_run"]:
            for stored in garbage.unnamed(age):
                self.stdout.write(f"{stored.bytes:>14} {stored.modified_at:%Y-%m-%d} {stored.key}")
        found = garbage.collect(age=age, dry_run=options["dry_run"])
        if found is None:
            raise CommandError("Another collector is at work.")
        done = "would be deleted" if options["dry_run"] else "deleted"
        self.stdout.write(f"{found.objects} objects of {found.bytes} bytes {done}.")
