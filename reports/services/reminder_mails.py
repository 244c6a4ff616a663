"""The mail that reminds a person of what they undertook, in their language and time zone."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from accounts import manners
from accounts.models import User
from meetings.templatetags.clock import clock
from reports.models import ActionItem
from reports.moments import moment_of


@dataclass(frozen=True)
class Line:
    """An item with where it was said."""

    item: ActionItem
    url: str
    clock: str
    is_today: bool


def reminder(person: User, items: Sequence[ActionItem]) -> EmailMultiAlternatives:
    """One mail about ``items``, as text and as HTML."""
    with manners.of_person(person):
        context = {
            "lines": [_line(item) for item in items],
            "url": settings.PUBLIC_URL + reverse("action-items:list"),
            "settings_url": settings.PUBLIC_URL + reverse("accounts:notifications"),
        }
        message = EmailMultiAlternatives(
            subject=_subject(items),
            body=render_to_string("mail/reminder.txt", context),
            to=[person.email],
            headers={"Message-ID": _message_id(person, items), "Auto-Submitted": "auto-generated"},
        )
        message.attach_alternative(render_to_string("mail/reminder.html", context), "text/html")
    return message


def _subject(items: Sequence[ActionItem]) -> str:
    count = len(items)
    if count == 1:
        subject = gettext("Due soon: %(text)s") % {"text": items[0].text[:120]}
    else:
        pattern = ngettext("Due soon: %(count)s item", "Due soon: %(count)s items", count)
        subject = pattern % {"count": count}
    return " ".join(subject.split())


def _line(item: ActionItem) -> Line:
    moment = moment_of(item)
    page = reverse("meetings:meeting", args=[item.meeting_id])
    place = f"#segment-{moment.segment_id}" if moment else ""
    return Line(
        item=item,
        url=f"{settings.PUBLIC_URL}{page}{place}",
        clock=clock(moment.start) if moment else "",
        is_today=item.due == timezone.localdate(),
    )


def _message_id(person: User, items: Sequence[ActionItem]) -> str:
    host = urlsplit(settings.PUBLIC_URL).hostname or "localhost"
    return f"<reminder-{person.pk}-{timezone.localdate():%Y%m%d}-{items[0].pk}@{host}>"
