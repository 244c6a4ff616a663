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


class TimesField(serializers.ChoiceField):
    """Where times stand; 1 and 0, which said so once, are with and without them."""

    def __init__(self, **told: Any) -> None:
        super().__init__(choices=[times.value for times in exports.Times], **told)

    def to_internal_value(self, data: Any) -> exports.Times:
        """One of ``exports.Times``."""
        if isinstance(data, str) and data in serializers.BooleanField.TRUE_VALUES:
            return exports.Times.PARAGRAPH
        if isinstance(data, str) and data in serializers.BooleanField.FALSE_VALUES:
            return exports.Times.NONE
        return exports.Times(super().to_internal_value(data))


class ExportQuery(serializers.Serializer[Any]):
    """What to export and how."""

    format = serializers.ChoiceField(choices=list(exports.FORMATS))
    speakers = serializers.BooleanField(default=True)
    times = TimesField(default=exports.Times.PARAGRAPH)
    paragraphs = serializers.BooleanField(default=True)
    marks = serializers.BooleanField(default=False)
    words = serializers.BooleanField(default=True)
    line = serializers.IntegerField(default=42, min_value=20, max_value=100)
    preview = serializers.BooleanField(default=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """``preview`` comes to be no option of the file."""
        told = dict(attrs)
        return {"format": told.pop("format"), "preview": told.pop("preview"), "options": told}
