"""People as the API shows them."""

import zoneinfo
from typing import Any

from rest_framework import serializers

from accounts.models import ApiKey, User
from accounts.services import profiles

LANGUAGES = [("", "the browser's"), ("ru", "Russian"), ("en", "English")]


def known_zone(name: str) -> None:
    """An IANA time zone, or nothing."""
    if name and name not in zoneinfo.available_timezones():
        raise serializers.ValidationError("No IANA time zone of this name.")


class AboutSerializer(serializers.Serializer[Any]):
    """What people say about themselves."""

    name = serializers.CharField(required=False, allow_blank=True, max_length=150)
    organization = serializers.CharField(required=False, allow_blank=True, max_length=150)
    language = serializers.ChoiceField(
        required=False, choices=LANGUAGES, help_text="ru or en; empty: the browser's."
    )
    time_zone = serializers.CharField(
        required=False,
        allow_blank=True,
        max_length=64,
        validators=[known_zone],
        help_text="By its IANA name, Europe/Moscow; empty: the instance's.",
    )


class MeSerializer(AboutSerializer):
    """The caller."""

    email = serializers.EmailField(read_only=True)
    mail_when_done = serializers.BooleanField(
        required=False, help_text="A mail when a recording of theirs is done."
    )
    mail_reminders = serializers.BooleanField(
        required=False, help_text="A mail before an action item of theirs is due, and on the day."
    )
    remind_days_before = serializers.IntegerField(required=False, min_value=0, max_value=30)
    two_steps = serializers.SerializerMethodField(
        help_text="Whether signing in takes a code of an authenticator."
    )

    def get_two_steps(self, person: User) -> bool:
        """By whether there is an authenticator."""
        return person.has_two_steps()

    def update(self, person: User, asked: dict[str, Any]) -> User:
        """Keep what the caller wants."""
        for name, value in asked.items():
            setattr(person, name, value)
        profiles.keep(person=person, fields=list(asked))
        return person


class ApiKeySerializer(serializers.Serializer[Any]):
    """A key, without the key."""

    id = serializers.IntegerField(read_only=True)
    name = serializers.CharField(max_length=100)
    scope = serializers.ChoiceField(choices=ApiKey.Scope.choices)
    prefix = serializers.CharField(read_only=True, help_text="How it begins.")
    created_at = serializers.DateTimeField(read_only=True)
    last_used_at = serializers.DateTimeField(read_only=True, allow_null=True)


class NewApiKeySerializer(ApiKeySerializer):
    """A key that was just made."""

    key = serializers.CharField(read_only=True, help_text="Shown here and never again.")


class PasswordField(serializers.CharField):
    """A password as it was typed."""

    def __init__(self, **options: Any) -> None:
        super().__init__(trim_whitespace=False, max_length=1000, write_only=True, **options)


class RegisterSerializer(AboutSerializer):
    """A new person."""

    email = serializers.EmailField(max_length=254)
    password = PasswordField()


class SentSerializer(serializers.Serializer[Any]):
    """A code is on its way, if there is somebody to send one to."""

    id = serializers.UUIDField(help_text="Goes with the code when it is answered.")
    expires_in = serializers.IntegerField(help_text="Seconds for which the code is good.")


class CodeSerializer(serializers.Serializer[Any]):
    """The code that came by mail."""

    id = serializers.UUIDField()
    code = serializers.CharField(max_length=20, help_text="Six digits.")


class VerifiedSerializer(serializers.Serializer[Any]):
    """A new account."""

    email = serializers.EmailField()


class TokenRequestSerializer(serializers.Serializer[Any]):
    """Who wants to come in."""

    email = serializers.CharField(max_length=254)
    password = PasswordField()
    code = serializers.CharField(
        required=False,
        allow_blank=True,
        max_length=40,
        help_text="Of the authenticator, or a recovery code, where the account asks for one.",
    )


class ClosingSerializer(serializers.Serializer[Any]):
    """Who wants to go."""

    password = PasswordField()
    code = serializers.CharField(required=False, allow_blank=True, max_length=40)


class TokenSerializer(serializers.Serializer[Any]):
    """What goes into ``Authorization: Bearer``; the refresh token is in a cookie."""

    access = serializers.CharField()
    expires_in = serializers.IntegerField(help_text="Seconds.")


class PasswordChangeSerializer(serializers.Serializer[Any]):
    """Another password."""

    current_password = PasswordField()
    password = PasswordField()


class ResetRequestSerializer(serializers.Serializer[Any]):
    """Whose password is forgotten."""

    email = serializers.EmailField(max_length=254)


class ResetSerializer(CodeSerializer):
    """The code that came by mail, and a new password."""

    password = PasswordField()
