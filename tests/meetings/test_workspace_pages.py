"""The pages of workspaces, and what the list and the meeting show of sharing."""

import pytest

from accounts.models import Membership, Workspace
from meetings.models import Meeting, MeetingLink, MeetingShare
from tests.factories import MeetingFactory, MembershipFactory, SeriesFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def team(user):
    return MembershipFactory(user=user, role="owner", workspace__name="Совет").workspace


@pytest.fixture
def meeting(team):
    return MeetingFactory.create(workspace=team, title="Планёрка")


def test_a_workspace_is_made_named_and_deleted_on_pages(browser):
    browser.post("/workspaces/", {"name": "Правление"})
    made = Workspace.objects.get(name="Правление")
    browser.post(f"/workspaces/{made.pk}/", {"name": "Совет"})
    assert "Совет" in browser.get("/workspaces/").content.decode()
    assert browser.post(f"/workspaces/{made.pk}/delete/").url == "/workspaces/"
    assert not Workspace.objects.filter(pk=made.pk).exists()


def test_members_are_let_in_changed_and_removed_on_the_page(browser, team, stranger):
    page = f"/workspaces/{team.pk}/"
    browser.post(f"{page}members/", {"email": stranger.email, "role": "viewer"})
    assert stranger.email in browser.get(page).content.decode()
    browser.post(f"{page}members/{stranger.pk}/role/", {"role": "editor"})
    assert Membership.objects.get(workspace=team, user=stranger).role == "editor"
    browser.post(f"{page}members/{stranger.pk}/remove/")
    assert stranger.email not in browser.get(page).content.decode()


@pytest.mark.parametrize(
    ("path", "sent", "told"),
    [
        ("members/", {"email": "nobody", "role": "viewer"}, "Write the e-mail address"),
        ("delete/", {}, "There are meetings in this workspace"),
    ],
)
def test_why_something_was_not_done_is_told(browser, team, meeting, path, sent, told):
    response = browser.post(f"/workspaces/{team.pk}/{path}", sent, follow=True)
    assert told in response.content.decode()


def test_who_has_no_account_is_invited_shown_and_taken_back(browser, team):
    page = f"/workspaces/{team.pk}/"
    sent = {"email": "New@example.org", "role": "editor"}
    for _twice in range(2):
        told = browser.post(f"{page}members/", sent, follow=True).content.decode()
    assert "An invitation is on its way" in told and "new@example.org" in told
    [invitation] = team.invitations.all()
    browser.post(f"{page}invitations/{invitation.pk}/revoke/")
    assert "new@example.org" not in browser.get(page).content.decode()


def test_the_last_owner_is_told_to_stay(browser, user, team):
    response = browser.post(f"/workspaces/{team.pk}/members/{user.pk}/remove/", follow=True)
    assert "A workspace needs an owner" in response.content.decode()


def test_viewers_are_shown_no_tools(browser, user):
    home = MembershipFactory(user=user, role="viewer").workspace
    page = browser.get(f"/workspaces/{home.pk}/").content.decode()
    assert "members__add" not in page
    assert "Leave" in page


def test_the_list_is_narrowed_to_a_workspace_or_to_what_is_shared(browser, user, team, meeting):
    MeetingFactory(owner=user, title="Своё")
    lent = MeetingFactory(title="Чужое", series=None)
    MeetingShare.objects.create(meeting=lent, user=user, right="read")
    shown = {
        choice: [
            title
            for title in ("Планёрка", "Своё", "Чужое")
            if title in browser.get(f"/?in={choice}").content.decode()
        ]
        for choice in ("", team.pk, "shared", lent.workspace_id, "x")
    }
    assert shown[""] == ["Планёрка", "Своё", "Чужое"]
    assert shown[team.pk] == ["Планёрка"]
    assert shown["shared"] == ["Чужое"]
    assert shown[lent.workspace_id] == []


def test_what_is_shared_is_marked_and_tells_nothing_of_its_home(browser, user, team):
    home = MembershipFactory(workspace__name="Геликон").workspace
    lent = MeetingFactory(workspace=home, series=SeriesFactory(workspace=home, name="Геликон-2"))
    MeetingShare.objects.create(meeting=lent, user=user, right="edit")
    for address in ("/", f"/meetings/{lent.pk}/"):
        page = browser.get(address).content.decode()
        assert "shared with you" in page.lower()
        assert "Геликон" not in page
    assert 'id="sharing"' not in page


def test_a_meeting_is_shared_linked_and_moved_on_its_page(browser, user, stranger, meeting):
    page = f"/meetings/{meeting.pk}/"
    browser.post(f"{page}shares/", {"email": stranger.email, "right": "read"})
    share = MeetingShare.objects.get(meeting=meeting, user=stranger)
    browser.post(f"{page}shares/{share.pk}/right/", {"right": "edit"})
    share.refresh_from_db()
    assert share.right == "edit"
    made = browser.post(f"{page}links/", {"days": 7, "password": "тайна"}, follow=True)
    assert "/shared/" in made.content.decode()
    assert "/shared/" not in browser.get(page).content.decode()
    browser.post(f"{page}links/{MeetingLink.objects.get().pk}/revoke/")
    assert MeetingLink.objects.get().is_over
    browser.post(f"{page}shares/{share.pk}/remove/")
    assert not MeetingShare.objects.exists()
    own = user.workspaces.get(personal=True)
    browser.post(f"{page}workspace/", {"workspace": own.pk})
    assert Meeting.objects.get(pk=meeting.pk).workspace == own


def test_a_new_recording_asks_for_its_workspace_where_there_are_several(browser, user):
    assert 'name="workspace"' not in browser.get("/meetings/new/").content.decode()
    MembershipFactory(user=user, role="editor")
    MembershipFactory(user=user, role="viewer", workspace__name="Nur lesen")
    page = browser.get("/meetings/new/").content.decode()
    assert 'name="workspace"' in page
    assert "Nur lesen" not in page
