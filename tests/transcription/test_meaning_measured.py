"""How often the answer to a question is found, over all meetings that were made up for measuring.

``questions.toml`` was written by somebody who knew the meetings and not the search. The figures of
docs/search.md are those of ``python -m pytest -s`` of this file; the bounds lie a little below.
"""

import sys
import tomllib
from collections import defaultdict
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from tests.factories import JobFactory, MeetingFactory, TranscriptFactory
from tests.reports.meetings import every
from transcription import meaning, search
from transcription.models import Segment, Speaker
from transcription.services import passages

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

QUESTIONS = tomllib.loads(Path(__file__).with_name("questions.toml").read_text())["question"]
KINDS = ("paraphrase", "shared", "verbatim", "across")
DEPTHS = (1, 5, 20)
Ranking = Callable[[str], list[tuple[str, str]]]
"""A question → what was said in each place found (meeting, words), the best first."""


@pytest.fixture
def meetings(user):
    """All of them, with their passages."""
    for held in every():
        meeting = MeetingFactory(owner=user, title=held.name)
        transcript = TranscriptFactory(job=JobFactory(meeting=meeting, done=True), segments=0)
        voices = {
            key: Speaker(transcript=transcript, label=key, position=place, name=name)
            for place, (key, name) in enumerate(held.meeting.speakers.items())
        }
        Speaker.objects.bulk_create(voices.values())
        Segment.objects.bulk_create(
            Segment(
                transcript=transcript,
                speaker=voices[one.speaker],
                start=one.start,
                end=one.end,
                text=one.text,
                language=held.meeting.language,
            )
            for one in held.meeting.segments
        )
        passages.make(transcript_id=transcript.pk)


def by_words(user, question):
    """Segments with all of the words, newest meeting first, as the search by words has them."""
    found = search.saying(search.in_sight(user), question)
    found = found.order_by("-transcript__meeting__held_at", "start")
    return list(found.values_list("transcript__meeting__title", "text")[: max(DEPTHS)])


def by_meaning(user, question):
    found = meaning.nearest(meaning.in_sight(user), question)
    return [(one.meeting.title, " ".join(s.text for s in one.segments)) for one in found]


def by_vectors(user, question):
    """Without the words."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(meaning, "_with_all_words", lambda passages, question: {})
        return by_meaning(user, question)


def shares(ranking):
    """Of each kind of question, and of all, how many have their answer among the first so many."""
    hits = defaultdict(lambda: dict.fromkeys(DEPTHS, 0))
    for one in QUESTIONS:
        found = ranking(one["asked"])
        ranks = [
            rank
            for rank, (title, said) in enumerate(found, 1)
            if title == one["meeting"] and one["said"] in said
        ]
        for depth in DEPTHS:
            is_found = bool(ranks and ranks[0] <= depth)
            for kind in (one["kind"], "all"):
                hits[kind][depth] += is_found
    counts = {kind: sum(one["kind"] == kind for one in QUESTIONS) for kind in KINDS}
    counts["all"] = len(QUESTIONS)
    return {kind: {d: hits[kind][d] / counts[kind] for d in DEPTHS} for kind in counts}


def test_the_answer_is_found(meetings, user):
    ways = {"words": by_words, "vectors": by_vectors, "both": by_meaning}
    measured = {name: shares(partial(way, user)) for name, way in ways.items()}
    for name, rows in measured.items():
        for kind, row in rows.items():
            shown = " ".join(f"{row[depth]:.2f}" for depth in DEPTHS)
            sys.stdout.write(f"{name} {kind} {shown}\n")
    found = measured["both"]
    assert found["all"][20] >= 0.7 and found["all"][5] >= 0.48
    assert found["shared"][20] >= 0.9 and found["verbatim"][5] >= 0.9
    assert found["paraphrase"][20] >= 0.6
    assert all(found["all"][depth] >= measured["words"]["all"][depth] for depth in DEPTHS)
