"""A workspace's language model over HTTP."""

from typing import Any

from rest_framework import serializers

from reports.models import LanguageModel

PROVIDERS = LanguageModel.Provider.choices
TRIALS = LanguageModel.Trial.choices


class LanguageModelTrialSerializer(serializers.Serializer[Any]):
    """How the last trial ended."""

    state = serializers.ChoiceField(choices=TRIALS, allow_blank=True)
    reason = serializers.CharField(allow_blank=True, help_text="A stable code; empty: none.")
    detail = serializers.CharField(allow_blank=True, help_text="The reason in words.")
    said = serializers.CharField(allow_blank=True, help_text="What the provider said.")
    tried_at = serializers.DateTimeField(allow_null=True)


class LanguageModelUseSerializer(serializers.Serializer[Any]):
    """What the workspace's calls came to so far."""

    calls = serializers.IntegerField()
    tokens_in = serializers.IntegerField()
    tokens_out = serializers.IntegerField()
    cost = serializers.FloatField(help_text="USD, where known.")
    seconds = serializers.FloatField()


class LanguageModelSerializer(serializers.Serializer[Any]):
    """Who writes the minutes of a workspace. The key is taken, and never given."""

    chosen_by = serializers.ChoiceField(choices=["workspace", "instance"], read_only=True)
    provider = serializers.ChoiceField(choices=PROVIDERS)
    model = serializers.CharField(max_length=150, required=False, allow_blank=True, default="")
    url = serializers.CharField(
        max_length=500,
        required=False,
        allow_blank=True,
        default="",
        help_text="Base URL ending in /v1, of ollama and compatible servers.",
    )
    key = serializers.CharField(
        max_length=500,
        required=False,
        allow_blank=True,
        write_only=True,
        help_text="Left out: the one that is kept; empty: none.",
    )
    has_key = serializers.BooleanField(read_only=True)
    context_tokens = serializers.IntegerField(
        min_value=0,
        max_value=2_000_000,
        required=False,
        default=0,
        help_text="Tokens that the model reads at once; 0: what is known of the provider.",
    )
    host = serializers.CharField(
        read_only=True, allow_null=True, help_text="Where the words go; null: they stay here."
    )
    trial = LanguageModelTrialSerializer(read_only=True)
    used = LanguageModelUseSerializer(read_only=True)
