"""People as the API shows them."""

from typing import Any

from rest_framework import serializers


class MeSerializer(serializers.Serializer[Any]):
    """The caller."""

    email = serializers.EmailField(read_only=True)
    name = serializers.CharField(read_only=True, allow_blank=True)
    language = serializers.CharField(
        read_only=True, allow_blank=True, help_text="ru or en; empty: the browser's."
    )
