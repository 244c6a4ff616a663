"""The speakers of a meeting, as the API's schema describes them."""

from typing import Any

from rest_framework import serializers

from transcription.roll import ORDERS, Roll, Row
from transcription.serializers.transcripts import SpeakerSerializer


class SampleSerializer(serializers.Serializer[Any]):
    """A stretch in which one voice alone is heard; seconds of the recording."""

    start = serializers.FloatField()
    end = serializers.FloatField()


class SuggestionSerializer(serializers.Serializer[Any]):
    """A known voice that a speaker without a name sounds like."""

    voice = serializers.IntegerField(help_text="The known voice's id.")
    name = serializers.CharField()
    similarity = serializers.FloatField(help_text="The cosine of the two embeddings.")


class RollRowSerializer(SpeakerSerializer):
    """A voice with how long it talks and what to hear of it."""

    named = serializers.BooleanField(help_text="Whether a person named it.")
    seconds = serializers.FloatField(help_text="From the first to the last word of each segment.")
    share = serializers.FloatField(help_text="Percent of the recording.")
    segments = serializers.IntegerField()
    first = serializers.FloatField(allow_null=True, help_text="Second of the first word.")
    last = serializers.FloatField(allow_null=True)
    samples = SampleSerializer(many=True, help_text="At most three, to be heard.")
    suggestion = SuggestionSerializer(
        allow_null=True, help_text="For editors of the workspace; null for everybody else."
    )
    remembered = serializers.IntegerField(
        allow_null=True, help_text="The id of the known voice that it is a sample of; likewise."
    )

    def to_representation(self, row: Row) -> dict[str, Any]:
        """From a row of the roll."""
        speaker = row.speaker
        return {
            "id": speaker.pk,
            "label": speaker.label,
            "name": speaker.display_name,
            "position": speaker.position,
            "named": bool(speaker.name),
            "seconds": row.time.seconds,
            "share": row.share,
            "segments": row.time.segments,
            "first": row.time.first,
            "last": row.time.last,
            "samples": [{"start": span.start, "end": span.end} for span in row.samples],
            "suggestion": _suggestion(row),
            "remembered": row.remembered.pk if row.remembered else None,
        }


def _suggestion(row: Row) -> dict[str, Any] | None:
    found = row.suggestion
    if found is None:
        return None
    return {"voice": found.voice.pk, "name": found.voice.name, "similarity": found.similarity}


class RollSerializer(serializers.Serializer[Any]):
    """Who speaks in a meeting, and what of its time is nobody's."""

    duration = serializers.FloatField()
    silence = serializers.FloatField(help_text="Seconds in which nobody is heard.")
    overlap = serializers.FloatField(
        allow_null=True, help_text="Seconds in which several are; null where it was not measured."
    )
    unknown = serializers.FloatField(help_text="Seconds that nobody known says.")
    speakers = RollRowSerializer(many=True)

    def to_representation(self, roll: Roll) -> dict[str, Any]:
        """From the roll."""
        return {
            "duration": roll.airtime.duration,
            "silence": roll.airtime.silence,
            "overlap": roll.airtime.overlap,
            "unknown": roll.unknown.seconds if roll.unknown else 0.0,
            "speakers": RollRowSerializer(roll.rows, many=True).data,
        }


class RollQuery(serializers.Serializer[Any]):
    """In which order."""

    ordering = serializers.ChoiceField(choices=list(ORDERS), default="talk")
