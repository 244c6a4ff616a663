"""People as the API shows them."""

from typing import Any

from rest_framework import serializers

from accounts.models import User


class MeSerializer(serializers.Serializer[Any]):
    """The caller."""

    email = serializers.EmailField(read_only=True)
    name = serializers.CharField(read_only=True, allow_blank=True)
    language = serializers.CharField(
        read_only=True, allow_blank=True, help_text="ru or en; empty: the browser's."
    )
    mail_when_done = serializers.BooleanField(
        required=False, help_text="A mail when a recording of theirs is done."
    )
    mail_reminders = serializers.BooleanField(
        required=False, help_text="A mail before an action item of theirs is due, and on the day."
    )
    remind_days_before = serializers.IntegerField(required=False, min_value=0, max_value=30)

    def update(self, person: User, asked: dict[str, Any]) -> User:
        """Keep what the caller wants."""
        for name, value in asked.items():
            setattr(person, name, value)
        person.save(update_fields=list(asked))
        return person
