"""SubRip and WebVTT (W3C, https://www.w3.org/TR/webvtt1/)."""

from transcription.exports.cues import Cue, cues
from transcription.exports.options import Document, Options, clock, nothing_said, speaker_names


def srt(document: Document, options: Options) -> str:
    """SubRip; a recording in which nothing was said has no cues."""
    prefixes = (
        {label: f"{name}:" for label, name in speaker_names(document).items()}
        if options.speakers
        else {}
    )
    blocks = []
    for number, cue in enumerate(cues(document["segments"], prefixes, line=options.line), start=1):
        text = _harmless("\n".join(cue.lines))
        blocks.append(f"{number}\n{_timing(cue, ',')}\n{text}\n")
    return "\n".join(blocks)


def vtt(document: Document, options: Options) -> str:
    """WebVTT with a voice span a cue; where nothing was said, a note says so."""
    names = speaker_names(document) if options.speakers else {}
    blocks = ["WEBVTT"]
    if not document["segments"]:
        blocks.append(f"NOTE {_harmless(nothing_said(document))}")
    for number, cue in enumerate(cues(document["segments"], line=options.line), start=1):
        name = names.get(cue.speaker or "")
        voice = f"<v {_voice(name)}>" if name else ""
        text = _escaped("\n".join(cue.lines))
        blocks.append(f"{number}\n{_timing(cue, '.')}\n{voice}{text}")
    return "\n\n".join(blocks) + "\n"


def _timing(cue: Cue, separator: str) -> str:
    return f"{clock(cue.start, separator)} --> {clock(cue.end, separator)}"


def _harmless(text: str) -> str:
    """Without the arrow that would be read as a timing."""
    return text.replace("-->", "→")


def _escaped(text: str) -> str:
    """WebVTT's escapes, which leave no arrow either."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _voice(name: str) -> str:
    """A name in a voice tag: escaped, on one line."""
    return _escaped(" ".join(name.split()))
