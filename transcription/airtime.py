"""How a recording's time is shared out: who talks, nobody, several at once. Pure.

docs/voices.md tells people how it is measured; what is written there is done here.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .engines.base import Span, Turn
from .stretches import Stretch, at_once, joined, length, without

MOST_SAMPLES = 3
SHORTEST_SAMPLE = 2.0
"""Seconds; shorter ones are taken only where a voice has no other."""
LONGEST_SAMPLE = 10.0
"""Seconds of a sample; of a longer stretch its beginning."""
PAUSE = 0.6
"""Seconds between two segments of a voice that do not end a sample."""


@dataclass(frozen=True)
class Said:
    """A segment: who says it (None: nobody known), whether it is in doubt or was dropped."""

    start: float
    end: float
    speaker: str | None
    is_doubtful: bool = False
    is_dropped: bool = False


@dataclass(frozen=True)
class VoiceTime:
    """What one voice says: seconds, from the first word to the last of each of its segments."""

    seconds: float
    segments: int
    first: float | None
    last: float | None


@dataclass(frozen=True)
class Airtime:
    """Seconds; ``overlap`` is None where nobody listened for turns."""

    duration: float
    voices: dict[str | None, VoiceTime]
    silence: float
    overlap: float | None


def measured(said: Sequence[Said], turns: Sequence[Turn], duration: float) -> Airtime:
    """The time of a recording of ``duration`` seconds (at least to the last segment)."""
    kept = [one for one in said if not one.is_dropped]
    dropped = joined((one.start, one.end) for one in said if one.is_dropped)
    heard = without(joined((turn.start, turn.end) for turn in turns), dropped)
    spoken = joined([*heard, *((one.start, one.end) for one in kept)])
    whole = max([duration, *(one.end for one in kept)])
    by_voice: dict[str | None, list[Said]] = defaultdict(list)
    for one in kept:
        by_voice[one.speaker].append(one)
    return Airtime(
        duration=whole,
        voices={voice: _time_of(segments) for voice, segments in by_voice.items()},
        silence=length(without([(0.0, whole)], spoken)),
        overlap=length(without(_crowd(turns), dropped)) if turns else None,
    )


def _time_of(segments: Sequence[Said]) -> VoiceTime:
    return VoiceTime(
        seconds=sum(one.end - one.start for one in segments),
        segments=len(segments),
        first=min(one.start for one in segments),
        last=max(one.end for one in segments),
    )


def _crowd(turns: Iterable[Turn]) -> list[Stretch]:
    """Where several voices were heard at once."""
    by_voice: dict[str, list[Stretch]] = defaultdict(list)
    for turn in turns:
        by_voice[turn.speaker].append((turn.start, turn.end))
    return at_once(by_voice.values())


def samples_of(said: Sequence[Said], turns: Sequence[Turn]) -> dict[str, list[Span]]:
    """For each voice up to three stretches in which it alone is heard well, rising.

    The longest without a doubt; where none lasts ``SHORTEST_SAMPLE``, the longest one there is.
    """
    kept = [one for one in said if not one.is_dropped]
    crowd = _crowd(turns)
    by_voice: dict[str, list[Said]] = defaultdict(list)
    for one in kept:
        if one.speaker is not None:
            by_voice[one.speaker].append(one)
    return {voice: _chosen(voice, mine, kept, crowd) for voice, mine in by_voice.items()}


def _chosen(
    voice: str, mine: Sequence[Said], everybody: Sequence[Said], crowd: Sequence[Stretch]
) -> list[Span]:
    others = [(one.start, one.end) for one in everybody if one.speaker != voice]
    taken = joined([*crowd, *others])
    sure = [one for one in mine if not one.is_doubtful] or mine
    alone = without(joined(((one.start, one.end) for one in sure), PAUSE), taken)
    longest = sorted(alone, key=lambda stretch: (stretch[0] - stretch[1], stretch[0]))
    long_enough = [one for one in longest if one[1] - one[0] >= SHORTEST_SAMPLE]
    chosen = sorted(long_enough[:MOST_SAMPLES] or longest[:1])
    return [Span(start, min(end, start + LONGEST_SAMPLE)) for start, end in chosen]
