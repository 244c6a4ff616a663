"""Encrypts kept keys anew, after SECRETS_KEYS was changed."""

from django.core.management.base import BaseCommand, CommandError

from accounts.services import two_steps
from meetings.services import webhooks
from reports.services import language_models


class Command(BaseCommand):
    help = "Encrypts the kept keys and authenticators with the first of SECRETS_KEYS."

    def handle(self, *args: object, **options: object) -> None:
        done, lost = language_models.reseal()
        self.stdout.write(f"{done} keys were encrypted anew.")
        if lost:
            raise CommandError(
                f"{lost} keys could not be read; their owners must enter them again."
            )
        done, lost = webhooks.reseal()
        self.stdout.write(f"{done} secrets of webhooks were encrypted anew.")
        if lost:
            raise CommandError(f"{lost} secrets of webhooks could not be read; make them anew.")
        done, lost = two_steps.reseal()
        self.stdout.write(f"{done} authenticators were encrypted anew.")
        if lost:
            raise CommandError(f"{lost} authenticators could not be read; turn them off.")
