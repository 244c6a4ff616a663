"""Files sent in parts: begun, asked about, sent, made whole, given up."""

from typing import Any

from django.http import Http404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.parsers import BaseParser, JSONParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.views import APIView

from meetings.access import caller, home_for, upload_of
from meetings.api.idempotent import answered_once, as_json
from meetings.errors import LengthRequired, UploadUsed
from meetings.models import Upload
from meetings.openapi import IDEMPOTENCY_KEY, location, problems
from meetings.serializers import EditableSeriesField, EditableWorkspaceField
from meetings.services import uploads as services
from meetings.services.idempotency import Answer

SHA256 = r"^[0-9a-fA-F]{64}$"


class NewUploadSerializer(serializers.Serializer[Any]):
    """A file that is to be sent."""

    filename = serializers.CharField(max_length=1000)
    size = serializers.IntegerField(min_value=1, max_value=2**53, help_text="Bytes.")
    type = serializers.CharField(
        max_length=255,
        required=False,
        allow_blank=True,
        help_text="As the sender calls it; what the file is, its content tells.",
    )
    sha256 = serializers.RegexField(
        SHA256, required=False, help_text="Hexadecimal; checked when the file is whole."
    )
    workspace = EditableWorkspaceField(
        required=False,
        help_text="Where it counts until it is a meeting; that of the series, or yours.",
    )
    series = EditableSeriesField(required=False, allow_null=True)


class UploadInPartsSerializer(serializers.ModelSerializer[Upload]):
    """An upload, and how it is divided."""

    size = serializers.IntegerField(source="bytes", help_text="Bytes.")
    part_size = serializers.IntegerField(
        source="part_bytes", help_text="Bytes of every part but the last."
    )
    parts = serializers.IntegerField(source="parts_count", help_text="How many there are.")

    class Meta:
        model = Upload
        fields = ["id", "filename", "size", "sha256", "state", "part_size", "parts", "created_at"]
        read_only_fields = fields


class PartSerializer(serializers.Serializer[Any]):
    """A part that has arrived."""

    number = serializers.IntegerField(help_text="From 1.")
    size = serializers.IntegerField(source="bytes", help_text="Bytes.")
    etag = serializers.CharField(help_text="Of its content; the SHA-256 where it lies here.")


class ArrivedSerializer(UploadInPartsSerializer):
    """An upload with the parts that have arrived."""

    arrived = PartSerializer(many=True)

    class Meta(UploadInPartsSerializer.Meta):
        fields = [*UploadInPartsSerializer.Meta.fields, "arrived"]
        read_only_fields = fields


class PartAddressSerializer(serializers.Serializer[Any]):
    """How a part is sent."""

    url = serializers.URLField()
    method = serializers.CharField()
    headers = serializers.DictField(child=serializers.CharField())
    size = serializers.IntegerField(help_text="Exactly so many bytes.")


class AnyBytes(BaseParser):
    """Parts have any type and are never parsed."""

    media_type = "*/*"

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        """Nothing: the view reads the stream."""
        return {}


class UploadList(APIView):
    """The way in for files of any size."""

    parser_classes = [JSONParser]

    @extend_schema(
        operation_id="uploads_create",
        request=NewUploadSerializer,
        parameters=[IDEMPOTENCY_KEY, location(201, what="What has arrived of it.")],
        responses={201: UploadInPartsSerializer, **problems(400, 402, 403, 409, 413, 415, 503)},
    )
    def post(self, request: Request) -> Response:
        """Begin: the answer says into how many parts of which size the file is to be divided."""
        form = NewUploadSerializer(data=request.data, context={"request": request})
        form.is_valid(raise_exception=True)
        told = dict(form.validated_data)
        told["media_type"] = told.pop("type", "")
        home = home_for(request.user, told.pop("workspace", None), told.pop("series", None))

        def act() -> Answer:
            begun = services.begin(by=caller(request), workspace=home, **told)
            where = reverse("api:upload-parts", args=[begun.pk])
            return Answer(
                status.HTTP_201_CREATED, as_json(UploadInPartsSerializer(begun).data), str(where)
            )

        return answered_once(request, act, fields=told | {"workspace": home.pk})


class UploadDetail(APIView):
    """One upload."""

    @extend_schema(operation_id="uploads_delete", responses={204: None, **problems(403, 404, 503)})
    def delete(self, request: Request, pk: Any) -> Response:
        """Give it up: what has arrived is deleted. A meeting that it became stays."""
        services.discard(upload=upload_of(request.user, pk))
        return Response(status=status.HTTP_204_NO_CONTENT)


class UploadParts(APIView):
    """The parts of an upload."""

    @extend_schema(
        operation_id="uploads_parts", responses={200: ArrivedSerializer, **problems(404, 503)}
    )
    def get(self, request: Request, pk: Any) -> Response:
        """What has arrived; who was interrupted sends the others."""
        upload = upload_of(request.user, pk)
        is_open = upload.state == Upload.State.OPEN
        parts = services.arrived(upload=upload) if is_open else []
        told = {"arrived": PartSerializer(parts, many=True).data}
        return Response(UploadInPartsSerializer(upload).data | told)


class UploadPart(APIView):
    """One of them."""

    @extend_schema(
        operation_id="uploads_part_address",
        request=None,
        responses={200: PartAddressSerializer, **problems(403, 404, 409, 503)},
    )
    def post(self, request: Request, pk: Any, number: int) -> Response:
        """Where to PUT the part's bytes: a signed address of S3, good for an hour, or one here.

        Credentials belong to the one here only.
        """
        upload = _part_of(request, pk, number)
        here = reverse("api:upload-part-data", args=[pk, number], request=request)
        told = {
            "url": services.address(upload=upload, number=number) or here,
            "method": "PUT",
            "headers": {} if upload.multipart else {"Content-Type": "application/octet-stream"},
            "size": upload.bytes_of(number),
        }
        return Response(told, headers={"Cache-Control": "no-store"})


class UploadPartData(APIView):
    """The bytes of a part, where objects lie in a folder."""

    parser_classes = [AnyBytes]

    @extend_schema(
        operation_id="uploads_part_send",
        request={"application/octet-stream": OpenApiTypes.BINARY},
        responses={200: PartSerializer, **problems(400, 403, 404, 409, 411, 413, 503)},
    )
    def put(self, request: Request, pk: Any, number: int) -> Response:
        """Send a part; sent twice, the later one counts. Safely kept when this is answered."""
        upload = _part_of(request, pk, number)
        if upload.multipart:
            raise Http404
        length = request.META.get("CONTENT_LENGTH") or ""
        if not length.isdecimal():
            raise LengthRequired
        part = services.receive(
            upload=upload, number=number, size=int(length), source=request.stream
        )
        return Response(PartSerializer(part).data)


class UploadComplete(APIView):
    """The end of sending."""

    @extend_schema(
        operation_id="uploads_complete",
        request=None,
        responses={200: UploadInPartsSerializer, **problems(403, 404, 409, 422, 503)},
    )
    def post(self, request: Request, pk: Any) -> Response:
        """Make the file whole, once every part is there; 409 ``parts_missing`` names the others."""
        upload = upload_of(request.user, pk)
        if upload.state == Upload.State.USED:
            raise UploadUsed(upload.for_meeting)
        return Response(UploadInPartsSerializer(services.complete(upload=upload)).data)


def _part_of(request: Request, pk: Any, number: int) -> Upload:
    """The upload, if it has such a part; else Http404."""
    upload = upload_of(request.user, pk)
    if not 1 <= number <= upload.parts_count:
        raise Http404
    return upload
