"""A speaker's new name comes into the drafts that call them by the old one."""

import re
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext

from accounts.models import User
from reports.models import Edit, Minutes, Statement
from reports.services import drafts, staleness
from transcription.models import Speaker


@transaction.atomic
def rename(
    sender: object,
    *,
    transcript_id: int,
    renamed: Mapping[int, tuple[str, str]] | None = None,
    by: User | None = None,
    **_sent: Any,
) -> None:
    """Receives ``transcription.signals.speakers_changed``.

    Where somebody was given a name, drafts say it instead of the earlier one, or of the numbered
    one, in any language. What is reviewed or approved stays as it is read.
    """
    named = {pk: names for pk, names in (renamed or {}).items() if names[1]}
    if not named:
        return
    calls = [
        (called, new)
        for speaker in Speaker.everyone.filter(pk__in=named)
        for old, new in [named[speaker.pk]]
        for called in _calls(speaker, old)
    ]
    for minutes in staleness.unapproved(transcript_id):
        if minutes.is_draft:
            _rewrite(minutes, calls, by)


def _calls(speaker: Speaker, old: str) -> set[str]:
    """What a speaker was called: the old name, else the numbered one in every language."""
    if old:
        return {old}
    found = set()
    for code, _language in settings.LANGUAGES:
        with translation.override(code):
            found.add(gettext("Speaker %(number)s") % {"number": speaker.position + 1})
    return found


def _rewrite(minutes: Minutes, calls: list[tuple[str, str]], by: User | None) -> None:
    rows = Statement.objects.filter(section__minutes=minutes).select_related("section")
    changed = False
    for row in rows.prefetch_related("evidence").order_by("pk"):
        text, assignee = row.text, row.assignee
        for old, new in calls:
            text, assignee = _said(text, old, new), _said(assignee, old, new)[:150]
        if (text, assignee) == (row.text, row.assignee):
            continue
        drafts.note(row, Edit.Action.CHANGED, by, drafts.snapshot(row))
        row.text, row.assignee, row.revision = text, assignee, row.revision + 1
        row.save(update_fields=["text", "assignee", "revision"])
        changed = True
    if changed:
        drafts.changed(minutes)


def _said(text: str, old: str, new: str) -> str:
    if old in new and new in text:
        return text
    return re.sub(rf"(?<!\w){re.escape(old)}(?!\w)", lambda _match: new, text)
