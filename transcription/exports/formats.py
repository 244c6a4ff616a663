"""The formats by name."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass

from transcription.exports import subtitles, texts
from transcription.exports.options import Document, Options


@dataclass(frozen=True)
class Format:
    """``write`` makes the whole file, as text in UTF-8."""

    content_type: str
    write: Callable[[Document, Options], str]


def as_json(document: Document, options: Options) -> str:
    """The transcript as the API gives it."""
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


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
    "json": Format("application/json", as_json),
    "md": Format("text/markdown", texts.md),
    "rttm": Format("text/plain", rttm),
}
