"""What was said by whom, and what people made of it."""

from transcription.models.bookmarks import Bookmark
from transcription.models.edits import TranscriptEdit
from transcription.models.passages import Passage
from transcription.models.transcripts import Segment, Speaker, Transcript, Turn, Window
from transcription.models.voices import KnownVoice, VoiceRefusal, VoiceRule, VoiceSample

__all__ = [
    "Bookmark",
    "KnownVoice",
    "Passage",
    "Segment",
    "Speaker",
    "Transcript",
    "TranscriptEdit",
    "Turn",
    "VoiceRefusal",
    "VoiceRule",
    "VoiceSample",
    "Window",
]
