"""POSTs that may be sent twice and act once."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from rest_framework.exceptions import ValidationError
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from meetings.access import caller
from meetings.services import idempotency
from meetings.services.idempotency import Answer


def as_json(document: Any) -> Any:
    """The document as the client will read it."""
    return json.loads(JSONRenderer().render(document))


def answered_once(
    request: Request,
    act: Callable[[], Answer],
    *,
    fields: Mapping[str, Any],
    upload: UploadedFile | None = None,
) -> Response:
    """The answer of ``act``; with an ``Idempotency-Key``, the one that was given before."""
    key = request.headers.get("Idempotency-Key", "")
    if not key:
        answer = act()
    else:
        if len(key) > 255 or not key.isprintable():
            raise ValidationError({"Idempotency-Key": ["At most 255 printable characters."]})
        action = f"{request.method} {request.path}"
        answer = idempotency.once(
            user=caller(request),
            key=key,
            digest=idempotency.digest_of(action, fields, upload),
            act=act,
        )
    watch = request.build_absolute_uri(answer.location)
    return Response(answer.body, status=answer.status, headers={"Location": watch})
