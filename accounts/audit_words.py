"""Entries of the audit log in words: details by their names, and rows of a table."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.agents import device_of
from accounts.models import AuditEntry
from accounts.spreadsheets import table

NAMES = {
    "before": gettext_lazy("before that"),
    "bytes": gettext_lazy("bytes"),
    "count": gettext_lazy("how many"),
    "days": gettext_lazy("valid for days"),
    "fields": gettext_lazy("what of it"),
    "file": gettext_lazy("file"),
    "format": gettext_lazy("format"),
    "from_stage": gettext_lazy("from the stage"),
    "host": gettext_lazy("server"),
    "invited": gettext_lazy("invited by mail"),
    "key": gettext_lazy("key"),
    "kind": gettext_lazy("kind"),
    "link": gettext_lazy("link"),
    "may_download": gettext_lazy("with the download"),
    "model": gettext_lazy("model"),
    "name": gettext_lazy("name"),
    "new": gettext_lazy("new"),
    "password": gettext_lazy("with a password"),
    "person": gettext_lazy("person"),
    "provider": gettext_lazy("provider"),
    "refused": gettext_lazy("refused because"),
    "resolved": gettext_lazy("settled"),
    "reviewers": gettext_lazy("reviewers"),
    "right": gettext_lazy("right"),
    "role": gettext_lazy("role"),
    "scope": gettext_lazy("scope"),
    "state": gettext_lazy("state"),
    "step": gettext_lazy("step"),
    "still_waiting": gettext_lazy("reviewers still waited for"),
    "template": gettext_lazy("template"),
    "to": gettext_lazy("to"),
    "transcript": gettext_lazy("with the transcript"),
    "version": gettext_lazy("version"),
}
"""How details are called; ids of rows have no name, and are left to the API."""


def details_of(entry: AuditEntry) -> list[tuple[str, str]]:
    """Names and values of the details that people can read."""
    return [
        (str(NAMES[name]), _value(value))
        for name, value in entry.details.items()
        if name in NAMES and value not in ("", None, [])
    ]


def csv_of(entries: Iterable[AuditEntry]) -> str:
    """A header and a row an entry, in the reader's language; times with zone, by ISO 8601."""
    return table(_header(), _rows(entries))


def _header() -> list[str]:
    return [
        _("When"),
        _("Code"),
        _("What"),
        _("Who"),
        _("E-mail"),
        _("Kind"),
        _("By means of"),
        _("Kind of object"),
        _("Object's id"),
        _("Object"),
        _("Details"),
        _("Address of the caller"),
        _("Program"),
    ]


def _rows(entries: Iterable[AuditEntry]) -> Iterator[list[str]]:
    for entry in entries:
        yield [
            timezone.localtime(entry.created_at).isoformat(timespec="seconds"),
            entry.what,
            entry.label,
            entry.name,
            entry.email,
            str(entry.get_kind_display()),
            entry.via,
            entry.object_type,
            entry.object_id,
            entry.object_title,
            "; ".join(f"{name}: {_value(value)}" for name, value in entry.details.items()),
            entry.address or "",
            device_of(entry.agent),
        ]


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if isinstance(value, list):
        return ", ".join(_value(one) for one in value)
    return str(value)
