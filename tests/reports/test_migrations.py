"""What migrations make of the rows that were there before."""

import importlib

import pytest
from django.apps import apps
from django.db import connection

from reports.models import ActionItem, LlmCall
from tests.factories import MinutesFactory, WorkspaceFactory

pytestmark = pytest.mark.django_db

fill = importlib.import_module("reports.migrations.0007_action_items_of_earlier_minutes").fill
wipe = importlib.import_module("reports.migrations.0015_answers_said").wipe


def test_the_newest_minutes_of_each_meeting_give_action_items_once():
    older = MinutesFactory(statements=4)
    newest = MinutesFactory(transcript=older.transcript, statements=2)
    with connection.schema_editor() as editor:
        fill(apps, editor)
        fill(apps, editor)
    [item] = ActionItem.objects.all()
    assert item.statement.section.minutes == newest
    assert (item.meeting, item.text) == (newest.meeting, item.statement.text)


def test_what_was_said_about_questions_is_wiped_and_about_minutes_is_not():
    for purpose in ("answer", "read"):
        LlmCall.objects.create(
            workspace=WorkspaceFactory(), purpose=purpose, said=purpose, seconds=1.0
        )
    with connection.schema_editor() as editor:
        wipe(apps, editor)
    assert set(LlmCall.objects.values_list("purpose", "said")) == {("answer", ""), ("read", "read")}
