"""What the browser is told, after the commit, over the channel layer.

A meeting's page listens to its meeting, the list page to its person's workspaces. Every message
carries a rising ``seq``; who sees a gap asks for a snapshot.
"""

from typing import Any, Literal, TypedDict
from uuid import UUID

import structlog
from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.core.cache import cache
from django.db import transaction
from redis.exceptions import RedisError

from meetings.models import Meeting, MeetingShare

log = structlog.get_logger(__name__)


class Event(TypedDict, total=False):
    """One message of the socket; docs/api.md lists the fields of each type."""

    type: Literal[
        "stage",
        "segments",
        "job",
        "minutes",
        "edit",
        "bookmark",
        "attachment",
        "notification",
        "gone",
        "back",
    ]
    name: str
    state: str
    progress: float
    attempt: int
    error: dict[str, Any] | None
    eta_seconds: int | None
    segments: list[dict[str, Any]]
    segment_ids: list[int]
    names: list[dict[str, Any]]
    action: str
    by: str
    whole: bool
    id: str
    meeting: str
    job: str
    run: int
    title: str
    text: str


def meeting_group(meeting_id: Any) -> str:
    """The channel group of a meeting's page."""
    return f"meeting.{meeting_id}"


def workspace_group(workspace_id: Any) -> str:
    """The channel group of the list pages that show a workspace."""
    return f"workspace.{workspace_id}"


def lent_group(user_id: Any) -> str:
    """The channel group of a person's list pages, for meetings that are shared with them."""
    return f"lent.{user_id}"


def person_group(user_id: Any) -> str:
    """The channel group of all pages that a person has open."""
    return f"person.{user_id}"


def tell(user_id: Any, event: Event) -> None:
    """Send ``event`` to every page that the person has open, once the transaction commits."""
    transaction.on_commit(lambda: _tell(user_id, event))


def _tell(user_id: Any, event: Event) -> None:
    try:
        _group_send(person_group(user_id), dict(event))
    except (RedisError, OSError) as error:
        log.warning("event_dropped", person=user_id, event_type=event["type"], error=str(error))


def publish(meeting_id: Any, event: Event, *, brief: bool = False) -> None:
    """Send ``event`` to who looks at the meeting once the transaction commits.

    ``brief`` events go to the list pages as well. A lost message is no lost work: when the channel
    layer is away, the event is dropped and logged, and pages catch up by their next snapshot.
    """
    transaction.on_commit(lambda: _send(str(meeting_id), event, brief))


def _send(meeting_id: str, event: Event, brief: bool) -> None:
    try:
        message = dict(event) | {"meeting": meeting_id, "seq": _next_seq(meeting_id)}
        _group_send(meeting_group(meeting_id), message)
        if brief:
            workspace_id = Meeting.objects.values_list("workspace_id", flat=True).get(pk=meeting_id)
            _group_send(workspace_group(workspace_id), message)
            lent = MeetingShare.objects.filter(meeting=UUID(meeting_id))
            for user_id in lent.values_list("user_id", flat=True):
                _group_send(lent_group(user_id), message)
    except (RedisError, OSError, Meeting.DoesNotExist) as error:
        log.warning("event_dropped", meeting=meeting_id, event_type=event["type"], error=str(error))


def _group_send(group: str, message: dict[str, Any]) -> None:
    layer = get_channel_layer()
    async_to_sync(layer.group_send)(group, {"type": "event", "event": message})


def seq(meeting_id: Any) -> int:
    """The number of the last event of a meeting."""
    return int(cache.get(f"seq:{meeting_id}", 0))


def _next_seq(meeting_id: str) -> int:
    key = f"seq:{meeting_id}"
    cache.add(key, 0, timeout=None)
    return int(cache.incr(key))
