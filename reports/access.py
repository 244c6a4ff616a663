"""Who may reach an action item: strangers find nothing, viewers change nothing."""

from typing import Any

from django.http import Http404

from meetings.errors import ReadOnlyMember
from reports.models import ActionItem


def item_of(user: Any, pk: Any, *, to_change: bool = False) -> ActionItem:
    """The item with its moment; Http404 out of sight, ReadOnlyMember for viewers."""
    item = ActionItem.objects.visible_to(user).with_moment().filter(pk=pk).first()
    if item is None:
        raise Http404
    if to_change and not ActionItem.objects.editable_by(user).filter(pk=pk).exists():
        raise ReadOnlyMember
    return item
