"""The caller, as the API sees them."""

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.callers import caller
from accounts.errors import KeysCloseNothing
from accounts.models import ApiKey
from accounts.openapi import problems
from accounts.serializers import ClosingSerializer, MeSerializer
from accounts.services import closing, signing_in


class Me(APIView):
    """Who calls."""

    @extend_schema(operation_id="me_retrieve", responses=MeSerializer)
    def get(self, request: Request) -> Response:
        """The person whose session, token or key this is."""
        return Response(MeSerializer(request.user).data)

    @extend_schema(
        operation_id="me_delete", responses={204: None, **problems(400, 401, 403, 409, 429)}
    )
    def delete(self, request: Request) -> Response:
        """Delete the account for good. The body is `{password, code?}`, as at `auth/token/`.

        409 ``owns_workspaces`` while other people's workspace would have no owner.
        """
        if isinstance(request.auth, ApiKey):
            raise KeysCloseNothing
        form = ClosingSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        user, told = caller(request), form.validated_data
        signing_in.by_password(
            request=request._request, email=user.email, password=told["password"]
        )
        signing_in.by_second_step(user=user, code=told.get("code", ""))
        closing.close(user=user, request=request)
        return Response(status=status.HTTP_204_NO_CONTENT)

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
