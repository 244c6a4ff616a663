"""The pane, the comparison and the verification: who sees what, at what cost."""

import hashlib

import pytest

from accounts.models import Membership
from reports.models import Approval, Minutes, Statement
from reports.services import approving, editing, versions
from tests.factories import (
    JobFactory,
    MeetingFactory,
    MembershipFactory,
    MinutesFactory,
    TranscriptFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def minutes(user):
    job = JobFactory(meeting=MeetingFactory(owner=user), done=True)
    return MinutesFactory.create(transcript=TranscriptFactory(job=job), statements=4)


@pytest.fixture
def approved(minutes, user):
    approving.send(minutes=minutes, by=user, reviewers=[user.pk])
    return approving.approve(minutes=minutes, by=user)


def page(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def pane(client, minutes, query=""):
    return page(client, f"/meetings/{minutes.meeting_id}/minutes/{query}")


def test_editors_have_tools_in_a_draft_and_viewers_have_none(browser, client, minutes):
    assert pane(browser, minutes).count('data-act="edit"') == 4
    viewer = MembershipFactory(
        workspace=minutes.meeting.workspace, role=Membership.Role.VIEWER
    ).user
    client.force_login(viewer)
    shown = pane(client, minutes)
    assert "data-act" not in shown
    assert "data-opens" not in shown
    assert "<form" not in shown


def test_in_review_reviewers_decide_and_nobody_edits(browser, client, minutes, user):
    viewer = MembershipFactory(
        workspace=minutes.meeting.workspace, role=Membership.Role.VIEWER
    ).user
    approving.send(minutes=minutes, by=user, reviewers=[viewer.pk])
    shown = pane(browser, minutes)
    assert "data-act" not in shown
    assert 'data-opens="return"' in shown
    assert 'data-opens="approve"' not in shown
    client.force_login(viewer)
    assert 'data-opens="approve"' in pane(client, minutes)


def test_an_older_version_is_shown_by_its_number_and_says_so(browser, approved, user):
    made = versions.copy(minutes=approved, by=user)
    assert f'data-minutes="{made.pk}"' in pane(browser, approved)
    older = pane(browser, approved, "?version=1")
    assert f'data-minutes="{approved.pk}"' in older
    assert "This is an older version" in older
    assert f'data-minutes="{made.pk}"' in pane(browser, approved, "?version=x")


@pytest.mark.parametrize("statements", [4, 40])
def test_the_pane_costs_the_same_for_any_number_of_statements(
    browser, user, statements, django_assert_num_queries
):
    job = JobFactory(meeting=MeetingFactory(owner=user), done=True)
    made = MinutesFactory.create(transcript=TranscriptFactory(job=job), statements=statements)
    # session, person, meeting, jobs, stages, may edit, minutes, sections, statements, evidence,
    # segments, their speakers, all speakers, reviews, comments, versions, candidates, templates,
    # mailings
    with django_assert_num_queries(20):
        pane(browser, made)


def test_versions_are_shown_word_by_word(browser, approved, user):
    made = versions.copy(minutes=approved, by=user)
    statement = Statement.objects.get(section__minutes=made, text__startswith="Бюджет")
    wording = {"text": "Бюджет составит триста тысяч рублей."}
    editing.change(statement=statement, by=user, revision=1, wording=wording)
    shown = page(browser, f"/minutes/{made.pk}/diff/?against=1")
    assert "<del>двести</del>" in shown
    assert "<ins>триста</ins>" in shown
    assert page(browser, f"/minutes/{approved.pk}/diff/").count("pair--added") == 4
    page(browser, f"/minutes/{made.pk}/diff/?against=9", 404)


def test_the_verification_shows_the_digest_of_the_content_that_can_be_fetched(browser, approved):
    shown = page(browser, f"/minutes/{approved.pk}/verify/")
    frozen = browser.get(f"/minutes/{approved.pk}/content/")
    digest = hashlib.sha256(frozen.content).hexdigest()
    assert shown.count(digest) == 2
    assert "These minutes are as they were approved." in shown
    Approval.objects.update(content=approved.approval.content + " ")
    assert "its SHA-256 is another" in page(browser, f"/minutes/{approved.pk}/verify/")


def test_minutes_that_are_not_approved_have_nothing_to_verify(browser, minutes):
    page(browser, f"/minutes/{minutes.pk}/verify/", 404)
    page(browser, f"/minutes/{minutes.pk}/content/", 404)


@pytest.mark.parametrize("what", ["diff", "verify", "content"])
def test_strangers_and_nobody_see_none_of_it(client, stranger, approved, what):
    address = f"/minutes/{approved.pk}/{what}/"
    assert client.get(address)["Location"].startswith("/sign-in/")
    client.force_login(stranger)
    page(client, address, 404)
    page(client, f"/meetings/{approved.meeting_id}/minutes/", 404)
    assert Minutes.objects.count() == 1
