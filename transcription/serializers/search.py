"""Moments in which words were said, as the API's schema describes them."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from meetings.models import Meeting
from transcription import search
from transcription.models import Segment


class FoundMeetingSerializer(serializers.ModelSerializer[Meeting]):
    """The meeting of a moment, in brief."""

    class Meta:
        model = Meeting
        fields = ["id", "title", "held_at"]
        read_only_fields = fields


class FoundSpeakerSerializer(serializers.Serializer[Any]):
    """Who spoke."""

    id = serializers.IntegerField(source="pk")
    label = serializers.CharField()  # type: ignore[assignment]
    name = serializers.CharField(source="display_name")


class MomentSerializer(serializers.ModelSerializer[Segment]):
    """A segment in which the words were said; ``start`` and ``end`` are seconds."""

    meeting = FoundMeetingSerializer(source="transcript.meeting", read_only=True)
    segment = serializers.IntegerField(source="pk", read_only=True)
    speaker = FoundSpeakerSerializer(read_only=True, allow_null=True)
    matches = serializers.SerializerMethodField(
        help_text="Where in the text the words stand: [from, to], in Unicode code points."
    )

    class Meta:
        model = Segment
        fields = ["meeting", "segment", "speaker", "start", "end", "text", "language", "matches"]
        read_only_fields = fields

    @extend_schema_field(
        {
            "type": "array",
            "items": {
                "type": "array",
                "items": {"type": "integer", "minimum": 0},
                "minItems": 2,
                "maxItems": 2,
            },
        }
    )
    def get_matches(self, segment: Segment) -> list[search.Span]:
        """Pairs of places."""
        return search.spans_of(segment)


class SaidThereSerializer(serializers.ModelSerializer[Segment]):
    """A segment of a passage; ``start`` and ``end`` are seconds."""

    segment = serializers.IntegerField(source="pk", read_only=True)
    speaker = FoundSpeakerSerializer(read_only=True, allow_null=True)

    class Meta:
        model = Segment
        fields = ["segment", "speaker", "start", "end", "text", "language"]
        read_only_fields = fields


class StretchSerializer(serializers.Serializer[Any]):
    """Half a minute of a meeting and what was said in it; ``start`` and ``end`` are seconds."""

    meeting = FoundMeetingSerializer()
    start = serializers.FloatField()
    end = serializers.FloatField()
    segments = SaidThereSerializer(many=True)
