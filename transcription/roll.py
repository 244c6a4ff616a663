"""The speakers of a transcript with what is known of each: how long they talk, what to hear."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from transcription.airtime import Airtime, Said, VoiceTime, measured, samples_of
from transcription.engines.base import Span, Turn
from transcription.models import KnownVoice, Segment, Speaker, Transcript

NOTHING = VoiceTime(0.0, 0, None, None)


@dataclass(frozen=True)
class Suggestion:
    """A known voice that a speaker without a name sounds like; ``similarity`` is the cosine."""

    voice: KnownVoice
    similarity: float


@dataclass(frozen=True)
class Row:
    """A voice; ``share`` is percent of the recording.

    The rest is for who may know: what it sounds like, as what it is remembered, if it could be.
    """

    speaker: Speaker
    time: VoiceTime
    share: float
    samples: list[Span]
    suggestion: Suggestion | None = None
    remembered: KnownVoice | None = None
    is_heard: bool = False


@dataclass(frozen=True)
class Roll:
    """All voices; ``unknown`` is what nobody known says, shares are percent of the recording."""

    transcript: Transcript
    airtime: Airtime
    rows: list[Row]
    unknown: VoiceTime | None
    knows_voices: bool = False
    """Whether the reader is asked about known voices."""

    @property
    def unknown_share(self) -> float:
        """Of what nobody known says."""
        return self._share(self.unknown.seconds if self.unknown else 0.0)

    @property
    def silence_share(self) -> float:
        """In which nobody is heard."""
        return self._share(self.airtime.silence)

    @property
    def overlap_share(self) -> float | None:
        """In which several are; None where it was not measured."""
        return None if self.airtime.overlap is None else self._share(self.airtime.overlap)

    def _share(self, seconds: float) -> float:
        return share_of(seconds, self.airtime.duration)


ORDERS: dict[str, Callable[[Row], Any]] = {
    "talk": lambda row: (-row.time.seconds, row.speaker.position),
    "first": lambda row: (row.time.first is None, row.time.first, row.speaker.position),
    "name": lambda row: (not row.speaker.name, row.speaker.name.casefold(), row.speaker.position),
}
"""By talk time, by who speaks first, by name with those that have none behind."""


def roll_of(transcript: Transcript, order: str = "talk") -> Roll:
    """Who speaks in ``transcript`` as it stands now, in three queries."""
    speakers = list(transcript.speakers.defer("embedding"))
    said = _said(transcript, {speaker.pk: speaker.label for speaker in speakers})
    turns = _turns(transcript)
    airtime, samples = measured(said, turns, transcript.duration), samples_of(said, turns)
    rows = [_row(speaker, airtime, samples) for speaker in speakers]
    rows.sort(key=ORDERS[order])
    return Roll(transcript, airtime, rows, airtime.voices.get(None))


def share_of(seconds: float, whole: float) -> float:
    """Percent, at most 100; 0 of nothing."""
    return min(100.0, 100 * seconds / whole) if whole else 0.0


def _row(speaker: Speaker, airtime: Airtime, samples: dict[str, list[Span]]) -> Row:
    time = airtime.voices.get(speaker.label, NOTHING)
    share = share_of(time.seconds, airtime.duration)
    return Row(speaker, time, share, samples.get(speaker.label, []))


def _said(transcript: Transcript, labels: dict[int, str]) -> list[Said]:
    rows = Segment.everything.filter(transcript=transcript, is_withdrawn=False)
    told = rows.order_by("start", "end", "pk").values_list(
        "start", "end", "speaker_id", "flags", "is_dropped"
    )
    return [
        Said(start, end, labels.get(speaker or 0), bool(flags), is_dropped)
        for start, end, speaker, flags, is_dropped in told
    ]


def _turns(transcript: Transcript) -> list[Turn]:
    """Who was heard when; a voice that was merged away is heard as whom it was merged with."""
    rows = transcript.turns.order_by("start", "end", "pk").values_list(
        "start", "end", "speaker__label", "speaker__merged_into__label"
    )
    return [Turn(start, end, heir or label) for start, end, label, heir in rows]
