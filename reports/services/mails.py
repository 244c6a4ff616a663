"""The mail that brings minutes, in the language of who sends it."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from reports.models import Delivery, Mailing
from reports.services.exporting import File


def minutes(mailing: Mailing, delivery: Delivery, file: File) -> EmailMessage:
    """Text, address of the meeting's page and the file; answers go to the person who sent it.

    Its Message-ID is the delivery's own, so that mail systems fold a copy into the first.
    """
    person = mailing.sent_by
    language = (person.language if person else "") or settings.LANGUAGE_CODE
    with translation.override(language):
        context = {
            "mailing": mailing,
            "person": person,
            "minutes": mailing.minutes,
            "url": settings.PUBLIC_URL
            + reverse("meetings:meeting", args=[mailing.minutes.meeting_id]),
        }
        body = render_to_string("mail/minutes.txt", context)
    message = EmailMessage(
        subject=mailing.subject,
        body=body,
        to=[delivery.address],
        reply_to=[person.email] if person else None,
        headers={"Message-ID": _message_id(mailing, delivery)},
    )
    message.attach(file.name, file.content, file.content_type.partition(";")[0])
    return message


def _message_id(mailing: Mailing, delivery: Delivery) -> str:
    host = urlsplit(settings.PUBLIC_URL).hostname or "localhost"
    return f"<minutes-{mailing.pk}-{delivery.pk}@{host}>"
