"""What is sent to edit transcripts, and the history, as the API's schema describes them."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from transcription.models import TranscriptEdit
from transcription.serializers.transcripts import SegmentSerializer
from transcription.services.editing import Voice, Wanted
from transcription.services.replacing import Wanted as Sought

LONGEST = 20_000
"""Characters of a segment's text."""
LONGEST_NAME = 150


class HeldSegmentSerializer(SegmentSerializer):
    """A segment alone; its ``ETag`` is what a change must name."""

    transcript = serializers.IntegerField()
    revision = serializers.IntegerField(help_text="Rises with every change.")
    dropped = serializers.BooleanField(help_text="A person said that nobody said this.")


class VoiceSerializer(serializers.Serializer[Any]):
    """Who says it: ``speaker`` is a label or null for nobody known; ``new_speaker`` a name."""

    speaker = serializers.CharField(required=False, allow_null=True, max_length=16)
    new_speaker = serializers.CharField(required=False, max_length=LONGEST_NAME)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """One speaker, or none."""
        if "speaker" in attrs and "new_speaker" in attrs:
            raise serializers.ValidationError({"new_speaker": [_("Not together with speaker.")]})
        return attrs

    @property
    def voice(self) -> Voice | None:
        """Who it is; None where it stays."""
        told = self.validated_data
        if "new_speaker" in told:
            return Voice(name=told["new_speaker"])
        return Voice(told["speaker"]) if "speaker" in told else None


class SegmentChangeSerializer(VoiceSerializer):
    """A change of a segment; what is not given stays."""

    text = serializers.CharField(required=False, max_length=LONGEST)
    confirmed = serializers.BooleanField(
        required=False, help_text="True: right as it stands, no doubt is left."
    )
    dropped = serializers.BooleanField(
        required=False, help_text="True: nobody said this; false brings it back."
    )

    @property
    def wanted(self) -> Wanted:
        """The change, for the service."""
        told = self.validated_data
        return Wanted(
            text=told.get("text"),
            voice=self.voice,
            is_confirmed=told.get("confirmed"),
            is_dropped=told.get("dropped"),
        )


class SplitSerializer(serializers.Serializer[Any]):
    """Where the second part begins: a character of the text, or the first of its words."""

    at = serializers.IntegerField(required=False, min_value=1, max_value=LONGEST)
    word = serializers.IntegerField(required=False, min_value=1, max_value=LONGEST)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """One of the two."""
        if len(attrs) != 1:
            raise serializers.ValidationError({"at": [_("Give either at or word.")]})
        return attrs

    def place(self, text: str) -> int:
        """The character of ``text``."""
        if "at" in self.validated_data:
            return int(self.validated_data["at"])
        return len(" ".join(text.split()[: self.validated_data["word"]]))


class PartsSerializer(serializers.Serializer[Any]):
    """The two parts of a segment that was split."""

    segments = HeldSegmentSerializer(many=True)


class ReassignSerializer(VoiceSerializer):
    """Whose it is: from ``first`` to ``last``, two ids of segments, or from ``start`` to ``end``.

    Between two times lie the segments of which at least half does.
    """

    first = serializers.IntegerField(required=False)
    last = serializers.IntegerField(required=False)
    start = serializers.FloatField(required=False, min_value=0, help_text="Seconds.")
    end = serializers.FloatField(required=False, min_value=0, help_text="Seconds.")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Somebody, or nobody known; one pair of ends."""
        if "speaker" not in attrs and "new_speaker" not in attrs:
            raise serializers.ValidationError({"speaker": [_("Say who speaks.")]})
        ends = attrs.keys() & {"first", "last", "start", "end"}
        if ends not in ({"first", "last"}, {"start", "end"}):
            raise serializers.ValidationError(
                {"first": [_("Give first and last, or start and end.")]}
            )
        if "start" in ends and attrs["start"] >= attrs["end"]:
            raise serializers.ValidationError({"end": [_("The end comes after the start.")]})
        return super().validate(attrs)

    @property
    def times(self) -> tuple[float, float] | None:
        """The two times, seconds; None where segments are named."""
        told = self.validated_data
        return (told["start"], told["end"]) if "start" in told else None


class ReassignedSerializer(serializers.Serializer[Any]):
    """How many segments have another speaker now."""

    changed = serializers.IntegerField()


class SpeakerChangeSerializer(serializers.Serializer[Any]):
    """A name; empty gives the number back."""

    name = serializers.CharField(allow_blank=True, max_length=LONGEST_NAME)


class SpeakerMergeSerializer(serializers.Serializer[Any]):
    """With whom."""

    into = serializers.IntegerField(help_text="The id of the speaker who stays.")


class ReplaceSerializer(serializers.Serializer[Any]):
    """What is found, and what stands there instead."""

    find = serializers.CharField(max_length=200)
    replace = serializers.CharField(allow_blank=True, max_length=200, trim_whitespace=False)
    match_case = serializers.BooleanField(default=False)
    whole_words = serializers.BooleanField(default=False)
    dry_run = serializers.BooleanField(default=True, help_text="Only look; nothing is changed.")
    segments = serializers.ListField(
        child=serializers.IntegerField(), required=False, max_length=20_000, help_text="Only these."
    )

    @property
    def sought(self) -> Sought:
        """What is wanted, for the service."""
        told = self.validated_data
        names = ("find", "replace", "match_case", "whole_words")
        return Sought(**{name: told[name] for name in names})


class HitSerializer(serializers.Serializer[Any]):
    """A segment that changes."""

    id = serializers.IntegerField(source="segment.pk")
    start = serializers.FloatField(source="segment.start")
    before = serializers.CharField()
    after = serializers.CharField(source="text")
    places = serializers.IntegerField()


class TranscriptEditSerializer(serializers.Serializer[Any]):
    """An entry of the history."""

    id = serializers.IntegerField()
    number = serializers.IntegerField(help_text="From 1, in the order of time.")
    action = serializers.ChoiceField(choices=TranscriptEdit.Action.values)
    by = serializers.CharField(allow_null=True)
    at = serializers.DateTimeField()
    of = serializers.IntegerField(
        allow_null=True, help_text="The entry that was undone or done again, or gone back to."
    )
    segments = serializers.ListField(child=serializers.IntegerField())
    speakers = serializers.ListField(child=serializers.IntegerField())
    text_before = serializers.CharField(allow_null=True, help_text="Of a single segment.")
    text_after = serializers.CharField(allow_null=True)


class ReplacedSerializer(serializers.Serializer[Any]):
    """What would be, or was, replaced."""

    places = serializers.IntegerField()
    segments_count = serializers.IntegerField()
    hits = HitSerializer(many=True, help_text="At most 500.")
    edit = TranscriptEditSerializer(allow_null=True, help_text="Null where nothing was changed.")


class RestoreSerializer(serializers.Serializer[Any]):
    """To which state."""

    number = serializers.IntegerField(
        min_value=0, help_text="The last edit that holds; 0: as it was recognised."
    )


class SegmentConflictSerializer(serializers.Serializer[Any]):
    """Problem details with the segment as it stands now."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    code = serializers.CharField()
    request_id = serializers.CharField()
    retryable = serializers.BooleanField(required=False)
    current = HeldSegmentSerializer()
