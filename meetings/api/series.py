"""Series: meetings that belong together, and what their new meetings begin with."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import PermissionDenied
from rest_framework.filters import SearchFilter
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.views import APIView

from accounts.models import Workspace
from meetings.access import series_of
from meetings.api.idempotent import answered_once, as_json
from meetings.models import Series
from meetings.openapi import IDEMPOTENCY_KEY, location, problems
from meetings.serializers import LANGUAGE, LinesField
from meetings.services import series as services
from meetings.services.idempotency import Answer


class WordsOfTheName(SearchFilter):
    """``?q=``: every word stands in the name."""

    search_param = "q"


class SeriesSerializer(serializers.ModelSerializer[Series]):
    """A series with the defaults of its meetings."""

    name = serializers.CharField(max_length=255)
    language = serializers.RegexField(LANGUAGE, required=False, allow_blank=True)
    agenda = LinesField()
    participants = LinesField()
    vocabulary = serializers.CharField(max_length=10_000, required=False, allow_blank=True)
    template = serializers.CharField(
        max_length=50,
        required=False,
        allow_blank=True,
        help_text="Of the minutes of its meetings; empty: that of the workspace.",
    )
    meetings_count = serializers.IntegerField(read_only=True)
    last_held_at = serializers.DateTimeField(read_only=True, allow_null=True)

    class Meta:
        model = Series
        fields = [
            "id",
            "workspace",
            "name",
            "language",
            "agenda",
            "participants",
            "vocabulary",
            "template",
            "meetings_count",
            "last_held_at",
            "created_at",
            "updated_at",
        ]
        read_only_fields = ["id", "workspace", "created_at", "updated_at"]


class NewSeriesSerializer(SeriesSerializer):
    """A series to be made."""

    workspace = serializers.PrimaryKeyRelatedField(
        queryset=Workspace.objects.none(), required=False, help_text="Yours, unless told."
    )

    class Meta(SeriesSerializer.Meta):
        fields = ["workspace", "name", "language", "agenda", "participants", "vocabulary"]
        fields += ["template"]
        read_only_fields = []

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        request = self.context.get("request")
        if request is not None:
            mine = Workspace.objects.editable_by(request.user)
            self.fields["workspace"].queryset = mine  # type: ignore[attr-defined]


class SeriesList(GenericAPIView[Series]):
    """The series in sight."""

    serializer_class = SeriesSerializer
    filter_backends = [WordsOfTheName]
    search_fields: ClassVar[list[str]] = ["name"]
    queryset = Series.objects.none()

    def get_queryset(self) -> Any:
        """What the caller may see."""
        return Series.objects.visible_to(self.request.user).with_meetings()

    @extend_schema(operation_id="series_list", responses={200: SeriesSerializer(many=True)})
    def get(self, request: Request) -> Response:
        """Series, newest first, with how many meetings each has."""
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    @extend_schema(
        operation_id="series_create",
        request=NewSeriesSerializer,
        parameters=[IDEMPOTENCY_KEY, location(201, what="The series.")],
        responses={201: SeriesSerializer, **problems(400, 403, 409)},
    )
    def post(self, request: Request) -> Response:
        """Make a series; 409 ``name_taken`` where the workspace has one of that name."""
        form = NewSeriesSerializer(data=request.data, context={"request": request})
        form.is_valid(raise_exception=True)
        told = dict(form.validated_data)
        home = told.pop("workspace", None) or Workspace.objects.editable_by(request.user).first()
        if home is None:
            raise PermissionDenied

        def act() -> Answer:
            made = services.create(workspace=home, **told)
            where = reverse("api:series-detail", args=[made.pk])
            body = SeriesSerializer(series_of(request.user, made.pk)).data
            return Answer(status.HTTP_201_CREATED, as_json(body), where)

        return answered_once(request, act, fields=told | {"workspace": home.pk})


class SeriesDetail(APIView):
    """One series."""

    @extend_schema(
        operation_id="series_retrieve", responses={200: SeriesSerializer, **problems(404)}
    )
    def get(self, request: Request, pk: Any) -> Response:
        """The series with the defaults of its meetings."""
        return Response(SeriesSerializer(series_of(request.user, pk)).data)

    @extend_schema(
        operation_id="series_update",
        request=SeriesSerializer(partial=True),
        responses={200: SeriesSerializer, **problems(400, 403, 404, 409)},
    )
    def patch(self, request: Request, pk: Any) -> Response:
        """Change what new meetings begin with; earlier meetings stay as they are."""
        series = series_of(request.user, pk, to_change=True)
        form = SeriesSerializer(series, data=request.data, partial=True)
        form.is_valid(raise_exception=True)
        changed = services.change(series=series, **form.validated_data)
        return Response(SeriesSerializer(changed).data)

    @extend_schema(operation_id="series_delete", responses={204: None, **problems(403, 404)})
    def delete(self, request: Request, pk: Any) -> Response:
        """Delete the series; its meetings stay."""
        services.delete(series=series_of(request.user, pk, to_change=True))
        return Response(status=status.HTTP_204_NO_CONTENT)
