"""Webhooks of the caller's workspaces: made, changed, tried; what was sent, and sent again."""

from typing import Any

import django_filters
from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.access import workspace_of
from meetings.access import caller, delivery_of, webhook_of
from meetings.models import Webhook, WebhookDelivery, WebhookEvent
from meetings.openapi import location, problems
from meetings.services import webhook_deliveries, webhooks

EVENTS = WebhookEvent.choices
STATES = WebhookDelivery.State.choices


class WebhookFilter(django_filters.FilterSet):
    """``?workspace=`` an id."""

    workspace = django_filters.NumberFilter("workspace", label="Workspace")

    class Meta:
        model = Webhook
        fields: list[str] = []


class WebhookSerializer(serializers.ModelSerializer[Webhook]):
    """A webhook, without its secret."""

    url = serializers.CharField(max_length=1000, help_text="https, unless http is allowed here.")
    events = serializers.ListField(
        child=serializers.ChoiceField(choices=EVENTS),
        min_length=1,
        max_length=len(EVENTS),
        help_text="What it is told of.",
    )
    enabled = serializers.BooleanField(default=True)

    class Meta:
        model = Webhook
        fields = [
            *("id", "workspace", "url", "events", "enabled"),
            *("disabled_at", "succeeded_at", "created_at"),
        ]
        read_only_fields = ["id", "workspace", "disabled_at", "succeeded_at", "created_at"]


class NewWebhookSerializer(WebhookSerializer):
    """Where to send what."""

    workspace = serializers.IntegerField(
        min_value=1, max_value=2**63 - 1, help_text="One that the caller owns."
    )

    class Meta(WebhookSerializer.Meta):
        fields = ["workspace", "url", "events", "enabled"]
        read_only_fields: list[str] = []


class MadeWebhookSerializer(WebhookSerializer):
    """A webhook just made: the only time that its secret can be read."""

    secret = serializers.CharField(read_only=True)

    class Meta(WebhookSerializer.Meta):
        fields = [*WebhookSerializer.Meta.fields, "secret"]


class WebhookDeliveryErrorSerializer(serializers.Serializer[Any]):
    """Why the last attempt failed."""

    code = serializers.CharField()
    detail = serializers.CharField()
    said = serializers.CharField(help_text="What the network said of it, in English.")


class WebhookDeliverySerializer(serializers.ModelSerializer[WebhookDelivery]):
    """An event on its way to a webhook."""

    state = serializers.ChoiceField(choices=STATES, read_only=True)
    status = serializers.IntegerField(read_only=True, allow_null=True, help_text="Of the answer.")
    answer = serializers.CharField(
        source="head", read_only=True, help_text="At most its first 2048 bytes."
    )
    error = serializers.SerializerMethodField()
    next_attempt_at = serializers.DateTimeField(read_only=True, allow_null=True)
    payload = serializers.DictField(read_only=True, help_text="What is sent.")

    class Meta:
        model = WebhookDelivery
        fields = [
            *("id", "type", "state", "attempts", "created_at", "tried_at", "next_attempt_at"),
            *("seconds", "status", "answer", "error", "payload"),
        ]
        read_only_fields = fields

    @extend_schema_field(WebhookDeliveryErrorSerializer(allow_null=True))
    def get_error(self, row: WebhookDelivery) -> dict[str, str] | None:
        """Null where the last attempt went well, or none was made."""
        if not row.error:
            return None
        return {"code": row.error, "detail": row.reason, "said": row.said}


class WebhookList(GenericAPIView[Webhook]):
    """Webhooks of the workspaces that the caller owns."""

    serializer_class = WebhookSerializer
    filterset_class = WebhookFilter
    queryset = Webhook.objects.none()

    def get_queryset(self) -> Any:
        """Those that the caller may see."""
        return Webhook.objects.visible_to(self.request.user)

    @extend_schema(operation_id="webhooks_list", responses={200: WebhookSerializer(many=True)})
    def get(self, request: Request) -> Response:
        """Webhooks, newest first."""
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    @extend_schema(
        operation_id="webhooks_create",
        request=NewWebhookSerializer,
        parameters=[location(201, what="The webhook.")],
        responses={201: MadeWebhookSerializer, **problems(400, 403, 404, 409, 422)},
    )
    def post(self, request: Request) -> Response:
        """Make one; this answer alone shows the secret by which its events are signed."""
        form = NewWebhookSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        told = dict(form.validated_data)
        workspace = workspace_of(request.user, told.pop("workspace"), to_change=True)
        made, secret = webhooks.create(workspace=workspace, by=caller(request), **told)
        where = request.build_absolute_uri(reverse("api:webhook", args=[made.pk]))
        shown = MadeWebhookSerializer(made).data | {"secret": secret}
        return Response(shown, status=status.HTTP_201_CREATED, headers={"Location": where})


class WebhookDetail(APIView):
    """One webhook."""

    @extend_schema(
        operation_id="webhooks_retrieve", responses={200: WebhookSerializer, **problems(404)}
    )
    def get(self, request: Request, pk: Any) -> Response:
        """Where it sends what, and since when it does not."""
        return Response(WebhookSerializer(webhook_of(request.user, pk)).data)

    @extend_schema(
        operation_id="webhooks_update",
        request=WebhookSerializer(partial=True),
        responses={200: WebhookSerializer, **problems(400, 403, 404, 422)},
    )
    def patch(self, request: Request, pk: Any) -> Response:
        """Another address, other events, on or off; the secret stays."""
        webhook = webhook_of(request.user, pk)
        form = WebhookSerializer(webhook, data=request.data, partial=True)
        form.is_valid(raise_exception=True)
        return Response(
            WebhookSerializer(webhooks.change(webhook=webhook, **form.validated_data)).data
        )

    @extend_schema(operation_id="webhooks_delete", responses={204: None, **problems(403, 404)})
    def delete(self, request: Request, pk: Any) -> Response:
        """Send no more; its log goes with it."""
        webhooks.delete(webhook=webhook_of(request.user, pk))
        return Response(status=status.HTTP_204_NO_CONTENT)


class WebhookTest(APIView):
    """A trial of a webhook."""

    @extend_schema(
        operation_id="webhooks_test",
        request=None,
        parameters=[location(202, what="The delivery to watch.")],
        responses={202: WebhookDeliverySerializer, **problems(403, 404)},
    )
    def post(self, request: Request, pk: Any) -> Response:
        """Have a worker send `webhook.test`, once; the delivery tells what came of it."""
        return _accepted(request, webhooks.test(webhook=webhook_of(request.user, pk)))


class DeliveryList(GenericAPIView[WebhookDelivery]):
    """What was and will be sent to a webhook, for thirty days."""

    serializer_class = WebhookDeliverySerializer
    filterset_fields = ["state", "type"]
    queryset = WebhookDelivery.objects.none()

    @extend_schema(
        operation_id="webhook_deliveries_list",
        responses={200: WebhookDeliverySerializer(many=True), **problems(404)},
    )
    def get(self, request: Request, pk: Any) -> Response:
        """Deliveries, newest event first."""
        found = webhook_of(request.user, pk).deliveries.all()
        page = self.paginate_queryset(self.filter_queryset(found))
        return self.get_paginated_response(self.get_serializer(page, many=True).data)


DELIVERY = OpenApiParameter("delivery", OpenApiTypes.UUID, OpenApiParameter.PATH)


class DeliveryDetail(APIView):
    """One delivery."""

    @extend_schema(
        operation_id="webhook_deliveries_retrieve",
        parameters=[DELIVERY],
        responses={200: WebhookDeliverySerializer, **problems(404)},
    )
    def get(self, request: Request, pk: Any, delivery: Any) -> Response:
        """How far it is, and what the receiver answered."""
        return Response(WebhookDeliverySerializer(delivery_of(request.user, pk, delivery)).data)


class DeliveryAgain(APIView):
    """The way to send it once more."""

    @extend_schema(
        operation_id="webhook_deliveries_again",
        request=None,
        parameters=[DELIVERY, location(202, what="The delivery to watch.")],
        responses={202: WebhookDeliverySerializer, **problems(403, 404, 409)},
    )
    def post(self, request: Request, pk: Any, delivery: Any) -> Response:
        """Send it again, under the same id, with all its attempts; at once where it waits."""
        found = delivery_of(request.user, pk, delivery)
        webhook_deliveries.send_again(delivery=found)
        return _accepted(request, delivery_of(request.user, pk, delivery))


def _accepted(request: Request, row: WebhookDelivery) -> Response:
    row.refresh_from_db()
    where = request.build_absolute_uri(
        reverse("api:webhook-delivery", args=[row.webhook_id, row.pk])
    )
    shown = WebhookDeliverySerializer(row).data
    return Response(shown, status=status.HTTP_202_ACCEPTED, headers={"Location": where})
