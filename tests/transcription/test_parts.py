"""A long transcript in pieces: its parts, its outline, and what is found in it."""

import pytest

from tests.bench.long_meeting import long_meeting
from tests.factories import SegmentFactory, TranscriptFactory
from transcription import parts
from transcription.models import Segment

pytestmark = pytest.mark.django_db


@pytest.fixture
def transcript():
    return TranscriptFactory.create(segments=0)


def say(transcript, count):
    rows = [
        SegmentFactory.build(transcript=transcript, start=float(n), end=n + 0.5)
        for n in range(count)
    ]
    return Segment.objects.bulk_create(rows)


def test_a_short_transcript_is_one_part(transcript):
    say(transcript, parts.WHOLE)
    part = parts.part_of(transcript, "7", is_editor=True)
    assert (part.number, part.count, len(part.segments)) == (1, 1, parts.WHOLE)


@pytest.mark.parametrize(
    ("told", "number"), [("", 1), ("2", 2), ("99", 3), ("0", 1), ("x", 1), ("9" * 40, 1)]
)
def test_a_long_one_is_shown_part_by_part(transcript, told, number):
    rows = say(transcript, 2 * parts.PART + 1)
    part = parts.part_of(transcript, told, is_editor=True)
    assert (part.number, part.count, part.total) == (number, 3, len(rows))
    assert part.segments == rows[(number - 1) * parts.PART : number * parts.PART]


def test_the_outline_has_every_segment_in_order_without_its_words(transcript):
    late = SegmentFactory.create(transcript=transcript, start=9.004, text="Да.", revision=3)
    early = SegmentFactory.create(transcript=transcript, start=1.0, flags=["loop"])
    outline = parts.outline_of(transcript, is_editor=True)
    assert outline["ids"] == [early.pk, late.pk]
    assert outline["starts"] == [100, 900]
    assert outline["letters"] == [len(early.text), 3]
    assert outline["revisions"] == [1, 3]
    assert outline["doubtful"] == [early.pk]
    assert outline["speakers"] == [0, 0]
    assert set(map(type, outline.values())) == {list}


def test_a_word_in_doubt_puts_its_segment_in_doubt(transcript):
    unsure, sure = say(transcript, 2)
    unsure.words[1]["confidence"] = parts.UNSURE - 0.01
    sure.words[1]["confidence"] = parts.UNSURE
    Segment.objects.bulk_update([unsure, sure], ["words"])
    assert parts.outline_of(transcript, is_editor=True)["doubtful"] == [unsure.pk]


def test_what_was_dropped_is_for_editors_and_in_no_doubt(transcript):
    SegmentFactory.create(transcript=transcript, flags=["loop"], is_dropped=True)
    outline = parts.outline_of(transcript, is_editor=True)
    assert outline["dropped"] == outline["ids"] != []
    assert outline["doubtful"] == []
    assert parts.outline_of(transcript, is_editor=False)["ids"] == []
    assert parts.part_of(transcript, "", is_editor=False).total == 0
    assert parts.segments_with(transcript, "выпуск", is_editor=False) == []


@pytest.mark.parametrize("words", ["ЗЕЛЁНЫЙ", "зеленый", "план  зелёный", "зелё"])
def test_words_are_found_whatever_their_case_and_their_ё(transcript, words):
    found = SegmentFactory.create(transcript=transcript, text="План зелёный.", start=50.0)
    say(transcript, 3)
    assert parts.segments_with(transcript, words, is_editor=False) == [found.pk]


def test_the_outline_of_five_hours_costs_two_queries(django_assert_num_queries):
    transcript = long_meeting(words=5000, seconds=1800, statements=0)
    with django_assert_num_queries(2):
        outline = parts.outline_of(transcript, is_editor=False)
    assert len({len(outline[name]) for name in ("ids", "starts", "ends", "letters")}) == 1
    assert sum(outline["letters"]) > 5000
