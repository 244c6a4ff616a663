"""Sends an invitation and prints its link, for where no mail leaves the machine."""

import argparse

from django.core.management.base import BaseCommand

from accounts.services import invitations


class Command(BaseCommand):
    help = "Invites an address to register, and prints the link."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("email")

    def handle(self, *args: object, email: str, **options: object) -> None:
        self.stdout.write(invitations.invite(email=email))
