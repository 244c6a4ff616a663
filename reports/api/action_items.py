"""Action items over all meetings: listed, changed, exported."""

from typing import Any

from django.http import HttpResponse
from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from meetings.access import caller, shown_to
from meetings.openapi import problems
from reports.access import item_of
from reports.documents.minutes import evidence_document
from reports.filters import ActionItemFilter
from reports.models import ActionItem
from reports.moments import moment_of
from reports.serializers.minutes import EvidenceSerializer
from reports.services import action_items
from reports.tables import csv_of


class ItemMeetingSerializer(serializers.Serializer[Any]):
    """Where an item was said."""

    id = serializers.UUIDField()
    title = serializers.CharField()
    held_at = serializers.DateTimeField()


class ActionItemSerializer(serializers.ModelSerializer[ActionItem]):
    """An action item with the moment it was said."""

    meeting = ItemMeetingSerializer(read_only=True)
    series = serializers.SerializerMethodField(help_text="Of its meeting; null: none in sight.")
    assignee = serializers.CharField(max_length=150, allow_blank=True, required=False)
    text = serializers.CharField(max_length=5_000, required=False)
    overdue = serializers.SerializerMethodField(help_text="Open, and due before today.")
    changed_by = serializers.SerializerMethodField(help_text="Who set the state; null: nobody.")
    moment = EvidenceSerializer(read_only=True, allow_null=True)
    evidence = EvidenceSerializer(many=True, read_only=True)

    class Meta:
        model = ActionItem
        fields = [
            "id",
            "meeting",
            "series",
            "statement",
            "text",
            "assignee",
            "due_text",
            "due",
            "state",
            "overdue",
            "changed_by",
            "changed_at",
            "moment",
            "evidence",
            "created_at",
        ]
        read_only_fields = ["id", "statement", "due_text", "changed_at", "created_at"]

    @extend_schema_field({"type": ["string", "null"], "format": "uuid"})
    def get_series(self, item: ActionItem) -> Any:
        """Nothing beside a meeting that the caller is let into alone."""
        return None if item.meeting.shown_alone else item.meeting.series_id

    def get_overdue(self, item: ActionItem) -> bool:
        """Reckoned where the caller lives."""
        return item.is_overdue(action_items.today())

    def get_changed_by(self, item: ActionItem) -> str | None:
        """A name."""
        return str(item.changed_by) if item.changed_by else None

    def to_representation(self, item: ActionItem) -> dict[str, Any]:
        """With what it rests on, as in the minutes."""
        said = moment_of(item)
        evidence = item.statement.evidence.all() if item.statement else ()
        item.moment = evidence_document(said) if said else None  # type: ignore[attr-defined]
        item.evidence = [evidence_document(e) for e in evidence]  # type: ignore[attr-defined]
        return super().to_representation(item)


class ActionItemList(GenericAPIView[ActionItem]):
    """The action items in sight."""

    serializer_class = ActionItemSerializer
    filter_backends = [DjangoFilterBackend]
    filterset_class = ActionItemFilter
    queryset = ActionItem.objects.none()

    def get_queryset(self) -> Any:
        """What the caller may see."""
        return ActionItem.objects.visible_to(self.request.user).with_moment()

    @extend_schema(
        operation_id="action_items_list",
        responses={200: ActionItemSerializer(many=True), **problems(400)},
    )
    def get(self, request: Request) -> Response:
        """Action items, newest first, each with the moment it was said."""
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset())) or []
        shown_to(request.user, [item.meeting for item in page])
        return self.get_paginated_response(self.get_serializer(page, many=True).data)


class ActionItemExport(ActionItemList):
    """The action items in sight, as a file."""

    pagination_class = None

    @extend_schema(
        operation_id="action_items_export",
        responses={(200, "text/csv"): OpenApiTypes.STR, **problems(400)},
    )
    def get(self, request: Request) -> Any:
        """CSV (RFC 4180, UTF-8 with a byte order mark), what is due first comes first."""
        found: Any = self.filter_queryset(self.get_queryset())
        items = list(found.by_due())
        shown_to(request.user, [item.meeting for item in items])
        action_items.note_export(items)
        return HttpResponse(
            csv_of(items),
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": 'attachment; filename="action-items.csv"'},
        )


class ActionItemDetail(APIView):
    """One action item."""

    @extend_schema(
        operation_id="action_items_retrieve", responses={200: ActionItemSerializer, **problems(404)}
    )
    def get(self, request: Request, pk: Any) -> Response:
        """The item with all that it rests on."""
        return Response(ActionItemSerializer(item_of(request.user, pk)).data)

    @extend_schema(
        operation_id="action_items_update",
        request=ActionItemSerializer(partial=True),
        responses={200: ActionItemSerializer, **problems(400, 403, 404)},
    )
    def patch(self, request: Request, pk: Any) -> Response:
        """Change `state`, `assignee`, `due` or `text`; later minutes leave alone what is set."""
        item = item_of(request.user, pk, to_change=True)
        form = ActionItemSerializer(item, data=request.data, partial=True)
        form.is_valid(raise_exception=True)
        action_items.change(item=item, by=caller(request), **form.validated_data)
        return Response(ActionItemSerializer(item_of(request.user, pk)).data)
