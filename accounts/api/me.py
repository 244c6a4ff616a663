"""The caller, as the API sees them."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.openapi import problems
from accounts.serializers import MeSerializer


class Me(APIView):
    """Who calls."""

    @extend_schema(operation_id="me_retrieve", responses=MeSerializer)
    def get(self, request: Request) -> Response:
        """The person whose session, token or key this is."""
        return Response(MeSerializer(request.user).data)

    @extend_schema(
        operation_id="me_update",
        request=MeSerializer(partial=True),
        responses={200: MeSerializer, **problems(400)},
    )
    def patch(self, request: Request) -> Response:
        """Change how the caller is called, reads the pages, and what they are told by mail."""
        form = MeSerializer(request.user, data=request.data, partial=True)
        form.is_valid(raise_exception=True)
        form.save()
        return Response(form.data)
