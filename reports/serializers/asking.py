"""The shape of questions and answers in the API's schema; ``documents`` makes them."""

from typing import Any

from rest_framework import serializers

from reports.models import Question, Statement
from reports.models.question import LONGEST
from transcription.serializers.search import FoundMeetingSerializer


class NewQuestionSerializer(serializers.Serializer[Any]):
    """What is asked, and about which meetings."""

    question = serializers.CharField(max_length=LONGEST)
    workspace = serializers.IntegerField(
        required=False,
        min_value=1,
        max_value=2**63 - 1,
        help_text="Whose meetings; left out, that of the series, else the caller's own.",
    )
    series = serializers.UUIDField(required=False, allow_null=True, help_text="Only its meetings.")
    held_from = serializers.DateField(required=False, allow_null=True)
    held_to = serializers.DateField(required=False, allow_null=True)


class AnswerSentenceSerializer(serializers.Serializer[Any]):
    """A sentence and the numbers of what it rests on."""

    text = serializers.CharField()
    verdict = serializers.ChoiceField(choices=Statement.Verdict.values)
    reason = serializers.CharField(allow_blank=True, help_text="Why it is unverified.")
    citations = serializers.ListField(child=serializers.IntegerField(min_value=1))


class CitationSerializer(serializers.Serializer[Any]):
    """Words of a meeting; ``start`` and ``end`` are seconds."""

    number = serializers.IntegerField(min_value=1)
    meeting = FoundMeetingSerializer()
    segment = serializers.IntegerField(
        allow_null=True, help_text="Null: the transcript has it no more."
    )
    speaker = serializers.CharField(allow_null=True)
    start = serializers.FloatField()
    end = serializers.FloatField()
    quote = serializers.CharField()
    stands = serializers.BooleanField(
        help_text="False: these words were changed since, dropped or recognised anew."
    )


class QuestionSerializer(serializers.Serializer[Any]):
    """A question and its answer."""

    id = serializers.UUIDField()
    workspace = serializers.IntegerField()
    question = serializers.CharField()
    series = serializers.UUIDField(allow_null=True)
    held_from = serializers.DateField(allow_null=True)
    held_to = serializers.DateField(allow_null=True)
    state = serializers.ChoiceField(choices=Question.State.values)
    is_withheld = serializers.BooleanField(
        help_text="The answer rests on a meeting that the caller may not see any more."
    )
    writer = serializers.CharField(
        allow_blank=True, help_text="`llm`, or `extractive`: the nearest words, quoted."
    )
    notes = serializers.ListField(child=serializers.CharField())
    answer = AnswerSentenceSerializer(
        many=True, help_text="Empty where nothing in these meetings answers it."
    )
    citations = CitationSerializer(many=True)
    created_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)
