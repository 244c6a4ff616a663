"""The mail that says what will go by a workspace's rule, in the recipient's language and zone."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import ngettext

from accounts import manners
from meetings.models import RetentionMail, RetentionNotice

SHOWN = 50
"""Meetings that a mail names; of more it says how many there are."""


def warning(mail: RetentionMail, notices: Sequence[RetentionNotice]) -> EmailMessage:
    """One mail about all ``notices``, at least one."""
    person = mail.recipient
    with manners.of_person(person):
        count = len(notices)
        subject = ngettext(
            "%(count)s meeting will lose its recording or be deleted",
            "%(count)s meetings will lose their recordings or be deleted",
            count,
        )
        context = {
            "workspace": mail.workspace,
            "lines": [
                {
                    "notice": notice,
                    "url": settings.PUBLIC_URL
                    + reverse("meetings:meeting", args=[notice.meeting_id]),
                }
                for notice in notices[:SHOWN]
            ],
            "more": max(0, count - SHOWN),
            "url": settings.PUBLIC_URL + reverse("workspaces:workspace", args=[mail.workspace_id]),
        }
        return EmailMessage(
            subject=subject % {"count": count},
            body=render_to_string("mail/retention.txt", context),
            to=[person.email],
            headers={"Message-ID": _message_id(mail), "Auto-Submitted": "auto-generated"},
        )


def _message_id(mail: RetentionMail) -> str:
    host = urlsplit(settings.PUBLIC_URL).hostname or "localhost"
    return f"<retention-{mail.pk}-{mail.day:%Y%m%d}@{host}>"
