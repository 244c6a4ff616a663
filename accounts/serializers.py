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

    def update(self, person: User, asked: dict[str, Any]) -> User:
        """Keep what the caller wants."""
        person.mail_when_done = asked.get("mail_when_done", person.mail_when_done)
        person.save(update_fields=["mail_when_done"])
        return person
