"""What workspaces used, over HTTP."""

from typing import Any

from rest_framework import serializers

from accounts.months import Month, month_named, this_month

QUOTAS = ["hours", "storage", "llm_tokens", "jobs"]
MONTH = r"^\d{4}-(0[1-9]|1[0-2])$"


class GaugeSerializer(serializers.Serializer[Any]):
    """How much of a quota is taken: seconds of hours, bytes of storage, tokens, jobs."""

    quota = serializers.ChoiceField(choices=QUOTAS)
    used = serializers.FloatField()
    under_way = serializers.FloatField(
        help_text="Of `used`: let in, not done yet; of storage, unfinished uploads."
    )
    limit = serializers.FloatField(allow_null=True, help_text="Null: there is none.")


class MonthUsageSerializer(serializers.Serializer[Any]):
    """What ended in a calendar month."""

    month = serializers.RegexField(MONTH)
    recordings = serializers.IntegerField(help_text="That were recognised.")
    recording_seconds = serializers.FloatField(help_text="Their length.")
    work_seconds = serializers.FloatField(help_text="That stages took, failed attempts too.")
    stages = serializers.DictField(child=serializers.FloatField(), help_text="The same by stage.")
    llm_calls = serializers.IntegerField()
    tokens_in = serializers.IntegerField()
    tokens_out = serializers.IntegerField()
    cost = serializers.DecimalField(max_digits=14, decimal_places=6, help_text="USD, where known.")


class UsageSerializer(serializers.Serializer[Any]):
    """What a workspace used and holds."""

    workspace = serializers.IntegerField()
    month = serializers.RegexField(MONTH, help_text="The one that it is, in the instance's zone.")
    renews_at = serializers.DateTimeField(help_text="When hours and tokens begin anew.")
    quotas = GaugeSerializer(many=True)
    months = MonthUsageSerializer(many=True, help_text="Twelve, this one first.")


class MeetingUsageSerializer(serializers.Serializer[Any]):
    """What a meeting used in a month, and the bytes that it takes now."""

    meeting = serializers.UUIDField(source="pk")
    title = serializers.CharField()
    held_at = serializers.DateTimeField()
    recording_seconds = serializers.FloatField()
    work_seconds = serializers.FloatField()
    tokens = serializers.IntegerField()
    cost = serializers.DecimalField(max_digits=14, decimal_places=6)
    bytes = serializers.IntegerField()


class MonthQuerySerializer(serializers.Serializer[Any]):
    """``?month=2026-11``; this one unless told."""

    month = serializers.RegexField(MONTH, required=False)

    def validate_month(self, told: str) -> Month:
        """As a month."""
        month = month_named(told)
        if month is None:
            raise serializers.ValidationError(self.fields["month"].error_messages["invalid"])
        return month

    @property
    def chosen(self) -> Month:
        """The month that was asked for."""
        return self.validated_data.get("month") or this_month()
