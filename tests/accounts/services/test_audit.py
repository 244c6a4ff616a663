"""The audit log: who, what, from where; written once, kept by the database."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import Error, connection, transaction
from django.test import RequestFactory
from django.utils import timezone

from accounts import acting
from accounts.acts import Act
from accounts.models import ApiKey, AuditEntry, NeverChanged
from accounts.services import api_keys, audit, housekeeping
from tests.factories import MeetingFactory, WorkspaceFactory

pytestmark = pytest.mark.django_db

TABLE = "accounts_auditentry"


@pytest.fixture
def asked():
    """A request of a person, by default of nobody."""

    def make(user=None, **attributes):
        request = RequestFactory().get(
            "/", REMOTE_ADDR="192.0.2.7", headers={"User-Agent": "Firefox/140"}
        )
        request.user = user or AnonymousUser()
        for name, value in attributes.items():
            setattr(request, name, value)
        return request

    return make


def test_it_says_who_did_what_to_what_and_from_where(user, asked):
    meeting = MeetingFactory(owner=user)
    with acting.answering(asked(user)):
        audit.record(Act.MEETING_DELETED, of=meeting, count=3)
    entry = AuditEntry.objects.get()
    assert (entry.kind, entry.user_id, entry.email) == ("person", user.pk, user.email)
    assert (entry.object_type, entry.object_id) == ("meeting", str(meeting.pk))
    assert (entry.object_title, entry.workspace_id) == (meeting.title, meeting.workspace_id)
    assert (entry.address, entry.agent) == ("192.0.2.7", "Firefox/140")
    assert entry.details == {"count": 3}


def test_a_key_a_link_nobody_and_the_system_are_told_apart(user, asked):
    api_keys.create(user=user, name="import")
    key = ApiKey.objects.get()
    came = asked()
    acting.came_by_link(came, "#7")
    for request in (asked(user, auth=key), came, asked(), None):
        audit.record(Act.MEETING_SEEN, request=request)
    told = AuditEntry.objects.filter(what="meeting.seen").order_by("pk")
    assert [(entry.kind, entry.via) for entry in told] == [
        ("key", f"import ({key.prefix}…)"),
        ("link", "#7"),
        ("anonymous", ""),
        ("system", ""),
    ]


def test_what_is_noted_hourly_is_there_once_for_each_caller_object_and_hour(
    user, stranger, asked, time_machine
):
    first, second = MeetingFactory(owner=user), MeetingFactory(owner=user)
    time_machine.move_to("2026-11-22T10:05:00Z", tick=False)
    for meeting in (first, first, second):
        for person in (user, stranger, user):
            audit.record(Act.MEETING_SEEN, of=meeting, request=asked(person), hourly=True)
    assert AuditEntry.objects.count() == 4
    time_machine.move_to("2026-11-22T11:00:00Z", tick=False)
    audit.record(Act.MEETING_SEEN, of=first, request=asked(user), hourly=True)
    assert AuditEntry.objects.count() == 5


def test_it_outlives_the_person_the_meeting_and_the_workspace(user, asked):
    home = WorkspaceFactory(name="Bureau")
    meeting = MeetingFactory(workspace=home, title="Board")
    audit.record(Act.MEETING_SEEN, of=meeting, request=asked(user))
    email = user.email
    home.delete()
    user.delete()
    entry = AuditEntry.objects.get(what="meeting.seen")
    assert (entry.email, entry.object_title) == (email, "Board")


def test_it_goes_with_the_transaction_of_the_deed(user):
    with transaction.atomic():
        audit.record(Act.ACCOUNT_CHANGED, of=user)
        transaction.set_rollback(True)
    assert not AuditEntry.objects.exists()


def test_what_somebody_typed_cannot_break_it(asked):
    typed = "a\0b\n" * 500
    audit.record(Act.ACCOUNT_SIGN_IN_FAILED, request=asked(), email=typed, told=typed, many=[typed])
    entry = AuditEntry.objects.get()
    assert len(entry.email) <= 254
    assert "\0" not in f"{entry.email}{entry.details}"


@pytest.fixture
def entry(user):
    audit.record(Act.ACCOUNT_CHANGED, of=user)
    return AuditEntry.objects.get()


def test_no_code_of_ours_changes_an_entry(entry):
    for act in (
        entry.save,
        entry.delete,
        AuditEntry.objects.all().delete,
        lambda: AuditEntry.objects.update(what="x"),
        lambda: AuditEntry.objects.bulk_update([entry], ["what"]),
    ):
        with pytest.raises(NeverChanged):
            act()


@pytest.mark.parametrize(
    "sql",
    [
        f"UPDATE {TABLE} SET what = 'x'",
        f"DELETE FROM {TABLE}",
        f"SET LOCAL protokol.audit_forgets = 'on'; DELETE FROM {TABLE}",
        f"SET LOCAL protokol.audit_forgets = 'on'; UPDATE {TABLE} SET what = 'x'",
        f"TRUNCATE {TABLE}",
    ],
)
def test_the_database_refuses_what_would_change_one(entry, sql):
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {TABLE} ENABLE TRIGGER ALL")
        with pytest.raises(Error, match="never changed"), transaction.atomic():
            cursor.execute(sql)
    kept = AuditEntry.objects.get()
    assert (kept.pk, kept.what) == (entry.pk, "account.changed")


def aged(days):
    return AuditEntry.objects.create(
        kind="system", what="x", created_at=timezone.now() - timedelta(days=days)
    )


def test_only_what_is_older_than_the_setting_is_forgotten(settings):
    settings.AUDIT_DAYS = 100
    aged(101)
    young = aged(99)
    housekeeping.forget()
    assert AuditEntry.objects.get() == young


def test_with_0_days_nothing_is_forgotten_and_nothing_of_30_days_in_any_case(settings):
    aged(5000), aged(29)
    settings.AUDIT_DAYS = 0
    housekeeping.forget()
    assert AuditEntry.objects.count() == 2
    settings.AUDIT_DAYS = 1
    housekeeping.forget()
    assert AuditEntry.objects.count() == 1
    with pytest.raises(Error, match="never changed"), transaction.atomic():
        connection.cursor().execute(f"DELETE FROM {TABLE}")
