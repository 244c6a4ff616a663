"""What was said, found by what it means: the passages nearest to a question.

Vectors know what words have in common and may miss names and numbers, so the passages in which all
words of the question were said count as well: both rankings are merged by reciprocal rank (Cormack,
Clarke, Büttcher, SIGIR 2009). To rank by some of the words as well made every kind of question
worse (docs/search.md). Distances are reckoned for every passage in sight, without an index: one
that is walked first and filtered by rights after would lose what a person may see among what they
may not.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import F, IntegerField, QuerySet
from django.db.models.functions import Cast, Floor
from pgvector.django import MaxInnerProduct

from meetings.models import Meeting
from transcription import registry, search
from transcription.models import Passage, Segment
from transcription.models.passages import SECONDS, PassageQuerySet

NEAR = 100
"""Passages that are ranked, and as many in which all of the words were said."""
SHOWN = 20
DAMPING = 60
"""The constant of reciprocal rank fusion, as in the paper."""

HALF_MINUTE = Cast(Floor(F("start") / SECONDS), IntegerField())

Place = tuple[int, int]
"""A transcript and one of its half minutes."""


@dataclass(frozen=True)
class Stretch:
    """Half a minute of a meeting, and what its transcript says there now."""

    meeting: Meeting
    passage: Passage
    segments: list[Segment]

    @property
    def start(self) -> float:
        """Seconds: where the first of its segments begins."""
        return self.segments[0].start

    @property
    def end(self) -> float:
        """Seconds: where the last of its segments ends."""
        return max(segment.end for segment in self.segments)


def is_on() -> bool:
    """Whether meanings are compared here; asked without loading a model."""
    return settings.EMBEDDER != registry.NO_EMBEDDER


def in_sight(user: Any) -> PassageQuerySet:
    """The passages that can be compared with a question, of what the person may see."""
    embedder = registry.embedder()
    if embedder is None:
        return Passage.objects.none()
    return Passage.objects.visible_to(user).filter(model=embedder.model)


def nearest(passages: QuerySet[Passage], question: str, most: int = SHOWN) -> list[Stretch]:
    """The ``most`` of ``passages`` that are nearest to the question, the nearest first."""
    by_meaning = _by_meaning(passages, question)
    with_all_words = _with_all_words(passages, question)
    candidates = {**by_meaning, **with_all_words}
    ranking = merged([list(by_meaning), [place for place in candidates if place in with_all_words]])
    segments = _segments_of(ranking[: 2 * most])
    found = [candidates[place] for place in ranking if segments.get(place)][:most]
    meetings = Meeting.objects.select_related("series", "recording").in_bulk(
        {passage.transcript.meeting_id for passage in found}
    )
    return [
        Stretch(
            meetings[passage.transcript.meeting_id],
            passage,
            segments[passage.transcript_id, passage.place],
        )
        for passage in found
    ]


def merged(rankings: Iterable[Sequence[Place]]) -> list[Place]:
    """One ranking of several: each gives what it has 1 / (60 + rank)."""
    scores: dict[Place, float] = defaultdict(float)
    for ranking in rankings:
        for rank, place in enumerate(ranking, start=1):
            scores[place] += 1 / (DAMPING + rank)
    return sorted(scores, key=lambda place: -scores[place])


def _by_meaning(passages: QuerySet[Passage], question: str) -> dict[Place, Passage]:
    embedder = registry.embedder()
    if embedder is None:
        return {}
    near = passages.order_by(MaxInnerProduct("vector", embedder.question(question)))
    return _placed(near[:NEAR])


def _placed(rows: QuerySet[Passage]) -> dict[Place, Passage]:
    light = rows.select_related("transcript").defer("vector")
    return {(row.transcript_id, row.place): row for row in light}


def _with_all_words(passages: QuerySet[Passage], question: str) -> dict[Place, Passage]:
    """Some passages in one segment of which all words of the question were said."""
    saying = search.saying(Segment.objects.order_by(), question)
    said = saying.filter(transcript__in=passages.values("transcript"))
    places = {
        (transcript, int(start // SECONDS))
        for transcript, start in said.values_list("transcript", "start")[:NEAR]
    }
    rows = passages.filter(
        transcript__in={transcript for transcript, _ in places},
        place__in={place for _, place in places},
    )
    return {place: row for place, row in _placed(rows).items() if place in places}


def _segments_of(places: Iterable[Place]) -> dict[Place, list[Any]]:
    """What was said in each place, in order."""
    wanted = set(places)
    rows = (
        Segment.objects.filter(transcript__in={transcript for transcript, _ in wanted})
        .annotate(half_minute=HALF_MINUTE)
        .filter(half_minute__in={place for _, place in wanted})
        .select_related("speaker")
        .defer("words", "speaker__embedding")
    )
    found: dict[Place, list[Any]] = defaultdict(list)
    for row in rows.order_by("start", "end", "pk"):
        if (place := (row.transcript_id, row.half_minute)) in wanted:
            found[place].append(row)
    return found
