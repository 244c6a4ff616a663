"""The mail that says that an export is ready, or that it could not be made."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext

from accounts import manners
from reports.models import Archive


def finished(archive: Archive) -> EmailMessage:
    """To who asked for it, in their language; the link leads to the page, which asks who they are.

    Its Message-ID is the export's own, so that mail systems fold a copy into the first.
    """
    person = archive.asked_by
    with manners.of_person(person):
        subject = (
            gettext("Your export is ready")
            if archive.is_ready
            else gettext("Your export could not be made")
        )
        context = {"archive": archive, "url": settings.PUBLIC_URL + reverse("exports:list")}
        return EmailMessage(
            subject=subject,
            body=render_to_string("mail/export.txt", context),
            to=[person.email],
            headers={"Message-ID": _message_id(archive), "Auto-Submitted": "auto-generated"},
        )


def _message_id(archive: Archive) -> str:
    host = urlsplit(settings.PUBLIC_URL).hostname or "localhost"
    return f"<export-{archive.pk}@{host}>"
