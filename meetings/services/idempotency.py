"""Requests that create something, done once however often they are sent."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from meetings.errors import KeyUsedOtherwise
from meetings.models import IdempotencyKey
from meetings.services import ingest

KEPT = timedelta(hours=24)


@dataclass(frozen=True)
class Answer:
    """What a request was answered with; ``body`` is JSON."""

    status: int
    body: Any
    location: str = ""


def once(*, user: User, key: str, digest: str, act: Callable[[], Answer]) -> Answer:
    """The answer of ``act``, called at most once for a ``key`` of ``user`` within a day.

    What ``act`` writes and the answer commit together; an error of ``act`` leaves the key free.
    Simultaneous requests wait for the first. KeyUsedOtherwise where ``digest`` differs.
    """
    IdempotencyKey.objects.filter(user=user, created_at__lt=timezone.now() - KEPT).delete()
    with transaction.atomic():
        row, created = IdempotencyKey.objects.get_or_create(
            user=user, key=key, defaults={"digest": digest}
        )
        if not created:
            if row.digest != digest:
                raise KeyUsedOtherwise
            return Answer(row.status or 200, row.body, row.location)
        answer = act()
        row.status, row.body, row.location = answer.status, answer.body, answer.location
        row.save(update_fields=["status", "body", "location"])
        return answer


def forget() -> int:
    """Delete the answers that are not given again; how many there were."""
    old = IdempotencyKey.objects.filter(created_at__lt=timezone.now() - KEPT)
    return old.delete()[0]


def digest_of(action: str, fields: Mapping[str, Any], upload: UploadedFile | None = None) -> str:
    """A hexadecimal SHA-256 of what a request asks for, its file included by its own SHA-256."""
    asked: dict[str, Any] = {"action": action, "fields": fields}
    if upload is not None:
        with ingest.on_disk(upload) as path, path.open("rb") as source:
            asked["file"] = [upload.name, hashlib.file_digest(source, "sha256").hexdigest()]
    text = json.dumps(asked, sort_keys=True, cls=DjangoJSONEncoder)
    return hashlib.sha256(text.encode()).hexdigest()
