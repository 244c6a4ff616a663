"""The way of a version to its signature: draft, in review, approved.

In review the text stands still, so that all reviewers approve the same one. The last of them to
approve gives the number and freezes the content.
"""

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.acts import Act
from accounts.models import User, Workspace
from accounts.services import audit
from meetings.models import Meeting, WebhookEvent
from meetings.services import webhook_events
from reports.errors import NotInReview, NotReviewer, UnknownReviewer
from reports.models import Approval, Comment, Minutes, ProtocolNumber, Review, ReviewMail
from reports.services import drafts, frozen, review_mails


@transaction.atomic
def send(*, minutes: Minutes, by: User, reviewers: Collection[Any]) -> Minutes:
    """Ask the people with these ids to approve the draft.

    UnknownReviewer where there is none, or one is no active member of the workspace.
    """
    draft = drafts.locked(minutes.pk)
    people = candidates(minutes).filter(pk__in=set(reviewers))
    if not people or len(people) < len(set(reviewers)):
        raise UnknownReviewer
    number = 1 + (draft.reviews.aggregate(n=Max("round"))["n"] or 0)
    Review.objects.bulk_create(
        Review(minutes=draft, round=number, reviewer=person, asked_by=by) for person in people
    )
    review_mails.note(minutes=draft, kind=ReviewMail.Kind.ASKED, by=by, to=people, round=number)
    _keep(Act.MINUTES_SENT_FOR_REVIEW, draft, by, reviewers=[person.email for person in people])
    return _move(draft, Minutes.State.IN_REVIEW)


@transaction.atomic
def approve(*, minutes: Minutes, by: User) -> Minutes:
    """Approve as one of the reviewers; the last one freezes the version under its number."""
    reviewed = _in_review(minutes)
    _decide(reviewed, by, Review.Decision.APPROVED)
    waiting = current(reviewed).filter(decision=Review.Decision.WAITING).count()
    _keep(Act.MINUTES_APPROVED, reviewed, by, still_waiting=waiting)
    if waiting:
        drafts.tell(reviewed)
        return reviewed
    approval = Approval(
        minutes=reviewed,
        number=number_for(reviewed.meeting),
        approved_by=by,
        approved_at=timezone.now(),
    )
    approval.content = frozen.canonical(frozen.content_of(reviewed, approval))
    approval.digest = frozen.digest_of(approval.content)
    approval.save()
    _tell_who_asked(reviewed, ReviewMail.Kind.APPROVED, by)
    _tell_webhooks(reviewed, approval)
    return _move(reviewed, Minutes.State.APPROVED)


@transaction.atomic
def give_back(*, minutes: Minutes, by: User, reason: str) -> Minutes:
    """Make it a draft again, with the reason as a comment; for reviewers and for editors."""
    reviewed = _in_review(minutes)
    is_editor = Meeting.objects.editable_by(by).filter(pk=reviewed.meeting_id).exists()
    if current(reviewed).filter(reviewer=by, decision=Review.Decision.WAITING).exists():
        _decide(reviewed, by, Review.Decision.RETURNED)
    elif not is_editor:
        raise NotReviewer
    Comment.objects.create(minutes=reviewed, author=by, text=reason, kind=Comment.Kind.RETURN)
    _tell_who_asked(reviewed, ReviewMail.Kind.RETURNED, by, reason)
    _keep(Act.MINUTES_RETURNED, reviewed, by)
    return _move(reviewed, Minutes.State.DRAFT)


def candidates(minutes: Minutes) -> Any:
    """Who may be asked: the active members of the meeting's workspace, by one of them."""
    if minutes.meeting.shown_alone:
        return User.objects.none()
    return User.objects.filter(
        memberships__workspace=minutes.meeting.workspace_id, is_active=True
    ).order_by("name", "email")


def current(minutes: Minutes) -> Any:
    """The reviews of the newest round."""
    latest = minutes.reviews.aggregate(n=Max("round"))["n"]
    return minutes.reviews.filter(round=latest)


def number_for(meeting: Meeting) -> ProtocolNumber:
    """The meeting's number, given once for all its versions; the next one of the year if new.

    The workspace's row is held until the transaction ends, so that two approvals at once get two
    numbers, and one that fails leaves no gap.
    """
    workspace = Workspace.objects.select_for_update(of=("self",)).get(pk=meeting.workspace_id)
    given = ProtocolNumber.objects.filter(meeting=meeting).first()
    if given is not None:
        return given
    year = timezone.localtime().year
    numbers = ProtocolNumber.objects.filter(workspace=workspace, year=year)
    last = numbers.aggregate(n=Max("number"))["n"] or 0
    return ProtocolNumber.objects.create(
        workspace=workspace, year=year, number=last + 1, meeting=meeting
    )


def _in_review(minutes: Minutes) -> Minutes:
    held = drafts.held(minutes.pk)
    if held.state != Minutes.State.IN_REVIEW:
        raise NotInReview
    return held


def _keep(what: Act, minutes: Minutes, by: User, **details: Any) -> None:
    """In the audit log, with the version that it is about."""
    audit.record(what, of=minutes.meeting, by=by, version=minutes.version, **details)


def _decide(minutes: Minutes, by: User, decision: str) -> None:
    waiting = current(minutes).filter(reviewer=by, decision=Review.Decision.WAITING)
    if not waiting.update(decision=decision, decided_at=timezone.now()):
        raise NotReviewer


def _tell_who_asked(minutes: Minutes, kind: ReviewMail.Kind, by: User, reason: str = "") -> None:
    reviews = current(minutes).select_related("asked_by")
    people = {review.asked_by for review in reviews if review.asked_by}
    number = reviews[0].round
    review_mails.note(minutes=minutes, kind=kind, by=by, to=people, round=number, reason=reason)


def _tell_webhooks(minutes: Minutes, approval: Approval) -> None:
    told = {
        "id": str(minutes.pk),
        "url": webhook_events.address("api:minutes-version", minutes.pk),
        "version": minutes.version,
        "number": approval.number.number,
        "year": approval.number.year,
        "digest": approval.digest,
    }
    webhook_events.note(
        WebhookEvent.MINUTES_APPROVED,
        workspace_id=minutes.meeting.workspace_id,
        meeting=webhook_events.meeting_told(minutes.meeting),
        minutes=told,
    )


def _move(minutes: Minutes, state: Minutes.State) -> Minutes:
    """Along the table of the model; the row is held by the caller."""
    if state not in Minutes.TRANSITIONS[Minutes.State(minutes.state)]:
        raise NotInReview
    minutes.state = state
    minutes.save(update_fields=["state"])
    drafts.tell(minutes)
    return minutes
