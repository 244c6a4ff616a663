"""Transcripts as files. Each format is a pure function of a transcript's document."""

from transcription.exports.formats import FORMATS, Format
from transcription.exports.options import Options, Times

__all__ = ["FORMATS", "Format", "Options", "Times"]
