"""Known voices, as the API's schema describes them; no vector leaves."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from transcription.models import KnownVoice

NO_CONSENT = _("A voice is remembered only where its person agrees.")


class KnownVoiceSerializer(serializers.ModelSerializer[KnownVoice]):
    """A voice that the workspace knows again."""

    name = serializers.CharField(max_length=150)
    samples = serializers.IntegerField(
        source="samples_count", read_only=True, help_text="Of how many meetings' voices."
    )
    seconds = serializers.FloatField(read_only=True, help_text="Of speech in all of them.")
    made_by = serializers.CharField(read_only=True, allow_null=True)

    class Meta:
        model = KnownVoice
        fields = ["id", "workspace", "name", "model", "samples", "seconds", "made_by", "created_at"]
        read_only_fields = ["id", "workspace", "model", "created_at"]


class VoiceRuleSerializer(serializers.Serializer[Any]):
    """Whether a workspace knows voices again."""

    is_on = serializers.BooleanField()
    forget_all = serializers.BooleanField(
        default=False, write_only=True, help_text="Also delete those that it knows."
    )


class RememberSerializer(serializers.Serializer[Any]):
    """That the person agrees: how they sound is biometric data."""

    consent = serializers.BooleanField(help_text="True; anything else is refused.")

    def validate_consent(self, told: bool) -> bool:
        """Only with it."""
        if not told:
            raise serializers.ValidationError(NO_CONSENT)
        return told


class AnswerSerializer(serializers.Serializer[Any]):
    """What becomes of a suggestion."""

    voice = serializers.IntegerField(help_text="The known voice that is suggested.")
    accepted = serializers.BooleanField(
        help_text="True: the speaker gets its name. False: it is not suggested here again."
    )
