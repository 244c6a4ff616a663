"""Transcripts for the operator, read-only."""

from django.contrib import admin
from unfold.admin import ModelAdmin, TabularInline

from accounts.admin.base import ReadOnly
from transcription.models import (
    KnownVoice,
    Speaker,
    Transcript,
    TranscriptEdit,
    VoiceRefusal,
    VoiceRule,
    VoiceSample,
    Window,
)


class SpeakerInline(ReadOnly, TabularInline):
    """The voices."""

    model = Speaker
    extra = 0
    fields = ["label", "position", "name"]


class WindowInline(ReadOnly, TabularInline):
    """How far recognition is."""

    model = Window
    extra = 0
    fields = ["index", "start", "end", "language", "flags", "recognized_at"]


@admin.register(Transcript)
class TranscriptAdmin(ReadOnly, ModelAdmin):
    """What each job found."""

    list_display = ["meeting", "job", "language", "engine", "model", "complete", "created_at"]
    list_filter = ["complete", "language", "engine"]
    list_select_related = ["meeting", "job__meeting"]
    search_fields = ["meeting__title", "meeting__id", "job__id"]
    ordering = ["-created_at"]
    inlines = [SpeakerInline, WindowInline]


@admin.register(TranscriptEdit)
class TranscriptEditAdmin(ReadOnly, ModelAdmin):
    """What people changed, and when."""

    list_display = ["transcript", "number", "action", "by", "at"]
    list_filter = ["action"]
    list_select_related = ["transcript__meeting", "transcript__job__meeting", "by"]
    search_fields = ["transcript__meeting__title", "transcript__meeting__id", "by__email"]
    ordering = ["-at"]


class VoiceSampleInline(ReadOnly, TabularInline):
    """Whose voices of which meetings, without the vectors."""

    model = VoiceSample
    extra = 0
    fields = ["speaker", "seconds", "added_by"]


@admin.register(KnownVoice)
class KnownVoiceAdmin(ReadOnly, ModelAdmin):
    """Whom workspaces know by voice; forgotten on their pages."""

    list_display = ["name", "workspace", "model", "seconds", "made_by", "created_at"]
    list_filter = ["model"]
    list_select_related = ["workspace", "made_by"]
    search_fields = ["name", "workspace__name"]
    ordering = ["-created_at"]
    inlines = [VoiceSampleInline]


@admin.register(VoiceRefusal)
class VoiceRefusalAdmin(ReadOnly, ModelAdmin):
    """Suggestions that people refused."""

    list_display = ["voice", "speaker", "refused_by", "refused_at"]
    list_select_related = ["voice", "speaker", "refused_by"]
    search_fields = ["voice__name"]
    ordering = ["-refused_at"]


@admin.register(VoiceRule)
class VoiceRuleAdmin(ReadOnly, ModelAdmin):
    """Which workspaces know voices again."""

    list_display = ["workspace", "is_on", "changed_by", "changed_at"]
    list_filter = ["is_on"]
    list_select_related = ["workspace", "changed_by"]
    search_fields = ["workspace__name"]
    ordering = ["-changed_at"]
