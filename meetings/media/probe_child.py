"""Examines the foreign file on standard input and writes what it found as JSON.

Runs confined, by ``python -m``, in a process of its own; imports libav and, of the project, only
what its neighbours here need. Opens by allowlist, through the descriptor that it was given.
"""

import errno
import json
import os
import sys
import time
from typing import Any

import av

from meetings.media.extent import Extent, extent, is_short
from meetings.media.formats import DECODERS, DEMUXERS, PROTOCOL, refusal

HEAD = 1 << 20  # bytes looked at before libav sees the file
SCAN_SECONDS = 2.0  # time spent on finding out how long a recording is that does not say
OPTIONS = {
    "fd": "0",
    "protocol_whitelist": PROTOCOL,
    "format_whitelist": ",".join(DEMUXERS),
    "codec_whitelist": DECODERS,
}
TAGS = ("title", "date", "creation_time")
GUESSING = {"aac", "amr", "mp3"}  # containers whose duration libav guesses from the bit rate


def examine(most_tracks: int = 64) -> dict[str, Any]:
    """What the file on descriptor 0 is, or ``{"refused": reason, …facts}``."""
    size = os.fstat(0).st_size
    if not size:
        return {"refused": "empty_file"}
    if reason := refusal(os.pread(0, HEAD, 0)):
        return {"refused": reason}
    whole = extent(0, size)
    try:
        container = av.open(f"{PROTOCOL}:", options=OPTIONS, metadata_errors="replace")
    except av.FFmpegError as error:
        return {"refused": _why_closed(error, whole, size)}
    with container:
        if len(container.streams) > most_tracks:
            tracks = len(container.streams)
            return {"refused": "too_many_tracks", "tracks": tracks, "most": most_tracks}
        return _describe(container, whole, size)


def _why_closed(error: av.FFmpegError, whole: Extent, size: int) -> str:
    if error.errno == errno.ENOMEM:
        return "out_of_memory"
    if not whole.index or whole.declared > size:
        return "truncated"
    return "damaged" if whole.declared else "not_media"


def _describe(container: Any, whole: Extent, size: int) -> dict[str, Any]:
    duration = (container.duration or 0) / av.time_base
    declared = bool(duration) and container.format.name not in GUESSING
    if not declared:
        duration = _scan(container, size)
    elif whole.declared > size or container.format.name == "flac":
        readable, said = _what_is_left(container, whole, size, duration)
        if is_short(readable, said):
            return {"refused": "truncated:readable", "readable": readable, "declared": said}
    return {
        "container": container.format.name,
        "tracks": [
            _track(stream) for stream in container.streams if stream.type in {"audio", "video"}
        ],
        "tags": _tags(container),
        "duration": duration,
        "declared": declared,
    }


def _track(stream: Any) -> dict[str, Any]:
    context = stream.codec_context
    audio = stream.type == "audio"
    return {
        "index": stream.index,
        "kind": stream.type,
        "codec": context.codec.canonical_name if context else "",
        "decodable": bool(context) and context.codec.name in DECODERS.split(","),
        "channels": context.channels if audio and context else 0,
        "sample_rate": context.sample_rate if audio and context else 0,
        "default": bool(stream.disposition & av.stream.Disposition.default),
        "language": stream.metadata.get("language", "")[:64],
        "title": stream.metadata.get("title", "")[:4096],
    }


def _tags(container: Any) -> dict[str, str]:
    """The file's own tags, or those of its first sound track (Ogg keeps them there)."""
    tags: dict[str, str] = {}
    for owner in (container, *container.streams.audio[:1]):
        for name, text in owner.metadata.items():
            if name.lower() in TAGS:
                tags.setdefault(name.lower(), text[:4096])
    return tags


def _what_is_left(container: Any, whole: Extent, size: int, duration: float) -> tuple[float, float]:
    """Seconds of sound that are in a file that was cut off, and that it had when it was whole."""
    if container.format.name.startswith("mov") and container.streams.audio:
        audio = container.streams.audio[0]  # mp4's index knows the place of every packet
        ends = (e.timestamp for e in audio.index_entries if e.pos + e.size <= size)
        return float(max(ends, default=0) * audio.time_base), duration
    if container.format.name == "flac":  # its frames know their place and are found by halving
        container.seek(round(duration * av.time_base))
        return _scan(container, size), duration
    readable = _scan(container, size)
    return readable, max(duration, readable * whole.declared / size)


def _scan(container: Any, size: int) -> float:
    """Seconds, from the packets' own times; extrapolated where reading takes too long."""
    until = time.monotonic() + SCAN_SECONDS
    start, last, position = None, 0.0, 0
    try:
        for packet in container.demux():
            if packet.pts is None:
                continue
            ends = float((packet.pts + (packet.duration or 0)) * packet.time_base)
            start = ends if start is None else start
            last = max(last, ends)
            position = max(position, packet.pos or 0)
            if time.monotonic() > until and position:
                return last * size / position
    except av.FFmpegError:
        return last  # what was read up to the damage
    return last


if __name__ == "__main__":
    json.dump(examine(int(sys.argv[1])), sys.stdout)
