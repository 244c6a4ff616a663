"""The shape of minutes in the API's schema; ``documents`` makes them."""

from typing import Any

from rest_framework import serializers

from meetings.models import Attachment
from reports.models import ActionItem, CarriedItem, Minutes, Statement

MINUTES_STATES = Minutes.State.values
STATEMENT_KINDS = Statement.Kind.values


class PlaceInAttachmentSerializer(serializers.Serializer[Any]):
    """Where in an attachment the words stand."""

    id = serializers.UUIDField()
    filename = serializers.CharField()
    unit = serializers.ChoiceField(
        choices=Attachment.Unit.values, help_text="What `page` counts; a part is no page."
    )
    page = serializers.IntegerField()


class EvidenceSerializer(serializers.Serializer[Any]):
    """Where in the recording, or in which attachment, the words stand."""

    segment = serializers.IntegerField(allow_null=True, help_text="Null: they are written.")
    start = serializers.FloatField(allow_null=True)
    end = serializers.FloatField(allow_null=True)
    quote = serializers.CharField()
    speaker = serializers.CharField(allow_null=True)
    attachment = PlaceInAttachmentSerializer(allow_null=True, help_text="Null: they were said.")


class TalkShareSerializer(serializers.Serializer[Any]):
    """How long somebody spoke to a topic."""

    speaker = serializers.CharField(help_text="The speaker's label.")
    seconds = serializers.FloatField()
    share = serializers.FloatField(help_text="Of all that was spoken to the topic, 0 to 1.")


class NotReachedSerializer(serializers.Serializer[Any]):
    """An item of the agenda that nobody came to."""

    number = serializers.IntegerField(help_text="Its place in the agenda, from 1.")
    title = serializers.CharField(allow_blank=True)


class StatementSerializer(serializers.Serializer[Any]):
    """One sentence of the minutes and what it rests on."""

    id = serializers.IntegerField()
    lineage = serializers.UUIDField(help_text="The same in every version that it stands in.")
    revision = serializers.IntegerField(help_text="What a change of it must name.")
    kind = serializers.ChoiceField(choices=STATEMENT_KINDS)
    text = serializers.CharField()
    verdict = serializers.ChoiceField(choices=Statement.Verdict.values)
    reason = serializers.CharField(allow_blank=True, help_text="Why it is unverified.")
    stale = serializers.BooleanField(help_text="The transcript under it was changed since.")
    edited_by = serializers.CharField(allow_null=True, help_text="The person who edited it last.")
    edited_at = serializers.DateTimeField(allow_null=True)
    evidence = EvidenceSerializer(many=True)
    assignee = serializers.CharField(
        required=False, allow_blank=True, help_text="Action items only."
    )
    due_text = serializers.CharField(required=False, allow_blank=True, help_text="As it was said.")
    due = serializers.DateField(required=False, allow_null=True)
    duration = serializers.FloatField(
        allow_null=True, help_text="Seconds spent on a topic; null for other kinds."
    )
    speakers = TalkShareSerializer(many=True, help_text="Who spoke to a topic.")


class SectionSerializer(serializers.Serializer[Any]):
    """A heading with its statements."""

    id = serializers.IntegerField()
    kind = serializers.CharField()
    title = serializers.CharField()
    statements = StatementSerializer(many=True)


class SupportSerializer(serializers.Serializer[Any]):
    """How many statements the recording supports."""

    statements = serializers.IntegerField()
    supported = serializers.IntegerField()
    unverified = serializers.IntegerField()


class ApprovalSerializer(serializers.Serializer[Any]):
    """Who approved a version and when, under which number, with which SHA-256."""

    number = serializers.IntegerField()
    year = serializers.IntegerField()
    approved_by = serializers.CharField(allow_null=True)
    approved_at = serializers.DateTimeField()
    digest = serializers.CharField(help_text="SHA-256 of the frozen content, hexadecimal.")


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
    state = serializers.ChoiceField(choices=MINUTES_STATES)
    template = serializers.CharField()
    language = serializers.CharField(allow_blank=True)
    writer = serializers.CharField()
    notes = serializers.ListField(child=serializers.CharField())
    place = serializers.CharField(allow_blank=True)
    chair = serializers.CharField(allow_blank=True)
    secretary = serializers.CharField(allow_blank=True)
    created_at = serializers.DateTimeField()
    approval = ApprovalSerializer(allow_null=True)
    support = SupportSerializer()
    not_reached = NotReachedSerializer(many=True)
    sections = SectionSerializer(many=True)
    action_items = StatementSerializer(many=True)
    carried = CarriedSerializer(many=True)


class NewVersionSerializer(serializers.Serializer[Any]):
    """How a new version is written."""

    template = serializers.CharField(
        max_length=50,
        required=False,
        allow_blank=True,
        help_text="The id of one; that of the series or the workspace unless told.",
    )
