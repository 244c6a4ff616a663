"""What is sent to edit minutes, as the API's schema describes it."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from meetings.reading.quoting import LONGEST_QUOTE
from reports.models import Statement
from reports.serializers.minutes import STATEMENT_KINDS, StatementSerializer
from reports.services.citations import Span, WrittenSpan
from reports.services.editing import Place
from reports.services.rows import WORDING


class SpanSerializer(serializers.Serializer[Any]):
    """Words of the transcript: a segment, or those of its words between two times in seconds.

    Or words of an attachment: its id, the number of a page, and the words as they stand there.
    """

    segment = serializers.IntegerField(required=False, min_value=1)
    start = serializers.FloatField(required=False, min_value=0)
    end = serializers.FloatField(required=False, min_value=0)
    attachment = serializers.UUIDField(required=False)
    page = serializers.IntegerField(required=False, min_value=1)
    quote = serializers.CharField(required=False, max_length=LONGEST_QUOTE)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Said or written."""
        written = attrs.keys() & {"attachment", "page", "quote"}
        said = attrs.keys() & {"segment", "start", "end"}
        if (written and (said or len(written) < 3)) or not (written or "segment" in said):
            raise serializers.ValidationError(
                _("Either a segment, or an attachment with page and quote.")
            )
        return attrs


class WordingSerializer(serializers.Serializer[Any]):
    """What a statement says and rests on; what is not given stays as it is."""

    kind = serializers.ChoiceField(choices=STATEMENT_KINDS, required=False)
    text = serializers.CharField(required=False, max_length=5000)
    assignee = serializers.CharField(required=False, allow_blank=True, max_length=150)
    due_text = serializers.CharField(required=False, allow_blank=True, max_length=150)
    due = serializers.DateField(required=False, allow_null=True)
    evidence = SpanSerializer(many=True, required=False, max_length=50)  # type: ignore[call-arg]

    @property
    def wording(self) -> dict[str, Any]:
        """The fields that say something."""
        return {name: v for name, v in self.validated_data.items() if name in WORDING}

    @property
    def spans(self) -> list[Span | WrittenSpan] | None:
        """The evidence asked for; None where it stays."""
        given = self.validated_data.get("evidence")
        if given is None:
            return None
        return [WrittenSpan(**one) if "page" in one else Span(**one) for one in given]


class StatementCheckSerializer(WordingSerializer):
    """A statement as it would be."""


class StatementChangeSerializer(WordingSerializer):
    """A change; ``section`` and ``position`` (from 0) move the statement."""

    revision = serializers.IntegerField(min_value=1, help_text="The one that was read.")
    section = serializers.IntegerField(required=False)
    position = serializers.IntegerField(required=False, min_value=0, max_value=32_000)

    def place(self, present: int) -> Place | None:
        """Where it goes; None where it stays. ``present``: the section that it stands in."""
        data = self.validated_data
        if "section" not in data and "position" not in data:
            return None
        return Place(data.get("section", present), data.get("position"))


class StatementDropSerializer(serializers.Serializer[Any]):
    """Which revision is dropped."""

    revision = serializers.IntegerField(min_value=1)


class NewStatementSerializer(WordingSerializer):
    """A new statement, or with ``restore`` the lineage of one that was dropped."""

    text = serializers.CharField(required=False, max_length=5000)
    section = serializers.IntegerField(required=False)
    position = serializers.IntegerField(required=False, min_value=0, max_value=32_000)
    restore = serializers.UUIDField(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """A new one needs words and a heading."""
        if "restore" not in attrs:
            missing = [name for name in ("section", "text") if name not in attrs]
            if missing:
                raise serializers.ValidationError(
                    {name: [self.error_messages["required"]] for name in missing}
                )
        return attrs


class VerdictSerializer(serializers.Serializer[Any]):
    """What the grounding checker finds."""

    verdict = serializers.ChoiceField(choices=Statement.Verdict.values)
    reason = serializers.CharField(allow_blank=True, help_text="Why it is unverified, as a code.")
    label = serializers.CharField(  # type: ignore[assignment]  # a field's name
        allow_blank=True, help_text="The reason in words."
    )
    words = serializers.CharField(allow_blank=True, help_text="The words that it is about.")


class StatementConflictSerializer(serializers.Serializer[Any]):
    """Problem details; with the code ``changed_meanwhile`` the statement as it stands now."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    code = serializers.CharField()
    request_id = serializers.CharField()
    retryable = serializers.BooleanField(required=False)
    current = StatementSerializer(required=False)
