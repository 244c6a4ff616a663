"""Sharing one meeting over the API: with people, by links; and moving it."""

import pytest
from django.contrib.auth.hashers import check_password

from accounts.acts import Act
from accounts.models import AuditEntry, Invitation, Membership, User
from accounts.services import invitations, workspaces
from meetings.models import Meeting, MeetingLink, MeetingShare
from tests.factories import (
    JobFactory,
    MeetingFactory,
    MembershipFactory,
    MinutesFactory,
    SeriesFactory,
    TranscriptFactory,
    WorkspaceFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(user):
    home = MembershipFactory(user=user, role="owner").workspace
    return MeetingFactory.create(workspace=home, series=SeriesFactory(workspace=home))


def lend(api, meeting, person, right="read"):
    return api.post(
        f"/api/v1/meetings/{meeting.pk}/shares/",
        {"email": person.email, "right": right},
        format="json",
    )


def test_a_person_sees_what_is_shared_with_them_and_nothing_beside_it(
    api, api_of, stranger, meeting
):
    MeetingFactory(workspace=meeting.workspace)
    assert lend(api, meeting, stranger).status_code == 201
    theirs = api_of(stranger)
    [seen] = theirs.get("/api/v1/meetings/").json()["results"]
    assert (seen["id"], seen["shared"]) == (str(meeting.pk), True)
    assert (seen["workspace"], seen["series"]) == (None, None)
    assert theirs.get(f"/api/v1/series/{meeting.series_id}/").status_code == 404
    assert theirs.get("/api/v1/series/").json()["results"] == []
    narrowed = theirs.get(f"/api/v1/meetings/?workspace={meeting.workspace_id}")
    assert narrowed.json()["results"] == []
    assert len(theirs.get("/api/v1/meetings/?shared=true").json()["results"]) == 1
    assert theirs.get("/api/v1/meetings/?shared=false").json()["results"] == []


def test_reading_is_not_changing(api, api_of, stranger, meeting):
    share = lend(api, meeting, stranger).json()
    theirs, address = api_of(stranger), f"/api/v1/meetings/{meeting.pk}/"
    assert theirs.patch(address, {"title": "x"}).json()["code"] == "read_only"
    one = f"{address}shares/{share['id']}/"
    assert api.patch(one, {"right": "edit"}, format="json").json()["right"] == "edit"
    assert theirs.patch(address, {"title": "x"}).status_code == 200
    for refused in (theirs.delete(address), lend(theirs, meeting, stranger)):
        assert (refused.status_code, refused.json()["code"]) == (403, "members_only")


def test_who_may_edit_one_meeting_can_neither_move_it_nor_put_it_into_a_series(
    api, api_of, stranger, meeting
):
    lend(api, meeting, stranger, "edit")
    own = stranger.workspaces.get(personal=True)
    for sent in ({"workspace": own.pk}, {"series": None}):
        answer = api_of(stranger).patch(f"/api/v1/meetings/{meeting.pk}/", sent, format="json")
        assert (answer.status_code, answer.json()["code"]) == (403, "members_only")
    assert Meeting.objects.get(pk=meeting.pk).series_id == meeting.series_id


def test_what_is_taken_back_is_gone_at_once(api, api_of, stranger, meeting):
    share = lend(api, meeting, stranger).json()
    assert api.delete(f"/api/v1/meetings/{meeting.pk}/shares/{share['id']}/").status_code == 204
    assert api_of(stranger).get(f"/api/v1/meetings/{meeting.pk}/").status_code == 404


def test_members_need_no_share(api, user, meeting):
    assert lend(api, meeting, user).json()["code"] == "already_member"


def test_who_has_no_account_is_let_in_as_soon_as_they_have_one(api, api_of, meeting):
    for right in ("read", "edit"):
        share = lend(api, meeting, User(email="New@example.org"), right).json()
    assert (share["email"], share["waiting"]) == ("new@example.org", True)
    [invitation] = Invitation.objects.open()
    newcomer = User.objects.create_user("new@example.org")
    invitations.accept(invitation=invitation, user=newcomer)
    theirs = api_of(newcomer)
    [seen] = theirs.get("/api/v1/meetings/").json()["results"]
    assert (seen["id"], seen["shared"]) == (str(meeting.pk), True)
    [share] = api.get(f"/api/v1/meetings/{meeting.pk}/shares/").json()
    assert (share["waiting"], share["right"]) == (False, "edit")
    noted = AuditEntry.objects.get(what=Act.MEETING_SHARE_CLAIMED)
    assert (noted.email, noted.object_id) == ("new@example.org", str(meeting.pk))


def test_another_address_that_was_proven_opens_what_waits_for_it(api, stranger, meeting):
    lend(api, meeting, User(email="new@example.org"))
    stranger.email = "new@example.org"
    stranger.save(update_fields=["email"])
    assert Meeting.objects.visible_to(stranger).get() == meeting


def test_what_was_taken_back_before_opens_nothing(api, meeting):
    share = lend(api, meeting, User(email="new@example.org")).json()
    assert api.delete(f"/api/v1/meetings/{meeting.pk}/shares/{share['id']}/").status_code == 204
    assert not Invitation.objects.open().exists()
    assert not Meeting.objects.visible_to(User.objects.create_user("new@example.org")).exists()


def test_an_invitation_stands_while_another_meeting_waits(api, meeting):
    other = MeetingFactory(workspace=meeting.workspace)
    person = User(email="new@example.org")
    first, _second = lend(api, meeting, person).json(), lend(api, other, person).json()
    api.delete(f"/api/v1/meetings/{meeting.pk}/shares/{first['id']}/")
    assert Invitation.objects.open().exists()


def test_who_is_shared_with_twice_has_the_later_right(api, stranger, meeting):
    lend(api, meeting, stranger)
    lend(api, meeting, stranger, "edit")
    assert MeetingShare.objects.get(meeting=meeting).right == "edit"


def test_whoever_leaves_the_workspace_keeps_none_of_its_meetings(api_of, stranger, meeting):
    member = MembershipFactory(workspace=meeting.workspace, user=stranger)
    MeetingShare.objects.create(meeting=meeting, user=stranger, right="read")
    elsewhere = MeetingShare.objects.create(meeting=MeetingFactory(), user=stranger, right="read")
    workspaces.remove(membership=member)
    assert list(MeetingShare.objects.filter(user=stranger)) == [elsewhere]
    assert api_of(stranger).get(f"/api/v1/meetings/{meeting.pk}/").status_code == 404


def test_the_members_are_not_told_to_who_edits_one_meeting(api, api_of, stranger, meeting):
    job = JobFactory(meeting=meeting, done=True)
    minutes = MinutesFactory(transcript=TranscriptFactory(job=job))
    lend(api, meeting, stranger, "edit")
    theirs, address = api_of(stranger), f"/api/v1/minutes/{minutes.pk}/"
    assert theirs.get(f"{address}review/").json()["candidates"] == []
    member = Membership.objects.filter(workspace=meeting.workspace).first().user_id
    asked = theirs.post(f"{address}review/", {"reviewers": [member]}, format="json")
    assert (asked.status_code, asked.json()["code"]) == (400, "unknown_reviewer")
    assert theirs.get(f"{address}mailings/").status_code == 403


@pytest.mark.parametrize("count", [1, 10])
def test_shared_meetings_cost_no_queries_of_their_own(
    api_of, stranger, count, django_assert_num_queries
):
    for _ in range(count):
        MeetingShare.objects.create(meeting=MeetingFactory(), user=stranger, right="read")
    theirs = api_of(stranger)
    with django_assert_num_queries(5):  # session, person, meetings, jobs, own workspaces
        assert len(theirs.get("/api/v1/meetings/").json()["results"]) == count


def test_a_link_keeps_no_secret(api, meeting):
    made = api.post(
        f"/api/v1/meetings/{meeting.pk}/links/", {"days": 3, "password": "тайна"}, format="json"
    )
    assert (made.status_code, made["Cache-Control"]) == (201, "no-store")
    token = made.json()["url"].rstrip("/").rpartition("/")[2]
    link = MeetingLink.objects.get(meeting=meeting)
    assert link.digest == MeetingLink.digest_of(token)
    assert token not in link.digest
    assert check_password("тайна", link.password)
    [listed] = api.get(f"/api/v1/meetings/{meeting.pk}/links/").json()
    assert "url" not in listed
    assert (listed["has_password"], listed["may_download"]) == (True, False)


@pytest.mark.parametrize("sent", [{"days": 0}, {"days": 366}, {"password": "x" * 129}])
def test_the_limits_of_a_link_are_told(api, meeting, sent):
    answer = api.post(f"/api/v1/meetings/{meeting.pk}/links/", sent, format="json")
    assert (answer.status_code, list(answer.json()["errors"])) == (400, list(sent))


def test_a_revoked_link_is_over(api, client, meeting):
    made = api.post(f"/api/v1/meetings/{meeting.pk}/links/", {}, format="json").json()
    path = made["url"].partition("//")[2].partition("/")[2]
    assert client.get(f"/{path}").status_code == 200
    assert api.delete(f"/api/v1/meetings/{meeting.pk}/links/{made['id']}/").status_code == 204
    assert client.get(f"/{path}").status_code == 404
    [listed] = api.get(f"/api/v1/meetings/{meeting.pk}/links/").json()
    assert listed["is_over"]


def test_an_editor_of_both_moves_a_meeting_out_of_its_series(api, user, meeting):
    other = MembershipFactory(user=user, role="editor").workspace
    answer = api.patch(f"/api/v1/meetings/{meeting.pk}/", {"workspace": other.pk}, format="json")
    assert (answer.status_code, answer.json()["workspace"], answer.json()["series"]) == (
        200,
        other.pk,
        None,
    )


@pytest.mark.parametrize("role", ["viewer", None])
def test_nobody_moves_a_meeting_to_where_they_add_none(api, user, meeting, role):
    other = WorkspaceFactory()
    if role:
        MembershipFactory(user=user, workspace=other, role=role)
    answer = api.patch(f"/api/v1/meetings/{meeting.pk}/", {"workspace": other.pk}, format="json")
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["workspace"])
    assert Meeting.objects.get(pk=meeting.pk).workspace_id == meeting.workspace_id
