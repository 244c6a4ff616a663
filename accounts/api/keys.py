"""API keys over the API."""

from typing import Any

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.callers import caller
from accounts.errors import KeysMakeNoKeys
from accounts.models import ApiKey
from accounts.openapi import problems
from accounts.serializers import ApiKeySerializer, NewApiKeySerializer
from accounts.services import api_keys


class ApiKeys(APIView):
    """The caller's keys."""

    @extend_schema(operation_id="api_keys_list", responses=ApiKeySerializer(many=True))
    def get(self, request: Request) -> Response:
        """All that are not revoked, newest first; never the keys themselves."""
        rows = ApiKey.objects.filter(user=caller(request), revoked_at=None)
        return Response(ApiKeySerializer(rows, many=True).data)

    @extend_schema(
        operation_id="api_keys_create",
        request=ApiKeySerializer,
        responses={201: NewApiKeySerializer, **problems(400, 403)},
    )
    def post(self, request: Request) -> Response:
        """Make a key; this answer alone shows it. A key cannot make keys."""
        if isinstance(request.auth, ApiKey):
            raise KeysMakeNoKeys
        form = ApiKeySerializer(data=request.data)
        form.is_valid(raise_exception=True)
        key, row = api_keys.make(user=caller(request), request=request, **form.validated_data)
        shown = NewApiKeySerializer(row).data | {"key": key}
        return Response(shown, status=status.HTTP_201_CREATED)


class ApiKeyDetail(APIView):
    """One of them."""

    @extend_schema(operation_id="api_keys_destroy", responses={204: None, **problems(404)})
    def delete(self, request: Request, pk: Any) -> Response:
        """Revoke it: from now on it opens nothing."""
        rows = ApiKey.objects.filter(user=caller(request), pk=pk, revoked_at=None)
        key = rows.select_related("user").first()
        if key is None:
            raise Http404
        api_keys.revoke(key=key, request=request)
        return Response(status=status.HTTP_204_NO_CONTENT)
