"""How the API's conventions are written down in its schema."""

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter

from accounts.openapi import ProblemSerializer, problems

__all__ = ["ETAG", "IDEMPOTENCY_KEY", "ProblemSerializer", "if_match", "location", "problems"]

IDEMPOTENCY_KEY = OpenApiParameter(
    "Idempotency-Key",
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    description="Names this request for a day: sent again, it acts once and answers the same.",
)

ETAG = OpenApiParameter(
    "ETag", OpenApiTypes.STR, OpenApiParameter.HEADER, response=[200], description="Its state."
)


def if_match(*, is_required: bool) -> OpenApiParameter:
    """The header that names the state that was read."""
    return OpenApiParameter(
        "If-Match",
        OpenApiTypes.STR,
        OpenApiParameter.HEADER,
        required=is_required,
        description="The ETag that was read; `*` for any.",
    )


def location(*statuses: int, what: str = "What to watch: the job.") -> OpenApiParameter:
    """The ``Location`` header of a response."""
    return OpenApiParameter(
        "Location",
        OpenApiTypes.URI,
        OpenApiParameter.HEADER,
        description=what,
        response=list(statuses),
    )
