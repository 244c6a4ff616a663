"""Who may reach minutes and action items: who sees the meeting reads, its editors change."""

from contextlib import suppress
from typing import Any
from uuid import UUID

from django.http import Http404

from meetings.access import shown_to
from meetings.errors import MembersOnly, ReadOnlyMember
from meetings.models import Meeting
from reports.models import ActionItem, Minutes, Statement, Template


def minutes_of(user: Any, pk: Any, *, to_change: bool = False, as_member: bool = False) -> Minutes:
    """The version with its content; Http404 out of sight, ReadOnlyMember for viewers.

    ``as_member``: MembersOnly for who is let into this meeting alone.
    """
    visible = Minutes.objects.visible_to(user).with_content()
    whole = visible.select_related("meeting__workspace", "meeting__recording")
    minutes = whole.filter(pk=pk).first()
    if minutes is None:
        raise Http404
    shown_to(user, [minutes.meeting])
    if as_member and minutes.meeting.shown_alone:
        raise MembersOnly
    if to_change:
        _must_edit(user, minutes.meeting_id)
    return minutes


def statement_of(user: Any, pk: Any) -> Statement:
    """A statement that ``user`` may change; Http404 out of sight, ReadOnlyMember for viewers."""
    statement = (
        Statement.objects.filter(section__minutes__in=Minutes.objects.visible_to(user), pk=pk)
        .select_related("section__minutes__transcript")
        .prefetch_related("evidence")
        .first()
    )
    if statement is None:
        raise Http404
    _must_edit(user, statement.section.minutes.meeting_id)
    return statement


def _must_edit(user: Any, meeting_id: Any) -> None:
    if not Meeting.objects.editable_by(user).filter(pk=meeting_id).exists():
        raise ReadOnlyMember


def template_of(user: Any, pk: Any, *, to_change: bool = False) -> Template:
    """The workspace's own template; Http404 out of sight, ReadOnlyMember for viewers."""
    with suppress(ValueError):
        found = Template.objects.visible_to(user).select_related("workspace")
        template = found.filter(pk=UUID(str(pk))).first()
        if template is not None:
            if to_change and not Template.objects.editable_by(user).filter(pk=pk).exists():
                raise ReadOnlyMember
            return template
    raise Http404


def item_of(user: Any, pk: Any, *, to_change: bool = False) -> ActionItem:
    """The item with its moment; Http404 out of sight, ReadOnlyMember for viewers."""
    item = ActionItem.objects.visible_to(user).with_moment().filter(pk=pk).first()
    if item is None:
        raise Http404
    shown_to(user, [item.meeting])
    if to_change and not ActionItem.objects.editable_by(user).filter(pk=pk).exists():
        raise ReadOnlyMember
    return item
