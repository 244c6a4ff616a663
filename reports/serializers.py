"""The shape of minutes in the API's schema; ``documents`` makes them."""

from typing import Any

from rest_framework import serializers

from reports.models import ActionItem, CarriedItem, Minutes, Statement


class EvidenceSerializer(serializers.Serializer[Any]):
    """Where in the recording the words stand."""

    segment = serializers.IntegerField()
    start = serializers.FloatField()
    end = serializers.FloatField()
    quote = serializers.CharField()
    speaker = serializers.CharField(allow_null=True)


class StatementSerializer(serializers.Serializer[Any]):
    """One sentence of the minutes and what it rests on."""

    id = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=Statement.Kind.values)
    text = serializers.CharField()
    verdict = serializers.ChoiceField(choices=Statement.Verdict.values)
    reason = serializers.CharField(allow_blank=True, help_text="Why it is unverified.")
    evidence = EvidenceSerializer(many=True)
    assignee = serializers.CharField(
        required=False, allow_blank=True, help_text="Action items only."
    )
    due_text = serializers.CharField(required=False, allow_blank=True, help_text="As it was said.")
    due = serializers.DateField(required=False, allow_null=True)


class SectionSerializer(serializers.Serializer[Any]):
    """A heading with its statements."""

    kind = serializers.CharField()
    title = serializers.CharField()
    statements = StatementSerializer(many=True)


class SupportSerializer(serializers.Serializer[Any]):
    """How many statements the recording supports."""

    statements = serializers.IntegerField()
    supported = serializers.IntegerField()
    unverified = serializers.IntegerField()


class CarriedSerializer(serializers.Serializer[Any]):
    """What became of an open item of an earlier meeting of the series."""

    statement = serializers.IntegerField(help_text="Of the section `carry_over`.")
    outcome = serializers.ChoiceField(choices=CarriedItem.Outcome.values)
    since = serializers.DateField(help_text="The day of the meeting that set it.")
    item = serializers.UUIDField(allow_null=True, help_text="Null: its meeting was deleted.")
    state = serializers.ChoiceField(choices=ActionItem.State.values, allow_null=True)
    meeting = serializers.UUIDField(allow_null=True, help_text="The meeting that set it.")
    evidence = EvidenceSerializer(many=True, help_text="In the transcript of that meeting.")


class MinutesSerializer(serializers.Serializer[Any]):
    """A version of a meeting's minutes."""

    id = serializers.UUIDField()
    meeting = serializers.UUIDField()
    version = serializers.IntegerField()
    state = serializers.ChoiceField(choices=Minutes.State.values)
    template = serializers.CharField()
    language = serializers.CharField(allow_blank=True)
    writer = serializers.CharField()
    notes = serializers.ListField(child=serializers.CharField())
    created_at = serializers.DateTimeField()
    support = SupportSerializer()
    sections = SectionSerializer(many=True)
    action_items = StatementSerializer(many=True)
    carried = CarriedSerializer(many=True)
