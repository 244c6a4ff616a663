"""Notes and reasons of the minutes in words."""

import pytest

from reports import grounding
from reports.models import Minutes
from reports.templatetags.minutes import head_notes, note_label, reason_label

REASONS = [
    value
    for name, value in vars(grounding).items()
    if name.isupper()
    and not name.startswith("_")
    and isinstance(value, str)
    and value not in (grounding.SUPPORTED, grounding.UNVERIFIED)
]


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_of_the_checker_has_words(reason):
    assert reason_label(reason) != reason.replace("_", " ")


def test_agenda_items_that_were_not_reached_are_named():
    assert note_label("agenda_not_reached:2,3").endswith("2, 3")


def test_the_head_leaves_items_that_were_not_reached_to_the_topics():
    notes = ["agenda_not_reached:2,3", "empty_transcript"]
    assert head_notes(Minutes(notes=notes)) == [note_label("empty_transcript")]
