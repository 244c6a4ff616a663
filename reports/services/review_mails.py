"""Reviewers are told by mail that they are asked, and who asked them what became of it."""

from collections.abc import Iterable
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models.functions import Now
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from accounts.models import User
from accounts.services import outgoing
from meetings.models import Meeting
from reports.models import Minutes, ReviewMail

TASK = "reports.tasks.send_review_mail"


def note(
    *, minutes: Minutes, kind: str, by: User, to: Iterable[User], round: int, reason: str = ""
) -> None:
    """Write down whom to tell, with what happened; nobody is told of their own deed."""
    written = ReviewMail.objects.bulk_create(
        ReviewMail(
            minutes=minutes,
            round=round,
            kind=kind,
            by=by,
            recipient=person,
            reason=reason,
            due_at=Now() + outgoing.HEAD_START,
        )
        for person in set(to) - {by}
    )
    transaction.on_commit(lambda: outgoing.queue(TASK, [mail.pk for mail in written]))


@transaction.atomic
def send_due(*, limit: int = 100) -> int:
    """Queue what is due and unsent; how many mails that were."""
    pks = outgoing.due(ReviewMail.objects.all(), limit=limit)
    transaction.on_commit(lambda: outgoing.queue(TASK, pks))
    return len(pks)


def deliver(*, mail_id: int) -> None:
    """Send the mail if nobody else has and it still tells what is."""
    mine = ReviewMail.objects.filter(pk=mail_id)
    waiting = mine.filter(state=ReviewMail.State.PENDING)
    mail = waiting.select_related("minutes__meeting", "recipient", "by").first()
    if mail is None:
        return
    if not _is_wanted(mail):
        outgoing.skip(mine)
        return
    outgoing.hand_over(mine, letter(mail))


def letter(mail: ReviewMail) -> EmailMessage:
    """What happened, by whom, and where to read it, in the recipient's language."""
    person, meeting = mail.recipient, mail.minutes.meeting
    host = urlsplit(settings.PUBLIC_URL).hostname or "localhost"
    with translation.override(person.language or settings.LANGUAGE_CODE):
        context = {
            "mail": mail,
            "meeting": meeting,
            "url": settings.PUBLIC_URL + reverse("meetings:meeting", args=[meeting.pk]),
        }
        return EmailMessage(
            subject=_subject(mail.kind, meeting.title),
            body=render_to_string("mail/review.txt", context),
            to=[person.email],
            headers={
                "Message-ID": f"<review-{mail.pk}-{mail.created_at:%Y%m%d%H%M%S}@{host}>",
                "Auto-Submitted": "auto-generated",
            },
        )


def _subject(kind: str, title: str) -> str:
    patterns = {
        ReviewMail.Kind.ASKED: gettext("Minutes to approve: %(title)s"),
        ReviewMail.Kind.APPROVED: gettext("Minutes approved: %(title)s"),
        ReviewMail.Kind.RETURNED: gettext("Minutes returned: %(title)s"),
    }
    return " ".join((patterns[ReviewMail.Kind(kind)] % {"title": title}).split())


def _is_wanted(mail: ReviewMail) -> bool:
    """Whether the person still may see the meeting; who is asked, whether it is still open."""
    person = mail.recipient
    seen = Meeting.objects.visible_to(person).filter(pk=mail.minutes.meeting_id).exists()
    still_asked = mail.minutes.state == Minutes.State.IN_REVIEW
    return person.is_active and seen and (still_asked or mail.kind != ReviewMail.Kind.ASKED)
