"""Who spoke how long."""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, OuterRef, Q, Subquery, Sum

from transcription.models import Speaker, Transcript


@dataclass(frozen=True)
class Talk:
    """A speaker's part of a meeting: seconds; ``share`` and ``offset`` in percent of the talk."""

    speaker: Speaker
    seconds: float
    share: float
    offset: float


def talk_of(meetings: Iterable[uuid.UUID]) -> dict[uuid.UUID, list[Talk]]:
    """Talk time in the current transcript of each meeting, speakers in order, in one query."""
    current = Transcript.objects.filter(meeting=OuterRef("transcript__meeting")).order_by(
        "-complete", "-job__number"
    )
    speakers = (
        Speaker.objects.filter(transcript__meeting__in=list(meetings))
        .filter(transcript=Subquery(current.values("pk")[:1]))
        .annotate(
            meeting=F("transcript__meeting"),
            seconds=Sum(
                F("segments__end") - F("segments__start"),
                filter=Q(segments__is_withdrawn=False, segments__is_dropped=False),
                default=0.0,
            ),
        )
        .defer("embedding")
        .order_by("transcript", "position")
    )
    by_meeting: dict[uuid.UUID, list[Any]] = defaultdict(list)
    for speaker in speakers:
        by_meeting[speaker.meeting].append(speaker)
    return {meeting: _shares(found) for meeting, found in by_meeting.items()}


def _shares(speakers: list[Any]) -> list[Talk]:
    total = sum(speaker.seconds for speaker in speakers)
    talks, offset = [], 0.0
    for speaker in speakers:
        share = 100 * speaker.seconds / total if total else 0.0
        talks.append(Talk(speaker, speaker.seconds, share, offset))
        offset += share
    return talks
