"""Who may reach a meeting: strangers find nothing, viewers change nothing."""

from collections.abc import Iterable
from typing import Any

from django.http import Http404
from rest_framework.exceptions import NotAuthenticated, PermissionDenied
from rest_framework.request import Request

from accounts.models import User, Workspace
from meetings.errors import MembersOnly, ReadOnlyMember
from meetings.models import (
    Attachment,
    Job,
    Meeting,
    Series,
    Upload,
    Webhook,
    WebhookDelivery,
)


def caller(request: Request) -> User:
    """The person who calls; NotAuthenticated for nobody."""
    if not isinstance(request.user, User):
        raise NotAuthenticated
    return request.user


def home_for(
    user: Any, workspace: Workspace | None = None, series: Series | None = None
) -> Workspace:
    """Where a new meeting goes: as told, else that of the series, else the caller's own.

    PermissionDenied for who may add meetings nowhere.
    """
    told = workspace or (series.workspace if series else None)
    home = told or Workspace.objects.editable_by(user).first()
    if home is None:
        raise PermissionDenied
    return home


def meeting_of(user: Any, pk: Any, *, to_change: bool = False, to_govern: bool = False) -> Meeting:
    """The meeting, with recording and jobs; Http404 out of sight, ReadOnlyMember for viewers.

    ``to_govern``, i.e. to share, move or delete it, takes an editor of its workspace: MembersOnly
    for who is let into this meeting alone.
    """
    meeting = Meeting.objects.visible_to(user).with_progress().filter(pk=pk).first()
    if meeting is None:
        raise Http404
    shown_to(user, [meeting])
    if to_govern and meeting.shown_alone:
        raise MembersOnly
    if (to_change or to_govern) and not Meeting.objects.editable_by(user).filter(pk=pk).exists():
        raise ReadOnlyMember
    return meeting


def binned_of(user: Any, pk: Any) -> Meeting:
    """The meeting in the bin, for editors of its workspace; Http404 for everybody else."""
    meeting = Meeting.objects.binned_for(user).filter(pk=pk).first()
    if meeting is None:
        raise Http404
    return meeting


def shown_to(user: Any, meetings: Iterable[Meeting]) -> None:
    """Mark those that ``user`` is let into alone, so that nothing beside them is told. 1 query."""
    mine = set(Workspace.objects.visible_to(user).values_list("pk", flat=True))
    for meeting in meetings:
        meeting.shown_alone = meeting.workspace_id not in mine


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


def webhook_of(user: Any, pk: Any) -> Webhook:
    """The webhook, for owners of its workspace; Http404 for everybody else."""
    webhook = Webhook.objects.visible_to(user).select_related("workspace").filter(pk=pk).first()
    if webhook is None:
        raise Http404
    return webhook


def delivery_of(user: Any, pk: Any, delivery_pk: Any) -> WebhookDelivery:
    """A delivery of the webhook; Http404 as above."""
    found = webhook_of(user, pk).deliveries.select_related("webhook").filter(pk=delivery_pk).first()
    if found is None:
        raise Http404
    return found


def upload_of(user: Any, pk: Any) -> Upload:
    """The upload, for the person who began it; Http404 for everybody else."""
    upload = Upload.objects.begun_by(user).filter(pk=pk).first()
    if upload is None:
        raise Http404
    return upload
