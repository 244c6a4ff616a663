"""Mailings of minutes as the pages show them."""

from django import template
from django.utils.translation import gettext

from accounts.models import User
from meetings.models import Meeting
from reports.models import Delivery, Mailing, Minutes

register = template.Library()

COLLEAGUES = 30
"""People of the workspace that are offered by name; others are written."""

FORMATS = {"docx": "Word", "pdf": "PDF", "md": "Markdown", "json": "JSON"}
BADGES = {Delivery.State.SENT: "succeeded", Delivery.State.FAILED: "failed"}


@register.simple_tag
def mailings_of(minutes: Minutes) -> list[Mailing]:
    """To whom this version was sent, newest first."""
    return list(Mailing.objects.of(minutes))


@register.simple_tag
def colleagues_of(meeting: Meeting) -> list[User]:
    """The people of the meeting's workspace."""
    if meeting.shown_alone:
        return []
    members = User.objects.filter(memberships__workspace=meeting.workspace_id, is_active=True)
    return list(members.order_by("name", "email")[:COLLEAGUES])


@register.filter
def file_label(mailing: Mailing) -> str:
    """What was sent: layout, format, and whether the transcript was with it."""
    layout = gettext("Official protocol") if mailing.layout == "protocol" else gettext("Minutes")
    told = f"{layout}, {FORMATS.get(mailing.format, mailing.format)}"
    return f"{told}, {gettext('with the transcript')}" if mailing.transcript else told


@register.filter
def badge_kind(delivery: Delivery) -> str:
    """The badge that shows what became of a delivery."""
    return BADGES.get(delivery.state, "queued")  # type: ignore[call-overload]
