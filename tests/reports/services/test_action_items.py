"""Action items over the versions of minutes: what stays, what goes, what people have said."""

from datetime import date

import pytest

from reports.models import ActionItem, Statement
from reports.services import action_items
from tests.factories import (
    CarriedItemFactory,
    EvidenceFactory,
    JobFactory,
    MeetingFactory,
    MinutesFactory,
    SectionFactory,
    StatementFactory,
    TranscriptFactory,
)

pytestmark = pytest.mark.django_db

REPORT = ("Анна подготовит отчёт по продажам.", "Анна", date(2026, 3, 20))
OFFER = ("Пётр пришлёт договор клиенту.", "Пётр", None)


@pytest.fixture
def transcript(user):
    job = JobFactory(meeting=MeetingFactory(owner=user), done=True)
    return TranscriptFactory(job=job)


def version(transcript, *told):
    """New minutes with these action items, each said in its own segment."""
    minutes = MinutesFactory(transcript=transcript, statements=0)
    section = SectionFactory(minutes=minutes)
    for place, (text, assignee, due) in enumerate(told):
        statement = StatementFactory(
            section=section, kind="action_item", text=text, assignee=assignee, due=due
        )
        EvidenceFactory(statement=statement, segment=transcript.segments.all()[place])
    action_items.sync(minutes=minutes)
    return minutes


def told_of(items):
    return {(item.text, item.assignee, item.due, item.state) for item in items}


def test_minutes_make_their_action_items(transcript, user):
    version(transcript, REPORT, OFFER)
    items = ActionItem.objects.visible_to(user)
    assert told_of(items) == {(*REPORT, "open"), (*OFFER, "open")}


def test_other_statements_are_no_action_items(transcript):
    minutes = MinutesFactory(transcript=transcript, statements=4)
    action_items.sync(minutes=minutes)
    kinds = ActionItem.objects.values_list("statement__kind", flat=True)
    assert set(kinds) == {Statement.Kind.ACTION_ITEM}


def test_an_item_keeps_its_state_over_versions_however_it_is_worded(transcript, user):
    version(transcript, REPORT, OFFER)
    item = ActionItem.objects.get(assignee="Анна")
    action_items.set_state(item=item, state="done", by=user)
    newer = version(transcript, ("Подготовить отчёт по продажам", "Анна", None), OFFER)
    kept = ActionItem.objects.get(pk=item.pk)
    assert (kept.state, kept.text, kept.due) == ("done", "Подготовить отчёт по продажам", None)
    assert kept.statement.section.minutes == newer
    assert ActionItem.objects.count() == 2


def test_the_same_words_for_another_person_are_another_item(transcript):
    version(transcript, ("Проверить смету.", "Анна", None))
    first = ActionItem.objects.get()
    version(transcript, ("Проверить смету.", "Пётр", None))
    assert ActionItem.objects.get().pk != first.pk


def test_what_the_newest_minutes_do_not_have_goes_unless_somebody_has_done_something(
    transcript, user
):
    said = [(f"Подготовить {what}.", "Анна", None) for what in ("смету", "договор", "список")]
    version(transcript, *said, OFFER)
    smeta, contract, _listed = ActionItem.objects.filter(assignee="Анна").order_by("created_at")
    action_items.set_state(item=smeta, state="done", by=user)
    CarriedItemFactory(item=contract)
    version(transcript)
    assert set(ActionItem.objects.all()) == {smeta, contract}


def test_older_minutes_change_nothing(transcript):
    older = version(transcript, REPORT)
    version(transcript, OFFER)
    action_items.sync(minutes=older)
    assert told_of(ActionItem.objects.all()) == {(*OFFER, "open")}


def test_syncing_twice_is_syncing_once(transcript):
    minutes = version(transcript, REPORT, OFFER)
    before = set(ActionItem.objects.values_list("pk", "text"))
    action_items.sync(minutes=minutes)
    assert set(ActionItem.objects.values_list("pk", "text")) == before


def test_what_a_person_set_is_left_alone_by_new_minutes(transcript, user):
    version(transcript, REPORT)
    item = ActionItem.objects.get()
    action_items.change(item=item, by=user, due=date(2026, 4, 1), assignee="Ольга")
    version(transcript, ("Анна подготовит отчёт по продажам за март.", "Анна", date(2026, 3, 20)))
    [item] = ActionItem.objects.all()
    assert (item.due, item.assignee) == (date(2026, 4, 1), "Ольга")
    assert item.text == "Анна подготовит отчёт по продажам за март."


def test_a_state_is_signed_and_saying_it_again_changes_nothing(transcript, user, stranger):
    version(transcript, REPORT)
    item = action_items.set_state(item=ActionItem.objects.get(), state="done", by=user)
    assert (item.state, item.changed_by) == ("done", user)
    again = action_items.set_state(item=item, state="done", by=stranger)
    assert (again.changed_by, again.changed_at) == (user, item.changed_at)


def test_an_item_goes_with_its_meeting(transcript):
    version(transcript, REPORT)
    transcript.meeting.delete()
    assert not ActionItem.objects.exists()
