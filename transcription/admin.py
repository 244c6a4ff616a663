"""Transcripts for the operator, read-only."""

from django.contrib import admin
from unfold.admin import ModelAdmin, TabularInline

from accounts.admin.base import ReadOnly
from transcription.models import Speaker, Transcript, TranscriptEdit, Window


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
