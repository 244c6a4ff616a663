"""The shape of transcripts in the API's schema; ``documents`` makes them."""

from typing import Any

from rest_framework import serializers

from transcription import exports


class WordSerializer(serializers.Serializer[Any]):
    """A word, with seconds and how sure the engine was."""

    start = serializers.FloatField()
    end = serializers.FloatField()
    text = serializers.CharField()
    confidence = serializers.FloatField(allow_null=True, required=False)


class SpeakerSerializer(serializers.Serializer[Any]):
    """A voice; ``label`` is what segments name, ``name`` what people see."""

    id = serializers.IntegerField()
    label = serializers.CharField()  # type: ignore[assignment]  # a field's name
    name = serializers.CharField()
    position = serializers.IntegerField()


class SegmentSerializer(serializers.Serializer[Any]):
    """A sentence or so of one speaker."""

    id = serializers.IntegerField()
    start = serializers.FloatField()
    end = serializers.FloatField()
    speaker = serializers.CharField(allow_null=True)
    text = serializers.CharField()
    language = serializers.CharField(allow_blank=True)
    words = WordSerializer(many=True)
    flags = serializers.ListField(child=serializers.CharField(), help_text="Doubts.")


class TranscriptSerializer(serializers.Serializer[Any]):
    """A transcript; partial while ``complete`` is false."""

    meeting = serializers.UUIDField()
    language = serializers.CharField(allow_blank=True)
    engine = serializers.CharField(allow_blank=True)
    model = serializers.CharField(allow_blank=True)
    diarizer = serializers.CharField(allow_blank=True)
    duration = serializers.FloatField()
    complete = serializers.BooleanField()
    speakers = SpeakerSerializer(many=True)
    segments = SegmentSerializer(many=True)


class ExportQuery(serializers.Serializer[Any]):
    """What to export and how."""

    format = serializers.ChoiceField(choices=list(exports.FORMATS))
    speakers = serializers.BooleanField(default=True)
    times = serializers.BooleanField(default=True)
