"""The history of a transcript: read, undone, done again, gone back in; find and replace."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from meetings.access import caller
from meetings.openapi import problems
from transcription.access import transcript_of
from transcription.documents import edit_document
from transcription.models import Transcript, TranscriptEdit
from transcription.serializers.editing import (
    ReplacedSerializer,
    ReplaceSerializer,
    RestoreSerializer,
    TranscriptEditSerializer,
)
from transcription.services import history, replacing

MOST_HITS = 500
"""Segments that an answer to find and replace shows."""


class LatestFirst(CursorPagination):
    """The newest edit first, 50 a page, 200 at most."""

    ordering = "-number"
    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 200


class TranscriptEdits(GenericAPIView[TranscriptEdit]):
    """What people did."""

    serializer_class = TranscriptEditSerializer
    pagination_class = LatestFirst
    filter_backends = ()
    queryset = TranscriptEdit.objects.none()

    @extend_schema(
        operation_id="meetings_transcript_edits",
        responses={200: TranscriptEditSerializer(many=True), **problems(404)},
    )
    def get(self, request: Request, pk: Any) -> Response:
        """Every edit of the current transcript with who made it and when; nothing is left out."""
        edits = TranscriptEdit.objects.filter(transcript=transcript_of(request.user, pk))
        page = self.paginate_queryset(edits.in_brief()) or []
        return self.get_paginated_response([edit_document(edit) for edit in page])


class TranscriptUndo(APIView):
    """The caller's latest edit."""

    @extend_schema(
        operation_id="meetings_transcript_undo",
        request=None,
        responses={200: TranscriptEditSerializer, **problems(403, 404, 409)},
    )
    def post(self, request: Request, pk: Any) -> Response:
        """Put back what stood before it; 409 where somebody has worked on top of it."""
        transcript = transcript_of(request.user, pk, to_change=True)
        edit = history.undo(transcript=transcript, by=caller(request))
        return Response(edit_document(edit))


class TranscriptRedo(APIView):
    """What the caller undid."""

    @extend_schema(
        operation_id="meetings_transcript_redo",
        request=None,
        responses={200: TranscriptEditSerializer, **problems(403, 404, 409)},
    )
    def post(self, request: Request, pk: Any) -> Response:
        """Do again what was undone last."""
        transcript = transcript_of(request.user, pk, to_change=True)
        edit = history.redo(transcript=transcript, by=caller(request))
        return Response(edit_document(edit))


class TranscriptRestore(APIView):
    """An earlier state."""

    @extend_schema(
        operation_id="meetings_transcript_restore",
        request=RestoreSerializer,
        responses={200: TranscriptEditSerializer, 204: None, **problems(400, 403, 404, 409)},
    )
    def post(self, request: Request, pk: Any) -> Response:
        """Put back how everything was after an edit, in an edit of its own; 204: it is so."""
        transcript = transcript_of(request.user, pk, to_change=True)
        form = RestoreSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        edit = history.restore(
            transcript=transcript, by=caller(request), number=form.validated_data["number"]
        )
        return Response(edit_document(edit)) if edit else Response(status=204)


class TranscriptReplace(APIView):
    """Words all over the transcript."""

    @extend_schema(
        operation_id="meetings_transcript_replace",
        request=ReplaceSerializer,
        responses={200: ReplacedSerializer, **problems(400, 403, 404, 409)},
    )
    def post(self, request: Request, pk: Any) -> Response:
        """Look what would be replaced, or with ``dry_run`` false replace it in one edit."""
        form = ReplaceSerializer(data=request.data)
        transcript = transcript_of(request.user, pk, to_change=True)
        form.is_valid(raise_exception=True)
        return Response(_replaced(transcript, form, request))


def _replaced(transcript: Transcript, form: ReplaceSerializer, request: Request) -> Any:
    edit = None
    if form.validated_data["dry_run"]:
        found = replacing.hits(transcript, form.sought)
    else:
        found, edit = replacing.replace(
            transcript=transcript,
            by=caller(request),
            wanted=form.sought,
            only=form.validated_data.get("segments"),
        )
    answer = {
        "places": sum(hit.places for hit in found),
        "segments_count": len(found),
        "hits": found[:MOST_HITS],
        "edit": edit_document(edit) if edit else None,
    }
    return ReplacedSerializer(answer).data
