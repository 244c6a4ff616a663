"""A closed account opens nothing, names nobody, and takes along what was its person's alone."""

import pytest
from allauth.mfa.models import Authenticator
from django.utils import translation

from accounts.errors import OwnsWorkspaces
from accounts.models import ApiKey, Letter, Membership, TokenFamily, User, Workspace
from accounts.services import api_keys, closing, invitations, letters, post, tokens
from meetings.models import Deletion, Meeting, MeetingShare
from meetings.services import closing as homes
from meetings.services import housekeeping, sharing
from reports.models import Archive, CalendarFeed, Comment
from reports.services import archives, calendar_feeds
from tests import canary
from tests.factories import (
    JobFactory,
    MeetingFactory,
    MembershipFactory,
    MinutesFactory,
    TranscriptFactory,
    UserFactory,
    WorkspaceFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    """Somebody whose every own word is the canary."""
    made = UserFactory.create(
        email=f"{canary.WORD}@example.org", name=canary.WORD, organization=canary.WORD
    )
    Workspace.objects.filter(members=made).update(name=canary.WORD)
    api_keys.create(user=made, name=canary.WORD)
    tokens.begin(user=made, agent=canary.WORD)
    Authenticator.objects.create(user=made, type="totp", data={"secret": canary.WORD})
    invitations.invite(email=f"other-{canary.WORD}@example.org")
    calendar_feeds.create(user=made)
    archives.ask(by=made)
    return made


@pytest.fixture
def team(person):
    """A workspace that somebody else owns."""
    home = WorkspaceFactory.create()
    MembershipFactory(workspace=home, role="owner")
    MembershipFactory(workspace=home, user=person, role="editor")
    return home


def test_nothing_of_the_person_is_left_but_what_they_gave_to_others(person, team):
    canary.stained_meeting(person)
    meeting = MeetingFactory.create(workspace=team, created_by=person)
    minutes = MinutesFactory.create(
        transcript=TranscriptFactory(job=JobFactory(meeting=meeting, done=True))
    )
    Comment.objects.create(minutes=minutes, author=person, text="Checked.")
    invitations.invite(email=person.email)
    closing.close(user=person)
    housekeeping.keep()
    comment = Comment.objects.get(minutes=minutes, text="Checked.")
    with translation.override("en"):
        assert str(comment.author) == "deleted account"
    assert Meeting.objects.get() == meeting
    assert not Workspace.objects.filter(personal=True, members=person).exists()
    assert {row.cause for row in Deletion.objects.all()} >= {"account"}


def test_no_column_names_the_person(person, team, mailoutbox, django_capture_on_commit_callbacks):
    Letter.objects.all().delete()
    post.send(letters.known_already(person))
    with django_capture_on_commit_callbacks(execute=True):
        closing.close(user=person)
    [last] = mailoutbox
    assert (last.to, last.subject) == ([f"{canary.WORD}@example.org"], "Your account was deleted")
    housekeeping.keep()
    left = canary.found_in_database()
    assert left == ["accounts_invitation"]  # to somebody else, whom the person never was


def test_nothing_opens_it_any_more(person, client):
    person.set_password("long-enough-1")
    person.save()
    client.force_login(person)
    key = ApiKey.objects.get()
    closing.close(user=person)
    person.refresh_from_db()
    assert not person.is_active
    assert not person.has_usable_password()
    assert not ApiKey.objects.filter(pk=key.pk).exists()
    assert not TokenFamily.objects.exists()
    assert not Authenticator.objects.exists()
    assert not CalendarFeed.objects.exists()
    assert not Archive.objects.exists()
    assert client.get("/").status_code == 302


def test_what_was_shared_with_them_is_taken_back(person, user):
    meeting = MeetingFactory.create(owner=user)
    sharing.share(meeting=meeting, email=person.email, right="edit", by=user)
    closing.close(user=person)
    assert not MeetingShare.objects.exists()


def test_not_while_others_would_be_left_without_an_owner(person):
    home = MembershipFactory(user=person, role="owner", workspace__name="Board").workspace
    other = MembershipFactory(workspace=home)
    with pytest.raises(OwnsWorkspaces, match="Board"):
        closing.close(user=person)
    person.refresh_from_db()
    assert person.is_active
    Membership.objects.filter(pk=other.pk).update(role="owner")
    closing.close(user=person)
    assert Workspace.objects.filter(pk=home.pk).exists()


def test_a_team_of_one_goes_too(person):
    alone = MembershipFactory(user=person, role="owner").workspace
    MeetingFactory.create(workspace=alone)
    closing.close(user=person)
    assert homes.clear(workspace_id=alone.pk)
    assert not Meeting.objects.exists()
    assert not Workspace.objects.filter(pk=alone.pk).exists()


def test_a_workspace_with_people_is_never_cleared(person, team):
    closing.close(user=person)
    assert not homes.clear(workspace_id=team.pk)
    housekeeping.keep()
    assert Workspace.objects.filter(pk=team.pk).exists()


def test_closing_twice_is_no_error(person):
    closing.close(user=person)
    email = User.objects.get(pk=person.pk).email
    closing.close(user=person)
    assert User.objects.get(pk=person.pk).email == email
