"""Minutes as documents: what topics carry, and what of the agenda was not reached."""

import pytest

from reports.documents.minutes import minutes_document
from reports.templatetags.minutes import missed_items, talk_shares
from tests.factories import (
    MinutesFactory,
    SectionFactory,
    SpeakerFactory,
    StatementFactory,
    TranscriptFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def minutes():
    transcript = TranscriptFactory(segments=0)
    notes = ["agenda_not_reached:2"]
    made = MinutesFactory.create(transcript=transcript, statements=0, notes=notes)
    made.meeting.agenda = ["Крыша", "Озеленение"]
    made.meeting.save()
    SpeakerFactory(transcript=made.transcript, label="S1", name="Игнат Седых")
    SpeakerFactory(transcript=made.transcript, label="S2", name="Тамара Цветкова")
    StatementFactory(
        section=SectionFactory(minutes=made, kind="topic"),
        kind="topic",
        duration=90.0,
        speakers=[{"speaker": "S1", "seconds": 60.0}, {"speaker": "S2", "seconds": 20.0}],
    )
    return made


def test_a_topic_tells_how_long_it_took_and_who_spoke_to_it(minutes):
    (topic,) = minutes_document(minutes)["sections"][0]["statements"]
    assert topic["duration"] == 90.0
    assert topic["speakers"] == [
        {"speaker": "S1", "seconds": 60.0, "share": 0.75},
        {"speaker": "S2", "seconds": 20.0, "share": 0.25},
    ]


def test_the_page_names_who_spoke(minutes):
    (topic,) = minutes.sections.get().statements.all()
    assert talk_shares(topic) == [
        {"name": "Игнат Седых", "percent": 75},
        {"name": "Тамара Цветкова", "percent": 25},
    ]


def test_items_that_were_not_reached_are_listed_with_their_titles(minutes):
    assert minutes_document(minutes)["not_reached"] == [{"number": 2, "title": "Озеленение"}]
    assert missed_items(minutes) == [{"number": 2, "title": "Озеленение"}]
