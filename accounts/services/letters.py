"""What people are written about their accounts, in their language."""

import zoneinfo
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext, gettext_noop

from accounts.events import Event
from accounts.models import EmailCode, Invitation, User

SUBJECTS = {
    EmailCode.Purpose.REGISTER: gettext_noop("%(code)s is your code for Protokol"),
    EmailCode.Purpose.RESET: gettext_noop("%(code)s: a new password for Protokol"),
    EmailCode.Purpose.EMAIL: gettext_noop("%(code)s confirms your new address"),
}

NOTICES = {
    Event.PASSWORD_CHANGED: gettext_noop("Your password was changed."),
    Event.PASSWORD_RESET: gettext_noop("Your password was set anew by a code sent to you."),
    Event.EMAIL_CHANGED: gettext_noop("The address of your account was changed."),
    Event.TWO_STEPS_ON: gettext_noop("Signing in now takes a code of your authenticator."),
    Event.TWO_STEPS_OFF: gettext_noop("Signing in no longer takes a code of an authenticator."),
    Event.RECOVERY_CODES_MADE: gettext_noop("New recovery codes were made."),
    Event.ACCOUNT_CLOSED: gettext_noop("Your account was deleted."),
    Event.KEY_CREATED: gettext_noop("An API key was made."),
    Event.TOKEN_REUSED: gettext_noop(
        "A used token came again, so the sign-in of a program was ended. It may have been copied."
    ),
}
"""What a person is told of at once, because it may have been somebody else."""


def code(row: EmailCode, digits: str) -> EmailMessage:
    """The mail with a code."""
    with translation.override(_language(row.user)):
        minutes = int(EmailCode.LIFE.total_seconds() // 60)
        context = {"code": digits, "purpose": row.purpose, "minutes": minutes}
        subject = gettext(SUBJECTS[EmailCode.Purpose(row.purpose)]) % {"code": digits}
        return _letter(row.email, subject, "mail/code.txt", context)


def known_already(person: User) -> EmailMessage:
    """To whose address somebody tried to register again."""
    with translation.override(_language(person)):
        links = {
            "sign_in_url": settings.PUBLIC_URL + reverse("accounts:sign-in"),
            "reset_url": settings.PUBLIC_URL + reverse("accounts:reset"),
        }
        subject = gettext("You have an account at Protokol already")
        return _letter(person.email, subject, "mail/known_already.txt", links)


def invitation(row: Invitation, link: str) -> EmailMessage:
    """The mail with an invitation's link."""
    known = User.objects.filter(email=row.email).first()
    with translation.override(_language(known)):
        if row.workspace:
            subject = gettext("An invitation to “%(name)s”") % {"name": row.workspace.name}
        else:
            subject = gettext("An invitation to Protokol")
        context = {"invitation": row, "url": link}
        return _letter(row.email, subject, "mail/invitation.txt", context)


def notice(event: Event, person: User, *, to: str, address: str, device: str) -> EmailMessage:
    """What has happened to an account, when, and from where."""
    zone = zoneinfo.ZoneInfo(person.time_zone or settings.TIME_ZONE)
    with translation.override(_language(person)), timezone.override(zone):
        sentence = gettext(NOTICES[event])
        context = {
            "sentence": sentence,
            "now": timezone.now(),
            "address": address,
            "device": device,
            "url": settings.PUBLIC_URL + reverse("accounts:security"),
        }
        return _letter(to, sentence.rstrip("."), "mail/account_notice.txt", context)


def _language(person: User | None) -> str:
    told = person.language if person else ""
    return told or translation.get_language() or settings.LANGUAGE_CODE


def _letter(to: str, subject: str, template: str, context: dict[str, Any]) -> EmailMessage:
    return EmailMessage(
        subject=" ".join(subject.split()),
        body=render_to_string(template, context),
        to=[to],
        headers={"Auto-Submitted": "auto-generated"},
    )
