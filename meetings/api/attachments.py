"""Attachments: listed, added, called otherwise, read, removed."""

from typing import Any, ClassVar

import django_filters
from django.http import Http404, HttpResponseBase
from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.generics import GenericAPIView
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.views import APIView

from accounts.acts import Act
from accounts.services import audit
from meetings import reading
from meetings.access import attachment_of, caller, meeting_of
from meetings.api.filters import StableOrdering
from meetings.api.idempotent import answered_once, as_json
from meetings.models import Attachment, AttachmentPage
from meetings.openapi import IDEMPOTENCY_KEY, location, problems
from meetings.responses import ObjectFile, object_response
from meetings.services import attachments as services
from meetings.services.idempotency import Answer


class AttachmentErrorSerializer(serializers.Serializer[Any]):
    """Why an attachment has no text."""

    code = serializers.CharField()
    detail = serializers.CharField()


class AttachmentSerializer(serializers.ModelSerializer[Attachment]):
    """A document of a meeting."""

    error = serializers.SerializerMethodField(help_text="Why it is unreadable; else null.")

    class Meta:
        model = Attachment
        fields = [
            "id",
            "meeting",
            "filename",
            "bytes",
            "sha256",
            "media_type",
            "state",
            "error",
            "unit",
            "pages_count",
            "blank_count",
            "created_at",
        ]
        read_only_fields = [name for name in fields if name != "filename"]
        extra_kwargs = {
            "media_type": {"help_text": "By its content; empty where that is not known."},
            "unit": {"help_text": "What its numbers count; `part`: the format has no pages."},
            "blank_count": {"help_text": "Pages without text."},
        }

    @extend_schema_field(AttachmentErrorSerializer(allow_null=True))
    def get_error(self, attachment: Attachment) -> dict[str, Any] | None:
        """In the reader's language."""
        return attachment.shown_error


class NewAttachmentSerializer(serializers.Serializer[Any]):
    """A document to be attached."""

    meeting = serializers.UUIDField()
    file = serializers.FileField(max_length=1000, allow_empty_file=True)


class AttachmentPageSerializer(serializers.ModelSerializer[AttachmentPage]):
    """The text of a page, a slide or a part."""

    class Meta:
        model = AttachmentPage
        fields = ["attachment", "number", "text"]
        read_only_fields = fields


class AgendaSerializer(serializers.Serializer[Any]):
    """Items of an agenda as they stand in a document."""

    items = serializers.ListField(child=serializers.CharField())


class AttachmentFilter(django_filters.FilterSet):
    """``?meeting=`` an id; ``?state=``."""

    meeting = django_filters.UUIDFilter("meeting", label="Meeting")
    state = django_filters.ChoiceFilter(choices=Attachment.State.choices)

    class Meta:
        model = Attachment
        fields: list[str] = []


class AttachmentList(GenericAPIView[Attachment]):
    """The attachments in sight, and the way in for new ones."""

    serializer_class = AttachmentSerializer
    filter_backends = [DjangoFilterBackend, StableOrdering]
    filterset_class = AttachmentFilter
    ordering_fields: ClassVar[list[str]] = ["created_at", "filename"]
    queryset = Attachment.objects.none()

    def get_queryset(self) -> Any:
        """What the caller may see."""
        return Attachment.objects.visible_to(self.request.user)

    def get_parsers(self) -> list[Any]:
        """Only a form can carry a file."""
        return [MultiPartParser()]

    @extend_schema(
        operation_id="attachments_list", responses={200: AttachmentSerializer(many=True)}
    )
    def get(self, request: Request) -> Response:
        """Attachments, newest first."""
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    @extend_schema(
        operation_id="attachments_create",
        request={"multipart/form-data": NewAttachmentSerializer},
        parameters=[IDEMPOTENCY_KEY, location(202, what="The attachment.")],
        responses={
            202: AttachmentSerializer,
            **problems(400, 402, 403, 404, 409, 413, 415, 422, 503),
        },
    )
    def post(self, request: Request) -> Response:
        """Attach a document; a worker reads it. ``Location`` tells when, and what came of it."""
        form = NewAttachmentSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        upload = form.validated_data["file"]
        meeting = meeting_of(request.user, form.validated_data["meeting"], to_change=True)

        def act() -> Answer:
            made = services.attach(meeting=meeting, upload=upload, by=caller(request))
            where = reverse("api:attachment", args=[made.pk])
            body = AttachmentSerializer(attachment_of(request.user, made.pk)).data
            return Answer(status.HTTP_202_ACCEPTED, as_json(body), where)

        return answered_once(request, act, fields={"meeting": meeting.pk}, upload=upload)


class AttachmentDetail(APIView):
    """One attachment."""

    @extend_schema(
        operation_id="attachments_retrieve",
        responses={200: AttachmentSerializer, **problems(404)},
    )
    def get(self, request: Request, pk: Any) -> Response:
        """What it is, and whether its text is there."""
        return Response(AttachmentSerializer(attachment_of(request.user, pk)).data)

    @extend_schema(
        operation_id="attachments_update",
        request=AttachmentSerializer(partial=True),
        responses={200: AttachmentSerializer, **problems(400, 403, 404)},
    )
    def patch(self, request: Request, pk: Any) -> Response:
        """Call it otherwise."""
        attachment = attachment_of(request.user, pk, to_change=True)
        form = AttachmentSerializer(attachment, data=request.data, partial=True)
        form.is_valid(raise_exception=True)
        named = form.validated_data.get("filename", attachment.filename)
        changed = services.rename(attachment=attachment, filename=named)
        return Response(AttachmentSerializer(changed).data)

    @extend_schema(
        operation_id="attachments_delete", responses={204: None, **problems(403, 404, 409)}
    )
    def delete(self, request: Request, pk: Any) -> Response:
        """Remove it for good; 409 ``attachment_cited`` where statements rest on it."""
        services.remove(attachment=attachment_of(request.user, pk, to_change=True))
        return Response(status=status.HTTP_204_NO_CONTENT)


class AttachmentFile(APIView):
    """The document itself."""

    @extend_schema(
        operation_id="attachments_file",
        responses={
            **{
                (200, kind): OpenApiResponse(OpenApiTypes.BINARY, "The whole.")
                for kind in (*sorted(reading.MEDIA_TYPES), "application/octet-stream")
            },
            302: OpenApiResponse(description="To a signed address, where objects lie on S3."),
            **problems(404, 416),
        },
    )
    def get(self, request: Request, pk: Any) -> HttpResponseBase:
        """The upload as a download under its own name; never shown by the browser itself."""
        found = attachment_of(request.user, pk)
        kind = found.media_type or "application/octet-stream"
        response = object_response(request, ObjectFile(found.key, kind, filename=found.filename))
        audit.record(Act.ATTACHMENT_DOWNLOADED, of=found, hourly=True)
        return response


class AttachmentPageDetail(APIView):
    """One page."""

    @extend_schema(
        operation_id="attachments_page",
        responses={200: AttachmentPageSerializer, **problems(404)},
    )
    def get(self, request: Request, pk: Any, number: int) -> Response:
        """The text of a page, from 1."""
        found = attachment_of(request.user, pk)
        page = found.pages.filter(number=number).first()
        if page is None:
            raise Http404
        audit.record(Act.MEETING_SEEN, of=found.meeting, hourly=True)
        return Response(AttachmentPageSerializer(page).data)


class AttachmentAgenda(APIView):
    """The agenda that stands in an attachment."""

    @extend_schema(
        operation_id="attachments_agenda",
        responses={200: AgendaSerializer, **problems(404, 409)},
    )
    def get(self, request: Request, pk: Any) -> Response:
        """Its items as found; nothing is set. ``PATCH meetings/{id}/`` sets what is confirmed."""
        return Response({"items": services.agenda_of(attachment_of(request.user, pk))})
