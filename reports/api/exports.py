"""Minutes leave the house: exported as files, sent by mail, with the head that people give them."""

from typing import Any

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from meetings.access import caller
from meetings.api.idempotent import answered_once, as_json
from meetings.openapi import IDEMPOTENCY_KEY, location, problems
from meetings.services.idempotency import Answer
from reports.access import minutes_of
from reports.documents.minutes import minutes_document
from reports.exports.formats import FORMATS, LANGUAGES, LAYOUTS
from reports.models import Mailing
from reports.serializers.exports import (
    HeadSerializer,
    MailingRequestSerializer,
    MailingSerializer,
    MinutesExportQuery,
)
from reports.serializers.minutes import MinutesSerializer
from reports.services import exporting, heads, mailings
from reports.services.exporting import Asked


class MinutesExport(APIView):
    """Minutes as a file."""

    @extend_schema(
        operation_id="minutes_export",
        parameters=[
            OpenApiParameter("format", enum=list(FORMATS), required=True),
            OpenApiParameter(
                "layout", enum=list(LAYOUTS), description="That of the template unless told."
            ),
            OpenApiParameter("transcript", bool, description="With the transcript behind."),
            OpenApiParameter(
                "language", enum=list(LANGUAGES), description="That of the minutes unless told."
            ),
        ],
        responses={
            **{
                (200, chosen.content_type.partition(";")[0]): (
                    OpenApiTypes.OBJECT if name == "json" else OpenApiTypes.BINARY
                )
                for name, chosen in FORMATS.items()
            },
            **problems(400, 404, 503),
        },
    )
    def get(self, request: Request, pk: Any) -> HttpResponse:
        """A download; what is unverified, and that a version is a draft, is said in every file."""
        query = MinutesExportQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        minutes, asked = minutes_of(request.user, pk), Asked(**query.validated_data)
        file = exporting.export(minutes, asked)
        exporting.note(minutes, asked)
        return HttpResponse(
            file.content,
            content_type=file.content_type,
            headers={
                "Content-Disposition": content_disposition_header(True, file.name),
                "X-Content-Type-Options": "nosniff",
            },
        )


class MinutesHead(APIView):
    """Place, chair and secretary."""

    @extend_schema(
        operation_id="minutes_head_update",
        request=HeadSerializer,
        responses={200: MinutesSerializer, **problems(400, 403, 404, 409)},
    )
    def patch(self, request: Request, pk: Any) -> Response:
        """Set some of them; 409 with ``approved`` or ``in_review`` where it is no draft."""
        minutes = minutes_of(request.user, pk, to_change=True)
        given = HeadSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        heads.change(minutes_id=minutes.pk, fields=given.validated_data)
        minutes.refresh_from_db(fields=heads.FIELDS)
        return Response(minutes_document(minutes))


class MinutesMailings(APIView):
    """To whom minutes were sent."""

    @extend_schema(
        operation_id="minutes_mailings",
        responses={200: MailingSerializer(many=True), **problems(403, 404)},
    )
    def get(self, request: Request, pk: Any) -> Response:
        """All mailings of the version, newest first."""
        sent = Mailing.objects.of(minutes_of(request.user, pk, as_member=True))
        return Response(MailingSerializer(sent, many=True).data)

    @extend_schema(
        operation_id="minutes_mailings_create",
        request=MailingRequestSerializer,
        parameters=[IDEMPOTENCY_KEY, location(202)],
        responses={202: MailingSerializer, **problems(400, 403, 404, 409, 429)},
    )
    def post(self, request: Request, pk: Any) -> Response:
        """Send the minutes as a file, to each address once; ``Location`` says what became of it."""
        minutes = minutes_of(request.user, pk, to_change=True, as_member=True)
        given = MailingRequestSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        fields = given.validated_data

        def act() -> Answer:
            mailing = mailings.send(
                minutes=minutes,
                by=caller(request),
                addresses=fields["to"],
                subject=fields["subject"],
                text=fields["text"],
                asked=Asked(fields["format"], fields["layout"], transcript=fields["transcript"]),
            )
            return Answer(202, as_json(MailingSerializer(mailing).data), request.path)

        return answered_once(request, act, fields=fields)
