"""What was said by whom, and what people made of it."""

from transcription.models.edits import TranscriptEdit
from transcription.models.transcripts import Segment, Speaker, Transcript, Turn, Window

__all__ = ["Segment", "Speaker", "Transcript", "TranscriptEdit", "Turn", "Window"]
