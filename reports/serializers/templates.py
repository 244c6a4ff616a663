"""Templates of minutes over HTTP."""

from typing import Any

from rest_framework import serializers

from accounts.models import Workspace
from meetings.models import Meeting
from reports.models import Statement, TemplatePreview
from reports.writers.outlines import stored
from reports.writers.outlines.outline import CONTEXTS, KINDS, LAYOUTS, RULES

NAME_MOST = 100
SECTION_KINDS = list(KINDS)


class TextsSerializer(serializers.Serializer[Any]):
    """A text in the languages of minutes."""

    ru = serializers.CharField(required=False, allow_blank=True, max_length=stored.PROMPT_MOST)
    en = serializers.CharField(required=False, allow_blank=True, max_length=stored.PROMPT_MOST)


class TemplateSectionSerializer(serializers.Serializer[Any]):
    """A section of a template."""

    key = serializers.CharField(
        max_length=stored.KEY_MOST, help_text="By which other sections name it."
    )
    kind = serializers.ChoiceField(choices=SECTION_KINDS, help_text="Of its statements.")
    title = TextsSerializer(help_text="In one language at least.")
    prompt = TextsSerializer(required=False, help_text="What a language model is told to put here.")
    context = serializers.ChoiceField(  # type: ignore[assignment]
        choices=CONTEXTS,
        default=CONTEXTS[0],
        help_text="`talk`; `earlier`: the talk beside the minutes of the meeting before in the "
        "series; `sections`: what the sections of `depends_on` hold.",
    )
    depends_on = serializers.ListField(
        child=serializers.CharField(max_length=stored.KEY_MOST),
        required=False,
        max_length=stored.SECTIONS_MOST,
        help_text="Keys of sections that are written before.",
    )
    rule = serializers.ChoiceField(
        choices=RULES,
        default=RULES[0],
        help_text="How points are found without a language model.",
    )


class TemplateSerializer(serializers.Serializer[Any]):
    """A template of minutes."""

    id = serializers.CharField(
        read_only=True, help_text="A word of a shipped one, else a UUID; as `template` elsewhere."
    )
    workspace = serializers.IntegerField(read_only=True, allow_null=True)
    shipped = serializers.BooleanField(read_only=True)
    name = serializers.CharField(max_length=NAME_MOST)
    layout = serializers.ChoiceField(choices=list(LAYOUTS), default=LAYOUTS[0])
    sections = TemplateSectionSerializer(many=True)
    updated_at = serializers.DateTimeField(read_only=True, allow_null=True)


class NewTemplateSerializer(TemplateSerializer):
    """A template to be made."""

    workspace = serializers.PrimaryKeyRelatedField(  # type: ignore[assignment]
        queryset=Workspace.objects.none(), required=False, help_text="Yours, unless told."
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        request = self.context.get("request")
        if request is not None:
            mine = Workspace.objects.editable_by(request.user)
            self.fields["workspace"].queryset = mine  # type: ignore[attr-defined]


class DefaultTemplateSerializer(serializers.Serializer[Any]):
    """By which template a workspace's minutes are written unless told."""

    template = serializers.CharField(
        max_length=50, allow_blank=True, help_text="The id of one; empty: ordinary minutes."
    )


class NewTemplatePreviewSerializer(serializers.Serializer[Any]):
    """Sections that are to be tried on a meeting."""

    meeting = serializers.PrimaryKeyRelatedField(queryset=Meeting.objects.none())
    sections = TemplateSectionSerializer(many=True)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        request = self.context.get("request")
        if request is not None:
            mine = Meeting.objects.editable_by(request.user)
            self.fields["meeting"].queryset = mine  # type: ignore[attr-defined]


class PreviewedEvidenceSerializer(serializers.Serializer[Any]):
    """The words that a statement rests on; seconds."""

    segment = serializers.IntegerField()
    start = serializers.FloatField()
    end = serializers.FloatField()
    quote = serializers.CharField()


class PreviewedStatementSerializer(serializers.Serializer[Any]):
    """A statement as it would stand in the minutes."""

    text = serializers.CharField()
    assignee = serializers.CharField(allow_blank=True)
    due_text = serializers.CharField(allow_blank=True)
    verdict = serializers.ChoiceField(choices=Statement.Verdict.values)
    reason = serializers.CharField(allow_blank=True, help_text="A stable code.")
    detail = serializers.CharField(allow_blank=True, help_text="The reason in words.")
    evidence = PreviewedEvidenceSerializer(many=True)


class PreviewedSectionSerializer(serializers.Serializer[Any]):
    """A section as it would stand in the minutes."""

    kind = serializers.ChoiceField(choices=SECTION_KINDS)
    title = serializers.CharField()
    statements = PreviewedStatementSerializer(many=True)


class TemplatePreviewSerializer(serializers.Serializer[Any]):
    """What sections would make of a meeting."""

    id = serializers.UUIDField()
    meeting = serializers.UUIDField()
    state = serializers.ChoiceField(choices=TemplatePreview.State.choices)
    writer = serializers.CharField(allow_blank=True)
    notes = serializers.ListField(child=serializers.CharField())
    sections = PreviewedSectionSerializer(many=True)
    created_at = serializers.DateTimeField()
