"""Search in what was said."""

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.acts import Act
from accounts.services import audit
from meetings.openapi import problems
from transcription import search
from transcription.filters import SaidFilter
from transcription.models import Segment
from transcription.serializers.search import MomentSerializer


class ByMeeting(CursorPagination):
    """The newest meeting first, in each as the recording goes."""

    ordering = ("-held_at", "transcript", "start", "pk")
    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 200
    offset_cutoff = None  # type: ignore[assignment]
    """Moments of one meeting are told apart by their number, and there may be thousands."""


class Search(GenericAPIView[Segment]):
    """The moments in which words were said."""

    serializer_class = MomentSerializer
    pagination_class = ByMeeting
    filterset_class = SaidFilter
    queryset = Segment.objects.none()

    def get_queryset(self) -> QuerySet[Segment]:
        """What the caller may read."""
        rows = search.with_meeting(search.in_sight(self.request.user))
        return search.marked(rows, self.request.query_params.get("q", ""))

    @extend_schema(
        operation_id="search", responses={200: MomentSerializer(many=True), **problems(400)}
    )
    def get(self, request: Request) -> Response:
        """Every segment in which the words were said, in any form, the newest meeting first."""
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset())) or []
        seen = {one.transcript.meeting_id: one.transcript.meeting for one in page}
        audit.record_each(Act.MEETING_SEEN, of=seen.values())
        return self.get_paginated_response(self.get_serializer(page, many=True).data)
