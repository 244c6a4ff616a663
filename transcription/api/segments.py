"""Segments edited: words, speaker, split, merged, confirmed, dropped."""

from typing import Any

from django.urls import reverse
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import User
from meetings.access import caller
from meetings.api.idempotent import answered_once, as_json
from meetings.openapi import ETAG, IDEMPOTENCY_KEY, if_match, location, problems
from meetings.services.idempotency import Answer
from transcription.access import segment_of, transcript_of
from transcription.documents import held_segment_document
from transcription.errors import PreconditionRequired
from transcription.models import Segment, Transcript
from transcription.serializers.editing import (
    HeldSegmentSerializer,
    PartsSerializer,
    ReassignedSerializer,
    ReassignSerializer,
    SegmentChangeSerializer,
    SegmentConflictSerializer,
    SplitSerializer,
)
from transcription.services import editing

STALE = {
    (412, "application/problem+json"): OpenApiResponse(
        SegmentConflictSerializer, "Changed meanwhile; `current` is how it stands now."
    )
}


def answer(segment: Segment) -> Response:
    """A segment with its ETag."""
    document = held_segment_document(segment, segment.speaker)
    return Response(document, headers={"ETag": segment.etag})


class SegmentDetail(APIView):
    """One segment."""

    @extend_schema(
        operation_id="segments_retrieve",
        parameters=[ETAG],
        responses={200: HeldSegmentSerializer, **problems(404)},
    )
    def get(self, request: Request, pk: Any) -> Response:
        """The segment as it stands, with its ETag; a dropped one too."""
        return answer(segment_of(request.user, pk))

    @extend_schema(
        operation_id="segments_update",
        parameters=[if_match(is_required=True), ETAG],
        request=SegmentChangeSerializer,
        responses={200: HeldSegmentSerializer, **STALE, **problems(400, 403, 404, 409, 428)},
    )
    def patch(self, request: Request, pk: Any) -> Response:
        """Other words, another speaker, no doubt left, dropped or brought back."""
        segment = segment_of(request.user, pk, to_change=True)
        etag = request.headers.get("If-Match", "")
        if not etag:
            raise PreconditionRequired
        form = SegmentChangeSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        changed = editing.change(segment=segment, by=caller(request), wanted=form.wanted, etag=etag)
        return answer(changed)


class SegmentSplit(APIView):
    """One segment becomes two."""

    @extend_schema(
        operation_id="segments_split",
        parameters=[
            if_match(is_required=False),
            IDEMPOTENCY_KEY,
            location(201, what="The first part."),
        ],
        request=SplitSerializer,
        responses={201: PartsSerializer, **STALE, **problems(400, 403, 404, 409)},
    )
    def post(self, request: Request, pk: Any) -> Response:
        """Split it at a character of its text, or before one of its words counted from 0."""
        segment = segment_of(request.user, pk, to_change=True)
        form = SplitSerializer(data=request.data)
        form.is_valid(raise_exception=True)

        def act() -> Answer:
            parts = editing.split(
                segment=segment,
                by=caller(request),
                at=form.place(segment.text),
                etag=request.headers.get("If-Match", ""),
            )
            documents = [held_segment_document(part, part.speaker) for part in parts]
            where = reverse("api:segment", args=[parts[0].pk])
            return Answer(status.HTTP_201_CREATED, as_json({"segments": documents}), where)

        return answered_once(request, act, fields=form.validated_data)


class SegmentMerge(APIView):
    """A segment and the next one become one."""

    @extend_schema(
        operation_id="segments_merge",
        parameters=[if_match(is_required=False), ETAG],
        request=None,
        responses={200: HeldSegmentSerializer, **STALE, **problems(400, 403, 404, 409)},
    )
    def post(self, request: Request, pk: Any) -> Response:
        """Put the words of the next segment behind its own; its speaker stays."""
        segment = segment_of(request.user, pk, to_change=True)
        etag = request.headers.get("If-Match", "")
        return answer(editing.merge(segment=segment, by=caller(request), etag=etag))


class TranscriptReassign(APIView):
    """A stretch of the transcript."""

    @extend_schema(
        operation_id="meetings_transcript_reassign",
        request=ReassignSerializer,
        responses={200: ReassignedSerializer, **problems(400, 403, 404, 409)},
    )
    def post(self, request: Request, pk: Any) -> Response:
        """Say who speaks from one segment to another, or from one time to another."""
        transcript = transcript_of(request.user, pk, to_change=True)
        form = ReassignSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        return Response({"changed": _reassigned(transcript, form, caller(request))})


def _reassigned(transcript: Transcript, form: ReassignSerializer, by: User) -> int:
    voice = form.voice or editing.Voice()
    if form.times:
        start, end = form.times
        return editing.reassign_between(
            transcript=transcript, by=by, start=start, end=end, voice=voice
        )
    first, last = (
        Segment(pk=form.validated_data[name], transcript=transcript) for name in ("first", "last")
    )
    return editing.reassign(first=first, last=last, by=by, voice=voice)
