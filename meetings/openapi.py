"""How the API's conventions are written down in its schema."""

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter

from accounts.openapi import ProblemSerializer, problems

__all__ = ["IDEMPOTENCY_KEY", "ProblemSerializer", "location", "problems"]

IDEMPOTENCY_KEY = OpenApiParameter(
    "Idempotency-Key",
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    description="Names this request for a day: sent again, it acts once and answers the same.",
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
