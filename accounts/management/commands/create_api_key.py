"""Prints a new API key, and nothing else, on stdout."""

import argparse

from django.core.management.base import BaseCommand, CommandError

from accounts.models import ApiKey, User
from accounts.services import api_keys


class Command(BaseCommand):
    help = "Creates an API key and prints it."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument(
            "--create-user", action="store_true", help="create the person if unknown"
        )
        parser.add_argument("--password", help="set this password (with --create-user)")
        parser.add_argument("--name", default="command line")
        parser.add_argument("--scope", choices=ApiKey.Scope.values, default=ApiKey.Scope.WRITE)

    def handle(self, *args: object, email: str, **options: object) -> None:
        user = User.objects.filter(email__iexact=email).first()
        if user is None:
            if not options["create_user"]:
                raise CommandError(f"There is no {email}; --create-user creates them.")
            user = User.objects.create_user(email)
        if options["create_user"] and options["password"]:
            user.set_password(str(options["password"]))
            user.save(update_fields=["password"])
        key = api_keys.create(user=user, name=str(options["name"]), scope=str(options["scope"]))
        self.stdout.write(key)
