"""Problems, and the ways to say who calls, as the API's schema writes them down."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.utils import OpenApiResponse
from rest_framework import serializers


class ProblemSerializer(serializers.Serializer[Any]):
    """Problem details (RFC 9457)."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    code = serializers.CharField(help_text="Stable; docs/api.md lists them.")
    request_id = serializers.CharField()
    retryable = serializers.BooleanField(required=False)
    errors = serializers.DictField(  # type: ignore[assignment]  # a field's name
        required=False, help_text="What is wrong, by field."
    )


MEANINGS = {
    400: "Something about the request is not right; `errors` says what.",
    401: "Not let in; `code` says why.",
    402: "The workspace has used what it may; `quota` says of what, `renews_at` until when.",
    403: "Visible, but not to be changed by the caller.",
    404: "Not there, or out of the caller's sight.",
    409: "Not in the present state; `code` says why.",
    411: "Sent without saying how long it is.",
    410: "Gone for good; `code` says why.",
    412: "Changed meanwhile; `current` is how it stands now.",
    413: "Larger than this instance accepts.",
    415: "Sent in a format that is not understood.",
    416: "The range lies outside the object.",
    422: "No recording that can be worked on; `code` says why.",
    428: "`If-Match` with the ETag that was read is needed.",
    429: "Too many of these; `Retry-After` says when to try again.",
    503: "Not now; `Retry-After` says when to try again.",
}


ANYWHERE = (400, 401, 403, 404, 415, 429)
"""What any operation may answer with, whether it names it or not."""


def common_answers(result: dict[str, Any], **_told: Any) -> dict[str, Any]:
    """A hook of the schema's generator: every operation says what any may answer with.

    Operations that nobody need sign in to have no 401, those that take nothing no 415.
    """
    components = result["components"]
    components["responses"] = {f"Problem{status}": _response(status) for status in ANYWHERE}
    for path in result["paths"].values():
        for operation in path.values():
            answers = operation.get("responses", {})
            is_public = {} in operation.get("security", [{}])
            never = {401} if is_public else set()
            if "requestBody" not in operation:
                never.add(415)
            for status in ANYWHERE:
                if status not in never:
                    reference = {"$ref": f"#/components/responses/Problem{status}"}
                    answers.setdefault(str(status), reference)
    return result


def _response(status: int) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    content = {"application/problem+json": {"schema": schema}}
    return {"description": MEANINGS[status], "content": content}


def problems(*statuses: int) -> dict[tuple[int, str], OpenApiResponse]:
    """The responses of an operation that may answer with these problems."""
    return {
        (status, "application/problem+json"): OpenApiResponse(ProblemSerializer, MEANINGS[status])
        for status in statuses
    }


class ApiKeyScheme(OpenApiAuthenticationExtension):
    """``Authorization: Api-Key <key>`` in the schema."""

    target_class = "accounts.authentication.ApiKeyAuthentication"
    name = "ApiKey"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """An API key in the header ``Authorization``."""
        return {
            "type": "apiKey",
            "in": "header",
            "name": "Authorization",
            "description": "`Api-Key <key>`; the page “API keys” makes one, and so does "
            "`manage.py create_api_key`.",
        }


class AccessTokenScheme(OpenApiAuthenticationExtension):
    """``Authorization: Bearer <token>`` in the schema."""

    target_class = "accounts.authentication.AccessTokenAuthentication"
    name = "AccessToken"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """A short-lived JSON Web Token in the header ``Authorization``."""
        return {
            "type": "http",
            "scheme": "bearer",
            "bearerFormat": "JWT",
            "description": "From `auth/token/`; a few minutes of life, renewed by "
            "`auth/token/refresh/`.",
        }
