"""The caller's calendar address: made, looked at, revoked."""

from typing import Any

from django.conf import settings
from django.http import Http404
from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from meetings.access import caller
from meetings.openapi import problems
from reports.models import CalendarFeed
from reports.services import calendar_feeds


class CalendarSerializer(serializers.ModelSerializer[CalendarFeed]):
    """A person's calendar address, without its secret."""

    class Meta:
        model = CalendarFeed
        fields = ["scope", "created_at", "last_used_at"]
        read_only_fields = ["created_at", "last_used_at"]


class NewCalendarSerializer(CalendarSerializer):
    """A calendar address just made: the only time that it can be read."""

    url = serializers.CharField(read_only=True)

    class Meta(CalendarSerializer.Meta):
        fields = ["url", *CalendarSerializer.Meta.fields]


class CalendarAddress(APIView):
    """Where a calendar fetches the caller's action items."""

    @extend_schema(
        operation_id="calendar_retrieve", responses={200: CalendarSerializer, **problems(404)}
    )
    def get(self, request: Request) -> Response:
        """Since when there is an address and when it was last fetched; 404 without one."""
        feed = CalendarFeed.objects.filter(user=caller(request)).first()
        if feed is None:
            raise Http404
        return Response(CalendarSerializer(feed).data)

    @extend_schema(
        operation_id="calendar_create",
        request=CalendarSerializer,
        responses={201: NewCalendarSerializer, **problems(400)},
    )
    def post(self, request: Request) -> Response:
        """Make an address; the one before opens nothing from then on."""
        form = CalendarSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        token = calendar_feeds.create(user=caller(request), **form.validated_data)
        feed = CalendarFeed.objects.get(user=caller(request))
        url = f"{settings.PUBLIC_URL}{reverse('action-items:calendar', args=[token])}"
        body: dict[str, Any] = {"url": url, **CalendarSerializer(feed).data}
        return Response(body, status=status.HTTP_201_CREATED, headers={"Cache-Control": "no-store"})

    @extend_schema(operation_id="calendar_delete", responses={204: None})
    def delete(self, request: Request) -> Response:
        """Revoke the address."""
        calendar_feeds.revoke(user=caller(request))
        return Response(status=status.HTTP_204_NO_CONTENT)
