"""What happens with accounts, and in the administration, comes into the audit log."""

import pytest
from django.conf import settings
from django.urls import reverse

from accounts.acts import Act
from accounts.audit_receivers import KEPT
from accounts.events import Event
from accounts.models import AuditEntry, Membership, User
from accounts.services import api_keys, invitations, two_steps, workspaces
from tests.accounts.conftest import PASSWORD
from tests.factories import MembershipFactory, SeriesFactory, UserFactory

pytestmark = pytest.mark.django_db


def entries(*fields):
    return list(AuditEntry.objects.order_by("pk").values_list(*fields))


def test_every_event_of_accounts_is_kept_or_written_by_its_service():
    assert set(Event) - set(KEPT) == {Event.INVITED}


def test_signing_in_and_out_is_told_of_the_account(client, anna):
    client.post(
        reverse("accounts:sign-in"),
        {"username": anna.email, "password": PASSWORD},
        REMOTE_ADDR="192.0.2.7",
    )
    client.post(reverse("accounts:sign-out"), REMOTE_ADDR="192.0.2.7")
    assert entries("what", "kind", "user_id", "object_id", "address") == [
        ("account.signed_in", "person", anna.pk, str(anna.pk), "192.0.2.7"),
        ("account.signed_out", "person", anna.pk, str(anna.pk), "192.0.2.7"),
    ]


def test_who_fails_is_nobody_known_and_the_account_is_told_of(client, anna):
    for typed in (anna.email.upper(), "nobody@example.org", "no\0body"):
        client.post(reverse("accounts:sign-in"), {"username": typed, "password": "wrong"})
    found = entries("what", "kind", "user_id", "object_id")
    assert found[:2] == [
        ("account.sign_in_failed", "anonymous", None, str(anna.pk)),
        ("account.sign_in_failed", "anonymous", None, ""),
    ]
    assert PASSWORD not in str(entries("details"))


def test_a_program_that_signs_in_by_token_is_told_of(client, anna):
    body = {"email": anna.email, "password": PASSWORD}
    client.post("/api/v1/auth/token/", body, content_type="application/json")
    client.post("/api/v1/auth/logout/", {}, content_type="application/json")
    assert entries("what", "user_id") == [
        ("account.signed_in", anna.pk),
        ("account.signed_out", anna.pk),
    ]


def test_a_key_is_named_and_never_shown(client, anna):
    client.force_login(anna)
    answer = client.post(
        "/api/v1/api-keys/", {"name": "import", "scope": "read"}, content_type="application/json"
    )
    entry = AuditEntry.objects.get(what="key.created")
    assert entry.details["name"] == "import"
    assert answer.json()["key"] not in str(entry.__dict__)
    assert (entry.user_id, entry.object_id) == (anna.pk, str(anna.pk))


def test_what_is_done_at_the_terminal_the_system_did(anna):
    api_keys.create(user=anna, name="cron")
    assert entries("what", "kind", "object_id") == [("key.created", "system", str(anna.pk))]


def test_members_and_invitations_stand_in_the_log_of_the_workspace(client, anna):
    boris = UserFactory.create()
    home = workspaces.create(name="Bureau", by=anna)
    link = invitations.invite(email=boris.email, by=anna, workspace=home, role="viewer")
    client.force_login(boris)
    client.post(link.removeprefix(settings.PUBLIC_URL))
    membership = Membership.objects.get(workspace=home, user=boris)
    workspaces.change_role(membership=membership, role="editor")
    workspaces.remove(membership=membership)
    assert [what for (what,) in entries("what") if not what.startswith("account")] == [
        "workspace.created",
        "invitation.sent",
        "invitation.accepted",
        "member.role_changed",
        "member.removed",
    ]
    told = AuditEntry.objects.exclude(what__startswith="account").values_list("workspace_id")
    assert set(told) == {(home.pk,)}
    assert link.split("/")[-2] not in str(entries("details", "object_title"))


@pytest.fixture
def operator(client):
    person = User.objects.create_superuser("operator@example.org")
    client.force_login(person)
    return client


def test_what_an_operator_changes_is_told_by_fields_not_values(operator):
    series = SeriesFactory.create(name="Weekly")
    operator.post(
        reverse("admin:meetings_series_change", args=[series.pk]),
        {"workspace": series.workspace_id, "name": "Monthly", "agenda": "[]", "participants": "[]"},
    )
    entry = AuditEntry.objects.get(what=Act.ADMIN_CHANGED)
    assert (entry.email, entry.object_type) == ("operator@example.org", "series")
    assert entry.workspace_id == series.workspace_id
    assert entry.details["fields"]


@pytest.mark.parametrize("count", [1, 3])
def test_what_an_operator_deletes_is_told_one_by_one(operator, count):
    rows = SeriesFactory.create_batch(count)
    operator.post(
        reverse("admin:meetings_series_changelist"),
        {
            "action": "delete_selected",
            "_selected_action": [row.pk for row in rows],
            "post": "yes",
        },
    )
    told = AuditEntry.objects.filter(what=Act.ADMIN_DELETED).values_list("object_id", flat=True)
    assert sorted(told) == sorted(str(row.pk) for row in rows)


def test_an_operator_who_is_asked_first_has_deleted_nothing(operator):
    rows = SeriesFactory.create_batch(2)
    chosen = {"action": "delete_selected", "_selected_action": [row.pk for row in rows]}
    operator.post(reverse("admin:meetings_series_changelist"), chosen)
    assert not AuditEntry.objects.filter(what=Act.ADMIN_DELETED).exists()


def test_two_steps_taken_away_are_the_operators_deed(operator, anna):
    from_admin = {"action": "sign_out", "_selected_action": [anna.pk]}
    operator.post(reverse("admin:accounts_user_changelist"), from_admin)
    entry = AuditEntry.objects.get(what="account.session_ended")
    assert (entry.email, entry.object_id) == ("operator@example.org", str(anna.pk))
    assert not two_steps.take_away(user=anna)


def test_the_log_is_looked_at_with_a_permission_and_searched(operator, anna):
    MembershipFactory.create(user=anna)
    workspaces.create(name="Bureau", by=anna)
    page = reverse("admin:accounts_auditentry_changelist")
    assert "Bureau" in operator.get(page, {"q": "Bureau"}).content.decode()
    assert "Bureau" not in operator.get(page, {"what": "meeting.seen"}).content.decode()
    anna.is_staff = True
    anna.save()
    operator.force_login(anna)
    assert operator.get(page).status_code == 403
