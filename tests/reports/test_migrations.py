"""Minutes that were there before action items were get theirs."""

import importlib

import pytest
from django.apps import apps
from django.db import connection

from reports.models import ActionItem
from tests.factories import MinutesFactory

pytestmark = pytest.mark.django_db

fill = importlib.import_module("reports.migrations.0007_action_items_of_earlier_minutes").fill


def test_the_newest_minutes_of_each_meeting_give_action_items_once():
    older = MinutesFactory(statements=4)
    newest = MinutesFactory(transcript=older.transcript, statements=2)
    with connection.schema_editor() as editor:
        fill(apps, editor)
        fill(apps, editor)
    [item] = ActionItem.objects.all()
    assert item.statement.section.minutes == newest
    assert (item.meeting, item.text) == (newest.meeting, item.statement.text)
