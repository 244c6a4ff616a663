"""What an uploaded file is: container, tracks, duration, title and date; or why it is refused."""

import json
import logging
import math
import re
import signal
import sys
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from meetings.media import fork_server, sandbox
from meetings.media.errors import SENTENCES, UnreadableMedia, clock

logger = logging.getLogger(__name__)

LONGEST = 12 * 3600.0  # seconds
MOST_TRACKS = 64
LONGEST_TITLE = 200  # characters
CHILD = (sys.executable, "-B", "-E", "-s", "-m", "meetings.media.probe_child")
DATE = re.compile(r"(?:19[89]\d|20\d\d)(?:-\d\d(?:-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?)?)?)?")


@dataclass(frozen=True)
class Track:
    """A track of sound or pictures; ``index`` is its place among all streams of the file.

    ``codec`` is libavcodec's name, ``sample_rate`` in hertz, ``language`` as the file has it
    (ISO 639-2 mostly, may be empty). Pictures are never decodable here.
    """

    index: int
    kind: str
    codec: str
    channels: int
    sample_rate: int
    language: str = ""
    title: str = ""
    default: bool = False
    decodable: bool = True


@dataclass(frozen=True)
class Probe:
    """A file that can become a recording. ``duration`` in seconds, as well as can be told
    without decoding; ``title`` and ``date`` (ISO 8601, maybe only a year) are plain text from
    the file's tags and may be empty. ``declared``: the duration is what the file's header says.
    """

    container: str
    duration: float
    tracks: tuple[Track, ...]
    title: str = ""
    date: str = ""
    declared: bool = False


def probe(
    path: Path,
    *,
    timeout: float = 20,
    longest: float = LONGEST,
    most_tracks: int = MOST_TRACKS,
    at_once: bool = False,
) -> Probe:
    """Examines ``path`` in a confined process, by content and never by name.

    ``timeout`` and ``longest`` in seconds. ``at_once``: somebody waits for it, so the process forks
    from one that is kept ready (``meetings.media.fork_server``). Raises UnreadableMedia when the
    file is no recording that can be used, OSError when it cannot be opened at all.
    """
    ended = fork_server.examine(path, most_tracks, timeout) if at_once else None
    if ended is None:
        command = [*CHILD, str(most_tracks)]
        ended = sandbox.run(command, given=path, limits=fork_server.LIMITS, timeout=timeout)
    found = _said(ended)
    if reason := found.get("refused"):
        raise _refusal(str(reason), found)
    try:
        probed = _probe(found)
    except (KeyError, TypeError, ValueError, OverflowError):
        raise UnreadableMedia("damaged") from None
    if probed.duration > longest:
        raise UnreadableMedia("too_long", longest=clock(longest))
    choose_tracks(probed)
    return probed


def choose_tracks(probe: Probe) -> tuple[Track, ...]:
    """The sound tracks that are used; several are to be mixed.

    Only tracks that can be decoded count. Several mono tracks in one language are taken for
    one microphone each and are all used. Otherwise (one track, a film in two languages, a
    recorder that keeps a mix and its parts) it is the track marked as default, else the first.
    Raises UnreadableMedia: ``no_audio``, ``unsupported_codec``.
    """
    sound = [track for track in probe.tracks if track.kind == "audio"]
    if not sound:
        raise UnreadableMedia("no_audio")
    usable = [track for track in sound if track.decodable]
    if not usable:
        raise UnreadableMedia("unsupported_codec", codec=sound[0].codec or "?")
    languages = {track.language for track in usable} - {"", "und"}
    if len(languages) <= 1 and all(track.channels == 1 for track in usable):
        return tuple(usable)
    return (next((track for track in usable if track.default), usable[0]),)


def plain(text: str, longest: int) -> str:
    """``text`` as one line: no control, format, surrogate or private characters, composed,
    spaces collapsed, at most ``longest`` characters.
    """
    composed = unicodedata.normalize("NFC", text[: 8 * longest])
    kept = (
        " " if char.isspace() else char
        for char in composed
        if char.isspace() or not unicodedata.category(char).startswith("C")
    )
    return " ".join("".join(kept).split())[:longest].strip()


def _said(ended: sandbox.Finished) -> dict[str, Any]:
    """What the child wrote. It read a hostile file: its words are checked like any input."""
    if ended.timed_out or ended.returncode == -signal.SIGXCPU:
        raise UnreadableMedia("probe_timeout")
    if ended.returncode == -signal.SIGKILL:  # not by us: the kernel was short of memory
        raise UnreadableMedia("out_of_memory")
    try:
        found = json.loads(ended.stdout)
    except ValueError:
        found = None
    if ended.returncode or not isinstance(found, dict):
        logger.warning("probe ended with %s: %s", ended.returncode, plain(ended.stderr, 4000))
        raise UnreadableMedia("damaged")
    return found


def _refusal(reason: str, found: dict[str, Any]) -> UnreadableMedia:
    if reason == "truncated:readable":
        parts = {name: clock(_seconds(found.get(name))) for name in ("readable", "declared")}
        return UnreadableMedia(reason, **parts)
    if reason == "too_many_tracks":
        return UnreadableMedia(reason, tracks=int(found["tracks"]), most=int(found["most"]))
    return UnreadableMedia(reason if reason in SENTENCES else "damaged")


def _probe(found: dict[str, Any]) -> Probe:
    tags = {str(name): str(text) for name, text in dict(found["tags"]).items()}
    return Probe(
        container=plain(str(found["container"]), 50),
        duration=_seconds(found["duration"]),
        tracks=tuple(_track(track) for track in found["tracks"]),
        title=plain(tags.get("title", ""), LONGEST_TITLE),
        date=_date(tags.get("date", "")) or _date(tags.get("creation_time", "")),
        declared=bool(found["declared"]),
    )


def _track(found: dict[str, Any]) -> Track:
    return Track(
        index=int(found["index"]),
        kind="audio" if found["kind"] == "audio" else "video",
        codec=plain(str(found["codec"]), 32),
        channels=int(found["channels"]),
        sample_rate=int(found["sample_rate"]),
        language=plain(str(found["language"]), 16),
        title=plain(str(found["title"]), LONGEST_TITLE),
        default=bool(found["default"]),
        decodable=found["kind"] == "audio" and bool(found["decodable"]),
    )


def _seconds(value: object) -> float:
    seconds = float(str(value))
    if not math.isfinite(seconds) or seconds < 0:
        raise ValueError(value)
    return seconds


def _date(text: str) -> str:
    """The date that ``text`` starts with, or nothing; an unset clock (1904, 1970) is nothing."""
    match = DATE.match(plain(text, 64))
    return match[0].replace(" ", "T") if match else ""
