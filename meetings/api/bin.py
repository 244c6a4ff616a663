"""The bin: what was thrown away, taken back or deleted for good."""

from typing import Any, ClassVar

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from meetings.access import binned_of, caller, meeting_of
from meetings.api.filters import StableOrdering
from meetings.models import Meeting
from meetings.openapi import problems
from meetings.serializers import MeetingSerializer
from meetings.services import binning

CONFIRMATION = OpenApiParameter(
    "confirmation",
    OpenApiTypes.STR,
    description="Where approved minutes would go: their number, as `confirmation_needed` told it.",
)
FOR_GOOD = OpenApiParameter(
    "for_good", OpenApiTypes.BOOL, description="At once, past the bin; nothing can be restored."
)


class DeletionQuery(serializers.Serializer[Any]):
    """How a meeting is to be deleted."""

    confirmation = serializers.CharField(max_length=50, required=False, default="")
    for_good = serializers.BooleanField(required=False, default=False)


class BinnedSerializer(serializers.ModelSerializer[Meeting]):
    """A meeting in the bin."""

    binned_by = serializers.StringRelatedField(read_only=True)  # type: ignore[var-annotated]
    goes_at = serializers.DateTimeField(
        read_only=True, help_text="When it is deleted for good, within an hour or so."
    )

    class Meta:
        model = Meeting
        fields = ["id", "workspace", "title", "held_at", "binned_at", "binned_by", "goes_at"]
        read_only_fields = fields


class BinList(GenericAPIView[Meeting]):
    """What lies in the bins of the caller's workspaces."""

    serializer_class = BinnedSerializer
    filter_backends = [StableOrdering]
    ordering: ClassVar[list[str]] = ["-binned_at"]
    queryset = Meeting.objects.none()

    @extend_schema(operation_id="bin_list", responses={200: BinnedSerializer(many=True)})
    def get(self, request: Request) -> Response:
        """Meetings of the workspaces in which the caller edits, thrown away last first."""
        page = self.paginate_queryset(Meeting.objects.binned_for(request.user))
        return self.get_paginated_response(self.get_serializer(page, many=True).data)


class BinDetail(APIView):
    """One meeting in the bin."""

    @extend_schema(
        operation_id="bin_delete",
        parameters=[CONFIRMATION],
        responses={204: None, **problems(403, 404, 409)},
    )
    def delete(self, request: Request, pk: Any) -> Response:
        """Delete it for good, now."""
        found = binned_of(request.user, pk)
        return deleted(request, found, for_good=True)


class BinRestore(APIView):
    """The way back."""

    @extend_schema(
        operation_id="bin_restore",
        request=None,
        responses={200: MeetingSerializer, **problems(404)},
    )
    def post(self, request: Request, pk: Any) -> Response:
        """Take it out of the bin, with everything that it was."""
        binning.restore(meeting=binned_of(request.user, pk))
        return Response(MeetingSerializer(meeting_of(request.user, pk)).data)


def deleted(request: Request, meeting: Meeting, *, for_good: bool = False) -> Response:
    """204: the meeting is in the bin, or gone, as the query says."""
    query = DeletionQuery(data=request.query_params)
    query.is_valid(raise_exception=True)
    asked = query.validated_data
    binning.delete(
        meeting=meeting,
        by=caller(request),
        confirmation=asked["confirmation"],
        for_good=for_good or asked["for_good"],
    )
    return Response(status=status.HTTP_204_NO_CONTENT)
