"""Draft, in review, approved: who decides, what is frozen, which number it gets."""

import hashlib
import json
import threading
from datetime import UTC, datetime

import pytest
from django.db import connection

from accounts.models import Membership
from reports.errors import Frozen, InReview, NotInReview, NotReviewer, UnknownReviewer
from reports.models import Approval, Evidence, Minutes, ProtocolNumber, Statement
from reports.services import approving, commenting, editing, frozen, versions
from tests.factories import (
    JobFactory,
    MeetingFactory,
    MembershipFactory,
    MinutesFactory,
    TranscriptFactory,
    UserFactory,
    WorkspaceFactory,
)


@pytest.fixture
def workspace(db, user):
    home = WorkspaceFactory.create()
    MembershipFactory(workspace=home, user=user)
    return home


@pytest.fixture
def chair(workspace):
    """A viewer who is asked to approve."""
    return MembershipFactory(workspace=workspace, role=Membership.Role.VIEWER).user


def minutes_in(workspace):
    job = JobFactory(meeting=MeetingFactory(workspace=workspace), done=True)
    return MinutesFactory.create(transcript=TranscriptFactory(job=job), statements=4)


def approved(workspace, by):
    minutes = minutes_in(workspace)
    approving.send(minutes=minutes, by=by, reviewers=[by.pk])
    return approving.approve(minutes=minutes, by=by)


def test_the_last_reviewer_approves_the_version(workspace, user, chair):
    minutes = minutes_in(workspace)
    approving.send(minutes=minutes, by=user, reviewers=[user.pk, chair.pk])
    assert approving.approve(minutes=minutes, by=user).state == "in_review"
    with pytest.raises(NotReviewer):
        approving.approve(minutes=minutes, by=user)
    assert approving.approve(minutes=minutes, by=chair).state == "approved"
    assert minutes.approval.approved_by == chair
    content = json.loads(minutes.approval.content)
    assert [p["name"] for p in content["approved_by"]] == [str(user), str(chair)]


def test_what_is_approved_is_frozen_with_its_digest(workspace, user):
    minutes = approved(workspace, user)
    approval = Approval.objects.get(minutes=minutes)
    assert approval.digest == hashlib.sha256(approval.content.encode()).hexdigest()
    content = json.loads(approval.content)
    assert approval.content == frozen.canonical(content)
    first = content["sections"][0]["statements"][0]
    assert first["text"] == Statement.objects.order_by("section", "position")[0].text
    assert first["evidence"][0]["quote"]
    with pytest.raises(Frozen):
        commenting.add(minutes=minutes, by=user, text="Поздно.")


def test_a_verification_notices_what_was_changed_behind_our_back(workspace, user):
    minutes = approved(workspace, user)
    found = frozen.verify(minutes, minutes.approval)
    assert (found.is_intact, found.is_shown) == (True, True)
    evidence = Evidence.objects.filter(statement__section__minutes=minutes).first()
    Evidence.objects.filter(pk=evidence.pk).update(quote="Иначе.")
    assert not frozen.verify(minutes, minutes.approval).is_shown
    content = minutes.approval.content.replace("двести", "триста")
    Approval.objects.update(content=content)
    approval = Approval.objects.get()
    found = frozen.verify(minutes, approval)
    assert not found.is_intact
    assert found.digest == frozen.digest_of(content)


def test_in_review_nobody_edits_and_a_return_makes_it_a_draft_with_its_reason(
    workspace, user, chair
):
    minutes = minutes_in(workspace)
    statement = Statement.objects.filter(section__minutes=minutes).first()
    approving.send(minutes=minutes, by=user, reviewers=[chair.pk])
    with pytest.raises(InReview):
        editing.drop(statement=statement, by=user, revision=1)
    approving.give_back(minutes=minutes, by=chair, reason="Сумма неверна.")
    minutes.refresh_from_db()
    assert minutes.state == "draft"
    comment = minutes.comments.get()
    assert (comment.kind, comment.text, comment.author) == ("return", "Сумма неверна.", chair)
    approving.send(minutes=minutes, by=user, reviewers=[chair.pk])
    assert approving.approve(minutes=minutes, by=chair).state == "approved"


def test_only_the_asked_decide_and_editors_take_back(workspace, user, chair):
    minutes = minutes_in(workspace)
    other = MembershipFactory(workspace=workspace, role=Membership.Role.VIEWER).user
    with pytest.raises(NotInReview):
        approving.approve(minutes=minutes, by=chair)
    approving.send(minutes=minutes, by=user, reviewers=[chair.pk])
    with pytest.raises(NotReviewer):
        approving.approve(minutes=minutes, by=user)
    with pytest.raises(NotReviewer):
        approving.give_back(minutes=minutes, by=other, reason="Нет.")
    approving.give_back(minutes=minutes, by=user, reason="Ещё правка.")
    with pytest.raises(NotInReview):
        approving.give_back(minutes=minutes, by=user, reason="Дважды.")


def test_reviewers_are_active_members_and_at_least_one(workspace, user, stranger):
    gone = MembershipFactory(workspace=workspace, user=UserFactory(is_active=False)).user
    for people in ([], [stranger.pk], [user.pk, stranger.pk], [gone.pk]):
        with pytest.raises(UnknownReviewer):
            approving.send(minutes=minutes_in(workspace), by=user, reviewers=people)


def test_numbers_rise_by_one_in_each_workspace_and_year(workspace, user, monkeypatch):
    other = MembershipFactory(user=user).workspace
    numbers = [approved(home, user).approval.number for home in (workspace, workspace, other)]
    assert [n.number for n in numbers] == [1, 2, 1]
    year = numbers[0].year
    later = datetime(year + 1, 1, 2, 12, tzinfo=UTC)
    monkeypatch.setattr(approving.timezone, "localtime", lambda: later)
    new_year = approved(workspace, user).approval.number
    assert (new_year.year, new_year.number) == (year + 1, 1)


def test_a_later_version_keeps_the_number_and_a_deleted_meetings_number_is_not_given_again(
    workspace, user
):
    first = approved(workspace, user)
    again = versions.copy(minutes=first, by=user)
    approving.send(minutes=again, by=user, reviewers=[user.pk])
    assert approving.approve(minutes=again, by=user).approval.number == first.approval.number
    Minutes.objects.filter(meeting=first.meeting).delete()
    first.meeting.delete()
    assert approved(workspace, user).approval.number.number == 2


@pytest.mark.django_db(transaction=True)
def test_approvals_at_once_get_numbers_without_gaps_and_failed_ones_leave_none(monkeypatch):
    user = UserFactory.create()
    home = user.workspaces.get()
    waiting = [minutes_in(home) for _ in range(4)]
    for minutes in waiting:
        approving.send(minutes=minutes, by=user, reviewers=[user.pk])
    spoilt = waiting[1].pk
    freeze = frozen.content_of

    def failing(minutes, approval):
        if minutes.pk == spoilt:
            raise RuntimeError
        return freeze(minutes, approval)

    monkeypatch.setattr(frozen, "content_of", failing)
    start = threading.Barrier(len(waiting))

    def approve(minutes):
        try:
            start.wait()
            approving.approve(minutes=minutes, by=user)
        except RuntimeError:
            pass
        finally:
            connection.close()

    threads = [threading.Thread(target=approve, args=[minutes]) for minutes in waiting]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(ProtocolNumber.objects.values_list("number", flat=True)) == [1, 2, 3]
    assert Minutes.objects.filter(state="approved").count() == 3


@pytest.mark.django_db
def test_every_state_of_minutes_is_in_the_table():
    assert set(Minutes.TRANSITIONS) == set(Minutes.State)
    assert Minutes.TRANSITIONS[Minutes.State.APPROVED] == set()
