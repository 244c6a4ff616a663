"""Errors of the API as problem details (RFC 9457), each with a stable code."""

import json
import sys
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import structlog
from django.core import exceptions as django_exceptions
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views import defaults
from django.views.decorators.csrf import csrf_exempt
from redis.exceptions import ConnectionError as RedisAway
from redis.exceptions import TimeoutError as RedisSlow
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

from accounts.errors import ProtokolError

log = structlog.get_logger(__name__)

CONTENT_TYPE = "application/problem+json"
API = "/api/"
AWAY = (OperationalError, InterfaceError, RedisAway, RedisSlow)
"""What is raised when PostgreSQL or Redis does not answer."""

RETRY_AFTER = 5
"""Seconds after which to ask again when the database was away."""

TITLES = {
    400: "Bad request",
    401: "Not signed in",
    402: "Quota exceeded",
    403: "Forbidden",
    404: "Not found",
    405: "Method not allowed",
    406: "Not acceptable",
    409: "Conflict",
    410: "Gone",
    411: "Length required",
    412: "Precondition failed",
    413: "Too large",
    415: "Unsupported media type",
    416: "Range not satisfiable",
    422: "Cannot be processed",
    428: "Precondition required",
    429: "Too many requests",
    500: "Server error",
    503: "Not available now",
}


@dataclass(frozen=True)
class Problem:
    """What is told about an error; ``extra`` are further members of the document."""

    status: int
    code: str
    detail: str
    extra: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)

    def document(self, request_id: str) -> dict[str, Any]:
        """The problem document."""
        return {
            "type": f"about:blank#{self.code}",
            "title": TITLES.get(self.status, "Error"),
            "status": self.status,
            "detail": self.detail,
            "code": self.code,
            "request_id": request_id,
            **self.extra,
        }


def handler(error: Exception, context: dict[str, Any]) -> Response:
    """The answer to any error of an API view; unexpected ones are logged with their request."""
    set_rollback()
    problem = describe(error)
    request_id = _request_id()
    if problem.status >= 500:
        log.error("api_error", exc_info=error, request_id=request_id)
    return Response(
        problem.document(request_id),
        status=problem.status,
        headers=dict(problem.headers),
        content_type=CONTENT_TYPE,
    )


def describe(error: BaseException) -> Problem:
    """Status, code and sentence of any error."""
    if isinstance(error, ProtokolError):
        return Problem(
            error.status,
            error.code,
            str(error.detail),
            {"retryable": error.retryable, **getattr(error, "extra", {})},
            getattr(error, "headers", {}),
        )
    if isinstance(error, exceptions.APIException):
        return _of_framework(error)
    if isinstance(error, AWAY):
        return away()
    return _of_django(error)


def away() -> Problem:
    """The database does not answer."""
    return Problem(
        503,
        "unavailable",
        _("The database does not answer now. Try again in a few seconds."),
        {"retryable": True},
        {"Retry-After": str(RETRY_AFTER)},
    )


def _of_framework(error: exceptions.APIException) -> Problem:
    headers = {}
    if scheme := getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = scheme
    if wait := getattr(error, "wait", None):
        headers["Retry-After"] = str(round(wait))
    if isinstance(error, exceptions.ValidationError):
        return Problem(400, "invalid", _("Some fields are not right."), {"errors": _fields(error)})
    code = error.get_codes()
    detail = str(error.detail)
    if detail.startswith("CSRF Failed"):
        return Problem(
            403,
            "csrf_failed",
            _("The request lacks the proof of this sign-in. Reload the page and try again."),
            {"reason": detail.removeprefix("CSRF Failed: ")},
        )
    return Problem(
        error.status_code, code if isinstance(code, str) else "error", detail, {}, headers
    )


def _fields(error: exceptions.ValidationError) -> Any:
    return error.detail if isinstance(error.detail, dict) else {"non_field_errors": error.detail}


def _of_django(error: BaseException) -> Problem:
    match error:
        case Http404():
            return Problem(404, "not_found", _("There is nothing here that you may see."))
        case django_exceptions.PermissionDenied():
            return Problem(403, "permission_denied", _("You may not do this."))
        case django_exceptions.RequestDataTooBig():
            return Problem(413, "too_large", _("The request is larger than it may be."))
        case django_exceptions.ValidationError():
            return Problem(400, "invalid", _("Some fields are not right."), {"errors": {}})
        case django_exceptions.SuspiciousOperation() | django_exceptions.BadRequest():
            return Problem(400, "bad_request", _("This request cannot be understood."))
    return Problem(
        500,
        "server_error",
        _("Something went wrong here. Nothing was lost; the operator can find it by request_id."),
    )


def respond(problem: Problem) -> HttpResponse:
    """A problem as a response outside the API's views."""
    return HttpResponse(
        json.dumps(problem.document(_request_id()), ensure_ascii=False),
        status=problem.status,
        content_type=CONTENT_TYPE,
        headers=dict(problem.headers),
    )


def _request_id() -> str:
    return str(structlog.contextvars.get_contextvars().get("request_id") or uuid.uuid4().hex)


@csrf_exempt  # nothing is done here, and who sends a form is told in JSON too
def unknown_route(request: HttpRequest, path: str = "") -> HttpResponse:
    """404 at every address under the API that is none of its routes."""
    return respond(
        Problem(404, "no_such_route", _("There is no such address; all of them end with a slash."))
    )


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400 outside the API's views."""
    if request.path.startswith(API):
        return respond(describe(exception))
    return defaults.bad_request(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """500 outside the API's views; 503 where the database does not answer."""
    error = sys.exc_info()[1]
    problem = describe(error) if error else describe(RuntimeError())
    if request.path.startswith(API):
        return respond(problem)
    response = defaults.server_error(request)
    if problem.status == 503:
        response.status_code = 503
        for name, value in problem.headers.items():
            response[name] = value
    return response
