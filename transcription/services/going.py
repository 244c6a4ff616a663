"""What transcripts have to do with a meeting that is deleted."""

from typing import Any

from django.utils.translation import ngettext

from meetings.models import Meeting
from meetings.services import traces
from meetings.signals import Part
from transcription.models import (
    Bookmark,
    KnownVoice,
    Segment,
    Speaker,
    Transcript,
    VoiceRefusal,
    VoiceSample,
)
from transcription.services import (
    voices,
)


def parts(meeting: Meeting, **rest: Any) -> list[Part]:
    """The words that go with the meeting."""
    current = Transcript.objects.current(meeting)
    if current is None:
        return []
    count = Segment.objects.filter(transcript=current).count()
    text = ngettext(
        "the transcript, %(n)s segment, with its history",
        "the transcript, %(n)s segments, with its history",
        count,
    )
    return [Part(text % {"n": count}), *_known_from(meeting)]


def _known_from(meeting: Meeting) -> list[Part]:
    """The voices that are known from this meeting alone."""
    elsewhere = VoiceSample.objects.exclude(speaker__transcript__meeting=meeting)
    known = KnownVoice.objects.filter(samples__speaker__transcript__meeting=meeting)
    count = known.exclude(pk__in=elsewhere.values("voice")).distinct().count()
    text = ngettext(
        "%(n)s known voice, remembered from it alone",
        "%(n)s known voices, remembered from it alone",
        count,
    )
    return [Part(text % {"n": count})] if count else []


def forget_voices(meeting: Meeting, **rest: Any) -> None:
    """With the recording go the embeddings of its voices; the words stay."""
    Speaker.everyone.filter(transcript__meeting=meeting).update(embedding=None)
    forget_samples(meeting)


def forget_samples(meeting: Meeting, **rest: Any) -> None:
    """What the workspace knows of voices from this meeting goes; from others it stays."""
    samples = VoiceSample.objects.filter(speaker__transcript__meeting=meeting)
    touched = set(samples.values_list("voice", flat=True))
    samples.delete()
    VoiceRefusal.objects.filter(speaker__transcript__meeting=meeting).delete()
    voices.made_anew(touched)


def hold(meeting: Meeting, **rest: Any) -> None:
    """Whoever is writing into a transcript is waited for; who comes later finds it gone."""
    held = Transcript.objects.select_for_update(of=("self",)).filter(meeting=meeting)
    list(held.order_by("pk").values_list("pk"))


def wipe(meeting: Meeting, **rest: Any) -> None:
    """Take words of segments and comments out of answers kept for requests sent twice."""
    mine = Segment.everything.filter(transcript__meeting=meeting)
    traces.wipe_answers_of("segment", mine)
    traces.wipe_answers_of("bookmark", Bookmark.objects.filter(meeting=meeting))
