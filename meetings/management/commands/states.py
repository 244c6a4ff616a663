"""``manage.py states > docs/states.md``"""

from typing import Any

from django.core.management.base import BaseCommand

from meetings import state_diagrams


class Command(BaseCommand):
    """Prints the diagrams of states."""

    help = "Print docs/states.md, made from the transition tables."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(state_diagrams.page(), ending="")
