"""A speaker's name comes into the drafts of the minutes."""

import pytest

from reports.models import Edit, Minutes, Statement
from tests.factories import MinutesFactory
from transcription.services import speakers

pytestmark = pytest.mark.django_db


@pytest.fixture
def minutes():
    made = MinutesFactory.create(statements=2)
    Statement.objects.filter(kind="action_item").update(
        text="Говорящий 2 готовит список, Говорящий 20 молчит.", assignee="Говорящий 2"
    )
    return made


def rename(minutes, user, name):
    speaker = minutes.transcript.speakers.get(label="S2")
    speakers.rename(speaker=speaker, by=user, name=name)


def task():
    return Statement.objects.get(kind="action_item")


def test_the_numbered_name_gives_way_in_any_language(minutes, user):
    rename(minutes, user, "Анна")
    row = task()
    assert (row.text, row.assignee) == ("Анна готовит список, Говорящий 20 молчит.", "Анна")
    assert row.revision == 2
    assert Edit.objects.get().by == user
    rename(minutes, user, "Ольга")
    assert task().assignee == "Ольга"


def test_a_mere_name_makes_nothing_stale(minutes, user):
    Statement.objects.filter(kind="action_item").delete()
    rename(minutes, user, "Анна")
    assert not Statement.objects.filter(stale=True).exists()


@pytest.mark.parametrize("state", ["in_review", "approved"])
def test_what_others_read_or_signed_stays(minutes, user, state):
    Minutes.objects.update(state=state)
    rename(minutes, user, "Анна")
    assert task().assignee == "Говорящий 2"
