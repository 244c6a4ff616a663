"""The mail to owners of a workspace that a webhook of theirs was switched off."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models.functions import Now
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from accounts.models import Membership
from accounts.services import outgoing
from meetings.models import Webhook, WebhookMail

TASK = "meetings.tasks.send_webhook_mail"
"""By name: services know no tasks."""


def note(hook: Webhook) -> None:
    """Write down that the owners are to be told; in the transaction that switches it off."""
    owners = Membership.objects.filter(
        workspace=hook.workspace_id, role=Membership.Role.OWNER, user__is_active=True
    )
    rows = [
        WebhookMail(webhook=hook, recipient_id=user_id, due_at=Now() + outgoing.HEAD_START)
        for user_id in owners.values_list("user", flat=True)
    ]
    pks = [row.pk for row in WebhookMail.objects.bulk_create(rows)]
    transaction.on_commit(lambda: outgoing.queue(TASK, pks))


def send_due(*, limit: int = 100) -> int:
    """The reaper's share: queue mails that are due and unsent; how many that were."""
    pks = outgoing.due(WebhookMail.objects.all(), limit=limit)
    transaction.on_commit(lambda: outgoing.queue(TASK, pks))
    return len(pks)


def deliver(*, mail_id: int) -> None:
    """Send the mail if nobody else has; not to who owns it no more, nor where it is on again."""
    mine = WebhookMail.objects.filter(pk=mail_id)
    waiting = mine.filter(state=WebhookMail.State.PENDING)
    mail = waiting.select_related("webhook__workspace", "recipient").first()
    if mail is None:
        return
    seen = Webhook.objects.visible_to(mail.recipient).filter(pk=mail.webhook_id, enabled=False)
    if not mail.recipient.is_active or not seen.exists():
        outgoing.skip(mine)
        return
    outgoing.hand_over(mine, _message(mail))


def _message(mail: WebhookMail) -> EmailMessage:
    person, hook = mail.recipient, mail.webhook
    with translation.override(person.language or settings.LANGUAGE_CODE):
        page = reverse("webhooks:webhook", args=[hook.workspace_id, hook.pk])
        context = {"webhook": hook, "workspace": hook.workspace, "url": settings.PUBLIC_URL + page}
        subject = gettext("The webhook to %(host)s was switched off") % {"host": hook.host}
        host = urlsplit(settings.PUBLIC_URL).hostname or "localhost"
        return EmailMessage(
            subject=subject,
            body=render_to_string("mail/webhook.txt", context),
            to=[person.email],
            headers={
                "Message-ID": f"<webhook-{mail.pk}-{mail.created_at:%Y%m%d%H%M%S}@{host}>",
                "Auto-Submitted": "auto-generated",
            },
        )
