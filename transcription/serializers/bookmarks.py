"""Bookmarks and comments, as the API's schema describes them."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from transcription.models import Bookmark

LONGEST = 5000
"""Characters of a note."""
LATEST = 10 * 24 * 3600.0
"""Seconds; no recording is as long."""


class BookmarkSerializer(serializers.ModelSerializer[Bookmark]):
    """A moment with what somebody noted; with ``shared``, a comment that everybody reads."""

    at = serializers.FloatField(min_value=0, max_value=LATEST, help_text="Seconds.")
    text = serializers.CharField(
        max_length=LONGEST, required=False, allow_blank=True, default="", help_text="The note."
    )
    shared = serializers.BooleanField(
        source="is_shared", default=False, help_text="A comment for all who see the meeting."
    )
    author = serializers.StringRelatedField(  # type: ignore[var-annotated]
        read_only=True, allow_null=True
    )
    resolved_by = serializers.StringRelatedField(  # type: ignore[var-annotated]
        read_only=True, allow_null=True
    )

    class Meta:
        model = Bookmark
        fields = [
            *("id", "at", "text", "shared"),
            *("author", "created_at", "resolved_by", "resolved_at"),
        ]
        read_only_fields = ["id", "created_at", "resolved_at"]

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """A comment says something."""
        if attrs["is_shared"] and not attrs["text"]:
            raise serializers.ValidationError({"text": [_("A comment needs words.")]})
        return attrs


class BookmarkChangeSerializer(serializers.Serializer[Any]):
    """Another note; of a comment whether it is settled."""

    text = serializers.CharField(max_length=LONGEST, required=False, allow_blank=True)
    resolved = serializers.BooleanField(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Comments say something; only they are settled."""
        is_shared = isinstance(self.instance, Bookmark) and self.instance.is_shared
        if is_shared and attrs.get("text") == "":
            raise serializers.ValidationError({"text": [_("A comment needs words.")]})
        if not is_shared and "resolved" in attrs:
            raise serializers.ValidationError({"resolved": [_("Only comments are settled.")]})
        return attrs
