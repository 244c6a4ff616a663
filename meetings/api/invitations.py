"""Who is invited into a workspace and has not come yet."""

from typing import Any

from django.http import Http404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.access import workspace_of
from accounts.models import Invitation, Membership
from accounts.services import invitations
from meetings.access import caller
from meetings.openapi import problems


class InvitationSerializer(serializers.ModelSerializer[Invitation]):
    """An invitation, without its secret: that is in the mail alone."""

    email = serializers.EmailField(max_length=254)
    role = serializers.ChoiceField(
        choices=Membership.Role.choices, default=Membership.Role.VIEWER.value
    )

    class Meta:
        model = Invitation
        fields = ["id", "email", "role", "created_at", "expires_at"]
        read_only_fields = ["id", "created_at", "expires_at"]


class WorkspaceInvitations(APIView):
    """The open invitations of a workspace."""

    @extend_schema(
        operation_id="workspace_invitations_list",
        responses={200: InvitationSerializer(many=True), **problems(403, 404)},
    )
    def get(self, request: Request, pk: int) -> Response:
        """Those that can be accepted, newest first; for owners; not paged."""
        workspace = workspace_of(request.user, pk, to_change=True)
        return Response(InvitationSerializer(workspace.invitations.open(), many=True).data)

    @extend_schema(
        operation_id="workspace_invitations_create",
        request=InvitationSerializer,
        responses={201: InvitationSerializer, **problems(400, 403, 404, 409, 429)},
    )
    def post(self, request: Request, pk: int) -> Response:
        """Invite an address by mail, with an account or without; for owners.

        Sent again, the earlier link is good for nothing. 409 ``already_member``,
        ``personal_workspace``.
        """
        workspace = workspace_of(request.user, pk, to_change=True)
        form = InvitationSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        invitations.invite(
            by=caller(request), workspace=workspace, request=request, **form.validated_data
        )
        address = invitations.address_of(form.validated_data["email"])
        made = workspace.invitations.open().get(email=address)
        return Response(InvitationSerializer(made).data, status=status.HTTP_201_CREATED)


class WorkspaceInvitation(APIView):
    """One of them."""

    @extend_schema(
        operation_id="workspace_invitations_delete",
        parameters=[OpenApiParameter("invitation", OpenApiTypes.INT, OpenApiParameter.PATH)],
        responses={204: None, **problems(403, 404)},
    )
    def delete(self, request: Request, pk: int, invitation: int) -> Response:
        """Take it back: its link leads nowhere from now on; for owners."""
        workspace = workspace_of(request.user, pk, to_change=True)
        found: Any = workspace.invitations.open().filter(pk=invitation).first()
        if found is None:
            raise Http404
        invitations.revoke(invitation=found)
        return Response(status=status.HTTP_204_NO_CONTENT)
