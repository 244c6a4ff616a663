"""The formats by name."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass

from transcription.exports import subtitles, texts
from transcription.exports.doubts import marked
from transcription.exports.options import Document, Options


@dataclass(frozen=True)
class Format:
    """``write`` makes the whole file, as text in UTF-8."""

    content_type: str
    made: Callable[[Document, Options], str]
    has_words: bool = True
    """Whether people read its words, and doubts about them can be marked."""

    def write(self, document: Document, options: Options) -> str:
        """The file, with doubts marked where that is asked for and can be read."""
        read = marked(document) if options.marks and self.has_words else document
        return self.made(read, options)


def as_json(document: Document, options: Options) -> str:
    """The transcript as the API gives it; without its words if they are not asked for."""
    told = document if options.words else _without_words(document)
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _without_words(document: Document) -> Document:
    segments = [
        {name: value for name, value in segment.items() if name != "words"}
        for segment in document["segments"]
    ]
    return {**document, "segments": segments}


def rttm(document: Document, options: Options) -> str:
    """Rich Transcription Time Marked (NIST RT-09 evaluation plan): a line a segment, seconds.

    Names hold no spaces, so speakers stand with their labels.
    """
    recording = re.sub(r"\s+", "_", options.recording.strip()) or "recording"
    return "".join(
        f"SPEAKER {recording} 1 {segment['start']:.3f} {segment['end'] - segment['start']:.3f} "
        f"<NA> <NA> {segment['speaker'] or 'UNKNOWN'} <NA> <NA>\n"
        for segment in document["segments"]
    )


FORMATS = {
    "txt": Format("text/plain", texts.txt),
    "srt": Format("application/x-subrip", subtitles.srt),
    "vtt": Format("text/vtt", subtitles.vtt),
    "json": Format("application/json", as_json, has_words=False),
    "md": Format("text/markdown", texts.md),
    "rttm": Format("text/plain", rttm, has_words=False),
}
