"""Who may reach a meeting: strangers find nothing, viewers change nothing."""

from typing import Any

from django.http import Http404
from rest_framework.exceptions import NotAuthenticated
from rest_framework.request import Request

from accounts.models import User
from meetings.errors import ReadOnlyMember
from meetings.models import Attachment, Job, Meeting, Series


def caller(request: Request) -> User:
    """The person who calls; NotAuthenticated for nobody."""
    if not isinstance(request.user, User):
        raise NotAuthenticated
    return request.user


def meeting_of(user: Any, pk: Any, *, to_change: bool = False) -> Meeting:
    """The meeting, with recording and jobs; Http404 out of sight, ReadOnlyMember for viewers."""
    meeting = Meeting.objects.visible_to(user).with_progress().filter(pk=pk).first()
    if meeting is None:
        raise Http404
    if to_change and not Meeting.objects.editable_by(user).filter(pk=pk).exists():
        raise ReadOnlyMember
    return meeting


def job_of(user: Any, pk: Any, *, to_change: bool = False) -> Job:
    """The job, with meeting and stages; Http404 out of sight, ReadOnlyMember for viewers."""
    job = (
        Job.objects.filter(meeting__in=Meeting.objects.visible_to(user), pk=pk)
        .select_related("meeting__recording")
        .prefetch_related("stages")
        .first()
    )
    if job is None:
        raise Http404
    if to_change and not Meeting.objects.editable_by(user).filter(pk=job.meeting_id).exists():
        raise ReadOnlyMember
    return job


def series_of(user: Any, pk: Any, *, to_change: bool = False) -> Series:
    """The series, with its meetings counted; Http404 out of sight, ReadOnlyMember for viewers."""
    series = Series.objects.visible_to(user).with_meetings().filter(pk=pk).first()
    if series is None:
        raise Http404
    if to_change and not Series.objects.editable_by(user).filter(pk=pk).exists():
        raise ReadOnlyMember
    return series


def attachment_of(user: Any, pk: Any, *, to_change: bool = False) -> Attachment:
    """The attachment; Http404 out of sight, ReadOnlyMember for viewers."""
    attachment = Attachment.objects.visible_to(user).filter(pk=pk).first()
    if attachment is None:
        raise Http404
    editable = Meeting.objects.editable_by(user).filter(pk=attachment.meeting_id)
    if to_change and not editable.exists():
        raise ReadOnlyMember
    return attachment
