"""Exports of everything: asked for, looked at, downloaded."""

from typing import Any

from django.http import Http404, HttpResponseBase
from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers, status
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.access import workspace_of
from accounts.acts import Act
from accounts.services import audit
from meetings.access import caller
from meetings.api.idempotent import answered_once, as_json
from meetings.openapi import IDEMPOTENCY_KEY, location, problems
from meetings.responses import ObjectFile, object_response
from meetings.services.idempotency import Answer
from reports.errors import ExportNotReady
from reports.models import Archive
from reports.services import archives

STATES = Archive.State.values


class ArchiveSerializer(serializers.ModelSerializer[Archive]):
    """An export of everything; without a workspace it is of the person's account."""

    state = serializers.ChoiceField(choices=STATES, read_only=True)

    class Meta:
        model = Archive
        fields = [
            *("id", "workspace", "state", "progress", "bytes", "files_count", "left_out_count"),
            *("created_at", "finished_at", "expires_at"),
        ]
        read_only_fields = fields


class NewArchiveSerializer(serializers.Serializer[Any]):
    """Of what."""

    workspace = serializers.IntegerField(
        required=False,
        allow_null=True,
        min_value=1,
        max_value=2**63 - 1,
        help_text="One that the caller owns; left out, the caller's account.",
    )


class ArchiveList(GenericAPIView[Archive]):
    """Exports of the caller's account and of the workspaces that they own."""

    serializer_class = ArchiveSerializer
    filter_backends = []
    queryset = Archive.objects.none()

    @extend_schema(operation_id="exports_list", responses={200: ArchiveSerializer(many=True)})
    def get(self, request: Request) -> Response:
        """Newest first."""
        page = self.paginate_queryset(Archive.objects.visible_to(request.user))
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    @extend_schema(
        operation_id="exports_create",
        request=NewArchiveSerializer,
        parameters=[IDEMPOTENCY_KEY, location(202, what="The export to watch.")],
        responses={202: ArchiveSerializer, **problems(400, 403, 404, 409)},
    )
    def post(self, request: Request) -> Response:
        """Have everything put into a zip by a worker; 409 ``export_running`` where one is made."""
        form = NewArchiveSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        pk = form.validated_data.get("workspace")
        home = workspace_of(request.user, pk, to_change=True) if pk else None

        def act() -> Answer:
            made = archives.ask(by=caller(request), workspace=home)
            made.refresh_from_db()
            where = reverse("api:export", args=[made.pk])
            return Answer(status.HTTP_202_ACCEPTED, as_json(ArchiveSerializer(made).data), where)

        return answered_once(request, act, fields={"workspace": pk})


class ArchiveDetail(APIView):
    """One export."""

    @extend_schema(
        operation_id="exports_retrieve", responses={200: ArchiveSerializer, **problems(404)}
    )
    def get(self, request: Request, pk: Any) -> Response:
        """How far it is; ``progress`` is 0..1."""
        return Response(ArchiveSerializer(archive_of(request.user, pk)).data)

    @extend_schema(operation_id="exports_delete", responses={204: None, **problems(404, 409)})
    def delete(self, request: Request, pk: Any) -> Response:
        """Delete the zip before its time; 409 ``export_running`` while it is being made."""
        archives.discard(archive=archive_of(request.user, pk))
        return Response(status=status.HTTP_204_NO_CONTENT)


class ArchiveFile(APIView):
    """The zip."""

    @extend_schema(
        operation_id="exports_file",
        parameters=[
            OpenApiParameter("Range", str, OpenApiParameter.HEADER, description="`bytes=0-1023`")
        ],
        responses={
            (200, "application/zip"): OpenApiResponse(OpenApiTypes.BINARY, "The whole."),
            (206, "application/zip"): OpenApiResponse(OpenApiTypes.BINARY, "The range asked for."),
            302: OpenApiResponse(description="To a signed address, where objects lie on S3."),
            **problems(404, 416),
        },
    )
    def get(self, request: Request, pk: Any) -> HttpResponseBase:
        """A download that can be resumed; 404 ``not_ready`` before it is made."""
        return file_of(request, archive_of(request.user, pk))


def archive_of(user: Any, pk: Any) -> Archive:
    """The export; Http404 out of sight."""
    found = Archive.objects.visible_to(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def file_of(request: Any, archive: Archive) -> HttpResponseBase:
    """The zip as a download; ExportNotReady before and after its time."""
    if not archive.is_ready:
        raise ExportNotReady
    of = archive.workspace or archive.asked_by
    audit.record(Act.EXPORT_DOWNLOADED, of=of, hourly=True)
    name = f"protokol-{archive.created_at:%Y-%m-%d}.zip"
    return object_response(request, ObjectFile(archive.key, "application/zip", filename=name))
