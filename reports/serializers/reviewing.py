"""Reviews, comments, versions and their differences in the API's schema."""

from typing import Any

from rest_framework import serializers

from reports.models import Comment, Review
from reports.serializers.minutes import MINUTES_STATES, ApprovalSerializer, StatementSerializer

CHANGES = ["added", "dropped", "changed", "moved"]


class PersonSerializer(serializers.Serializer[Any]):
    """A member of the workspace."""

    id = serializers.IntegerField()
    name = serializers.CharField(source="__str__")


class ReviewerSerializer(serializers.Serializer[Any]):
    """Somebody who was asked, and what they decided."""

    person = PersonSerializer(source="reviewer")
    decision = serializers.ChoiceField(choices=Review.Decision.values)
    decided_at = serializers.DateTimeField(allow_null=True)


class ReviewStateSerializer(serializers.Serializer[Any]):
    """How far a version is on its way to approval."""

    state = serializers.ChoiceField(choices=MINUTES_STATES)
    reviewers = ReviewerSerializer(many=True, help_text="Of the newest round.")
    candidates = PersonSerializer(many=True, help_text="Who may be asked.")
    approval = ApprovalSerializer(allow_null=True)


class SendSerializer(serializers.Serializer[Any]):
    """Who is asked."""

    reviewers = serializers.ListField(
        child=serializers.IntegerField(), min_length=1, max_length=100, help_text="Ids of members."
    )


class ReturnSerializer(serializers.Serializer[Any]):
    """Why it goes back."""

    reason = serializers.CharField(max_length=5000)


class CommentSerializer(serializers.Serializer[Any]):
    """A remark about a statement, or about the whole where ``lineage`` is null."""

    id = serializers.IntegerField(read_only=True)
    lineage = serializers.UUIDField(required=False, allow_null=True, default=None)
    kind = serializers.ChoiceField(choices=Comment.Kind.values, read_only=True)
    text = serializers.CharField(max_length=5000)
    author = serializers.StringRelatedField(  # type: ignore[var-annotated]
        read_only=True, allow_null=True
    )
    created_at = serializers.DateTimeField(read_only=True)
    resolved_by = serializers.StringRelatedField(  # type: ignore[var-annotated]
        read_only=True, allow_null=True
    )
    resolved_at = serializers.DateTimeField(read_only=True, allow_null=True)


class ResolveSerializer(serializers.Serializer[Any]):
    """Whether it is settled."""

    resolved = serializers.BooleanField()


class VersionSerializer(serializers.Serializer[Any]):
    """A version in brief."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    state = serializers.ChoiceField(choices=MINUTES_STATES)
    template = serializers.CharField()
    writer = serializers.CharField()
    created_at = serializers.DateTimeField()
    approval = ApprovalSerializer(allow_null=True)


class RegenerateSerializer(serializers.Serializer[Any]):
    """What is written anew: a statement by its lineage, a section by its id, or all."""

    statement = serializers.UUIDField(required=False)
    section = serializers.IntegerField(required=False)
    overwrite = serializers.BooleanField(
        default=False, help_text="Whether what people edited is replaced as well."
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """One thing at a time."""
        if "statement" in attrs and "section" in attrs:
            raise serializers.ValidationError({"section": ["Not together with a statement."]})
        return attrs


class DifferenceSpanSerializer(serializers.Serializer[Any]):
    """Words that stayed, went or came."""

    op = serializers.ChoiceField(choices=["equal", "delete", "insert"])
    text = serializers.CharField()


class DifferenceEntrySerializer(serializers.Serializer[Any]):
    """A statement in both versions."""

    lineage = serializers.UUIDField()
    changes = serializers.ListField(
        child=serializers.ChoiceField(choices=CHANGES), help_text="Empty: the same."
    )
    changed_fields = serializers.ListField(
        child=serializers.CharField(), help_text="What of it was changed."
    )
    before = StatementSerializer(allow_null=True)
    after = StatementSerializer(allow_null=True)
    spans = DifferenceSpanSerializer(many=True)


class DifferenceSectionSerializer(serializers.Serializer[Any]):
    """A heading of either version."""

    kind = serializers.CharField()
    title = serializers.CharField()
    entries = DifferenceEntrySerializer(many=True)


class DifferenceTotalsSerializer(serializers.Serializer[Any]):
    """How many statements of each."""

    added = serializers.IntegerField()
    dropped = serializers.IntegerField()
    changed = serializers.IntegerField()
    moved = serializers.IntegerField()
    same = serializers.IntegerField()


class DifferenceSerializer(serializers.Serializer[Any]):
    """Two versions, statement by statement."""

    before = VersionSerializer(allow_null=True)
    after = VersionSerializer()
    totals = DifferenceTotalsSerializer()
    sections = DifferenceSectionSerializer(many=True)
