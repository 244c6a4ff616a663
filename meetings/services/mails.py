"""The mails that the product writes, in the recipient's language."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from meetings import outcomes
from meetings.models import Notification


def ending(notification: Notification) -> EmailMultiAlternatives:
    """The mail about a job that has ended, as text and as HTML.

    Its Message-ID is the notification's own, so that mail systems fold a copy into the first.
    """
    job, person = notification.job, notification.recipient
    with translation.override(person.language or settings.LANGUAGE_CODE):
        has_failed = notification.kind == Notification.Kind.FAILED
        context = {
            "job": job,
            "meeting": job.meeting,
            "has_failed": has_failed,
            "outcome": outcomes.outcome_of(job) if has_failed else None,
            "gaps": outcomes.gaps_of(job),
            "url": settings.PUBLIC_URL + reverse("meetings:meeting", args=[job.meeting_id]),
            "settings_url": settings.PUBLIC_URL + reverse("accounts:notifications"),
        }
        message = EmailMultiAlternatives(
            subject=_subject(job.meeting.title, has_failed),
            body=render_to_string("mail/job_ended.txt", context),
            to=[person.email],
            headers={"Message-ID": _message_id(notification), "Auto-Submitted": "auto-generated"},
        )
        message.attach_alternative(render_to_string("mail/job_ended.html", context), "text/html")
    return message


def _subject(title: str, has_failed: bool) -> str:
    pattern = gettext("Not finished: %(title)s") if has_failed else gettext("Ready: %(title)s")
    return " ".join((pattern % {"title": title}).split())


def _message_id(notification: Notification) -> str:
    host = urlsplit(settings.PUBLIC_URL).hostname or "localhost"
    made = notification.created_at.strftime("%Y%m%d%H%M%S")
    return f"<notification-{notification.pk}-{made}@{host}>"
