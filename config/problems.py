"""Errors of the API as problem details (RFC 9457), each with a stable code."""

import uuid
from typing import Any

import structlog
from django.core.exceptions import PermissionDenied
from django.http import Http404
from rest_framework import exceptions, status
from rest_framework.response import Response
from rest_framework.views import set_rollback

from accounts.errors import ProtokolError

log = structlog.get_logger(__name__)

CONTENT_TYPE = "application/problem+json"


def handler(error: Exception, context: dict[str, Any]) -> Response:
    """The answer to any error under the API; unexpected ones are logged with their request."""
    set_rollback()
    status_code, code, detail, extra = _describe(error)
    request_id = structlog.contextvars.get_contextvars().get("request_id") or uuid.uuid4().hex
    if status_code >= 500:
        log.exception("api_error", exc_info=error, request_id=request_id)
    response = Response(
        {
            "type": f"about:blank#{code}",
            "title": TITLES.get(status_code, "Error"),
            "status": status_code,
            "detail": detail,
            "code": code,
            "request_id": str(request_id),
            **extra,
        },
        status=status_code,
        content_type=CONTENT_TYPE,
    )
    if isinstance(error, exceptions.APIException) and getattr(error, "auth_header", None):
        response["WWW-Authenticate"] = error.auth_header
    if isinstance(error, exceptions.Throttled) and error.wait:
        response["Retry-After"] = str(round(error.wait))
    return response


TITLES = {
    400: "Bad request",
    401: "Not signed in",
    402: "Quota exceeded",
    403: "Forbidden",
    404: "Not found",
    405: "Method not allowed",
    409: "Conflict",
    412: "Precondition failed",
    413: "Too large",
    415: "Unsupported media type",
    422: "Cannot be processed",
    429: "Too many requests",
    500: "Server error",
    503: "Not available now",
}


def _describe(error: Exception) -> tuple[int, str, str, dict[str, Any]]:
    if isinstance(error, ProtokolError):
        return error.status, error.code, str(error.detail), {"retryable": error.retryable}
    if isinstance(error, Http404):
        error = exceptions.NotFound()
    if isinstance(error, PermissionDenied):
        error = exceptions.PermissionDenied()
    if isinstance(error, exceptions.ValidationError):
        return 400, "invalid", "Some fields are not right.", {"errors": error.detail}
    if isinstance(error, exceptions.APIException):
        code = error.get_codes()
        detail = str(error.detail)
        return error.status_code, code if isinstance(code, str) else "error", detail, {}
    return (
        status.HTTP_500_INTERNAL_SERVER_ERROR,
        "server_error",
        "Something went wrong here. Nothing was lost; the operator can find it by request_id.",
        {},
    )
