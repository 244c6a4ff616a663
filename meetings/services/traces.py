"""What rows that stay keep of a meeting's words: taken out when it is deleted."""

from collections.abc import Iterable
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.urls import reverse

from meetings.models import IdempotencyKey, Meeting, Operation


def wipe(meeting: Meeting) -> None:
    """Answers kept for requests sent twice go; histories stay, without the meeting's title."""
    wipe_answers([meeting.pk, *meeting.jobs.values_list("pk", flat=True)])
    Operation.objects.filter(job__meeting=meeting).update(subject="")
    wipe_log(Meeting, [meeting.pk])


def wipe_answers(ids: Iterable[Any]) -> None:
    """Delete the kept answers that tell of rows with these ids."""
    told = Q(pk__in=[])
    for one in ids:
        told |= Q(body__icontains=str(one)) | Q(location__contains=str(one))
    IdempotencyKey.objects.filter(told).delete()


def wipe_answers_of(route: str, rows: QuerySet[Any]) -> None:
    """Delete the kept answers whose ``Location`` is one of ``rows``' at a route of the API."""
    prefix = reverse(f"api:{route}", args=[0]).removesuffix("0/")
    found = IdempotencyKey.objects.filter(location__startswith=prefix)
    keys: dict[str, list[Any]] = {}
    for pk, address in found.values_list("pk", "location"):
        keys.setdefault(address.removeprefix(prefix).rstrip("/"), []).append(pk)
    asked = [int(one) for one in keys if one.isdecimal()]
    gone = rows.filter(pk__in=asked).values_list("pk", flat=True)
    doomed = [pk for one in gone for pk in keys[str(one)]]
    IdempotencyKey.objects.filter(pk__in=doomed).delete()


def wipe_log(model: Any, ids: Iterable[Any]) -> None:
    """The operators' log names rows by what they were called; it does no longer."""
    kind = ContentType.objects.get_for_model(model)
    entries = LogEntry.objects.filter(content_type=kind, object_id__in=[str(one) for one in ids])
    entries.update(object_repr="", change_message="")
