"""What a workspace used, for its owners: months and quotas, meetings, a table."""

from typing import Any, ClassVar

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.access import workspace_of
from accounts.months import Month
from meetings.access import caller
from meetings.api.filters import StableOrdering
from meetings.models import Meeting
from meetings.openapi import problems
from reports.documents.usage import usage_document
from reports.serializers.usage import (
    MONTH,
    MeetingUsageSerializer,
    MonthQuerySerializer,
    UsageSerializer,
)
from reports.services import usage
from reports.usage_table import csv_of

OF_MONTH = OpenApiParameter(
    "month",
    {"type": "string", "pattern": MONTH},
    description="A month, `2026-11`; this one unless told.",
)


class WorkspaceUsage(APIView):
    """The usage of a workspace."""

    @extend_schema(
        operation_id="workspaces_usage",
        responses={200: UsageSerializer, **problems(403, 404)},
    )
    def get(self, request: Request, pk: int) -> Response:
        """Quotas and how much of them is taken, and twelve months; owners only."""
        workspace = workspace_of(request.user, pk, to_change=True)
        return Response(UsageSerializer(usage_document(workspace)).data)


class WorkspaceUsageMeetings(GenericAPIView[Meeting]):
    """The usage of a workspace by meeting."""

    serializer_class = MeetingUsageSerializer
    filter_backends = [StableOrdering]
    ordering_fields: ClassVar[list[str]] = ["held_at", "recording_seconds", "tokens", "bytes"]
    ordering: ClassVar[list[str]] = ["-held_at"]
    queryset = Meeting.objects.none()

    def get_queryset(self) -> Any:
        """The meetings that used something in the month."""
        workspace = workspace_of(self.request.user, self.kwargs["pk"], to_change=True)
        month = month_of_query(self.request)
        return usage.of_meetings(workspace, caller(self.request), month)

    @extend_schema(
        operation_id="workspaces_usage_meetings",
        parameters=[OF_MONTH],
        responses={200: MeetingUsageSerializer(many=True), **problems(400, 403, 404)},
    )
    def get(self, request: Request, pk: int) -> Response:
        """Meetings that used something in a month; owners only. Deleted ones are not told."""
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        return self.get_paginated_response(self.get_serializer(page, many=True).data)


class WorkspaceUsageExport(APIView):
    """The usage of a workspace by meeting, as a file."""

    @extend_schema(
        operation_id="workspaces_usage_export",
        parameters=[OF_MONTH],
        responses={(200, "text/csv"): OpenApiTypes.STR, **problems(400, 403, 404)},
    )
    def get(self, request: Request, pk: int) -> Any:
        """CSV (RFC 4180, UTF-8 with a byte order mark): a month's meetings, owners only.

        The last row is what meetings used that have been deleted or moved since.
        """
        workspace = workspace_of(request.user, pk, to_change=True)
        month = month_of_query(request)
        name = f"usage-{workspace.pk}-{month}.csv"
        return HttpResponse(
            csv_of(workspace, caller(request), month),
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )


def month_of_query(request: Request) -> Month:
    """The month that is asked for; ValidationError where it is none."""
    form = MonthQuerySerializer(data=request.query_params)
    form.is_valid(raise_exception=True)
    return form.chosen
