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
from transcription import meaning, search
from transcription.errors import MeaningIsOff
from transcription.filters import MeantFilter, SaidFilter
from transcription.models import Passage, Segment
from transcription.serializers.search import MomentSerializer, StretchSerializer


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


class SearchByMeaning(GenericAPIView[Passage]):
    """The half minutes of talk that are nearest to a question."""

    serializer_class = StretchSerializer
    pagination_class = None
    filterset_class = MeantFilter
    queryset = Passage.objects.none()

    def get_queryset(self) -> QuerySet[Passage]:
        """What the caller may read."""
        return meaning.in_sight(self.request.user)

    @extend_schema(
        operation_id="search_by_meaning",
        responses={200: StretchSerializer(many=True), **problems(400, 404)},
    )
    def get(self, request: Request) -> Response:
        """The twenty passages that are nearest to the question, the nearest first."""
        if not meaning.is_on():
            raise MeaningIsOff
        passages = self.filter_queryset(self.get_queryset())
        found = meaning.nearest(passages, request.query_params["q"])
        audit.record_each(
            Act.MEETING_SEEN, of={one.meeting.pk: one.meeting for one in found}.values()
        )
        return Response(self.get_serializer(found, many=True).data)
