"""How people narrow the audit log on its pages."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.acts import Act
from accounts.models import AuditEntry, AuditEntryQuerySet

ABOUT = {
    "account": _("Accounts"),
    "key": pgettext_lazy("page", "API keys"),
    "invitation": _("Invitations"),
    "workspace": _("Workspaces"),
    "member": _("Members"),
    "meeting": _("Meetings"),
    "link": _("Links"),
    "retention": _("Retention"),
    "question": _("Questions"),
    "export": _("Exports of everything"),
    "media": _("Recordings"),
    "attachment": _("Attachments"),
    "job": _("Processing"),
    "operator": _("Operators"),
    "transcript": _("Transcripts"),
    "minutes": _("Minutes"),
    "action_item": _("Action items"),
    "action_items": _("Tables of action items"),
    "calendar": _("Calendars"),
    "series": _("Series"),
    "template": _("Templates"),
    "language_model": _("Language models"),
    "voice": _("Known voices"),
    "webhook": _("Webhooks"),
    "audit": _("Audit log"),
    "admin": _("Administration"),
}
"""What stands before the dots of codes."""


def choices() -> list[Any]:
    """Everything, then groups of codes, each of which can be chosen whole."""
    groups = [
        (label, [(about, label), *(c for c in Act.choices if c[0].partition(".")[0] == about)])
        for about, label in ABOUT.items()
    ]
    return [("", _("Everything")), *groups]


def day(**options: Any) -> forms.DateField:
    """A day, chosen in the browser's calendar."""
    return forms.DateField(
        required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), **options
    )


class AuditForm(forms.Form):
    """By whom, what, and within which days."""

    who = forms.CharField(label=_("Who"), max_length=254, required=False)
    what = forms.ChoiceField(label=_("What"), choices=choices, required=False)
    vars()["from"] = day(label=_("From"))
    until = day(label=_("Until"))

    def narrowed(self, entries: AuditEntryQuerySet) -> AuditEntryQuerySet:
        """What was asked for; nothing where it makes no sense."""
        if not self.is_valid():
            return AuditEntry.objects.none()
        return entries.narrowed(
            who=self.cleaned_data.get("who", ""),
            what=self.cleaned_data["what"],
            since=_midnight(self.cleaned_data["from"]),
            until=self._end(),
        )

    def query(self) -> str:
        """The same question to the API, as the end of an address."""
        told = self.cleaned_data if self.is_valid() else {}
        since, until = _midnight(told.get("from")), self._end()
        asked = {
            "who": told.get("who"),
            "what": told.get("what"),
            "from": since.isoformat() if since else "",
            "until": until.isoformat() if until else "",
        }
        text = urlencode({name: value for name, value in asked.items() if value})
        return f"?{text}" if text else ""

    def _end(self) -> datetime | None:
        """When the last day is over."""
        last = self.cleaned_data.get("until")
        return _midnight(last + timedelta(days=1)) if last and last < date.max else None


class OwnAuditForm(AuditForm):
    """About one's own account everybody who acts is of interest."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        del self.fields["who"]


def _midnight(on: date | None) -> datetime | None:
    return timezone.make_aware(datetime.combine(on, time.min)) if on else None
