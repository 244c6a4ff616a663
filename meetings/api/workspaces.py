"""Workspaces and who is in them."""

from typing import Any

from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.access import membership_of, workspace_of
from accounts.models import Membership, Workspace
from accounts.services import workspaces
from meetings.access import caller
from meetings.api.idempotent import answered_once, as_json
from meetings.models.retention import LONGEST
from meetings.openapi import IDEMPOTENCY_KEY, location, problems
from meetings.services import retention
from meetings.services.idempotency import Answer


class RetentionSerializer(serializers.Serializer[Any]):
    """How long a workspace keeps what it has, in days since the upload; null is for ever."""

    recording_days = serializers.IntegerField(
        min_value=1,
        max_value=LONGEST,
        allow_null=True,
        default=None,
        help_text="Then recordings go; transcript and minutes stay.",
    )
    everything_days = serializers.IntegerField(
        min_value=1, max_value=LONGEST, allow_null=True, default=None
    )
    approved_too = serializers.BooleanField(
        default=False, help_text="Whether everything goes also where minutes are approved."
    )


class WorkspaceSerializer(serializers.ModelSerializer[Workspace]):
    """A workspace as one of its members sees it."""

    name = serializers.CharField(max_length=150)
    role = serializers.ChoiceField(
        choices=Membership.Role.choices, read_only=True, help_text="The caller's."
    )
    members_count = serializers.IntegerField(read_only=True)
    retention = RetentionSerializer(required=False, allow_null=True, help_text="Null: for ever.")

    def to_representation(self, workspace: Workspace) -> dict[str, Any]:
        """A workspace without a rule has null."""
        told = super().to_representation(workspace)
        return {"retention": None} | told

    class Meta:
        model = Workspace
        fields = ["id", "name", "personal", "role", "members_count", "retention", "created_at"]
        read_only_fields = ["id", "personal", "created_at"]


class MemberSerializer(serializers.ModelSerializer[Membership]):
    """A person in a workspace; ``id`` is the person's."""

    id = serializers.IntegerField(source="user_id", read_only=True)
    name = serializers.CharField(source="user.name", read_only=True)
    email = serializers.EmailField(source="user.email", read_only=True)
    role = serializers.ChoiceField(choices=Membership.Role.choices)
    since = serializers.DateTimeField(source="created_at", read_only=True)

    class Meta:
        model = Membership
        fields = ["id", "name", "email", "role", "since"]


class NewMemberSerializer(serializers.Serializer[Any]):
    """Whom to let in, and as what."""

    email = serializers.EmailField(max_length=254)
    role = serializers.ChoiceField(
        choices=Membership.Role.choices, default=Membership.Role.VIEWER.value
    )


class WorkspaceList(GenericAPIView[Workspace]):
    """The caller's workspaces."""

    serializer_class = WorkspaceSerializer
    filter_backends = []
    queryset = Workspace.objects.none()

    def get_queryset(self) -> Any:
        """Those that the caller is a member of."""
        return Workspace.objects.as_seen_by(self.request.user).select_related("retention")

    @extend_schema(operation_id="workspaces_list", responses={200: WorkspaceSerializer(many=True)})
    def get(self, request: Request) -> Response:
        """Workspaces, newest first, with the caller's role in each."""
        page = self.paginate_queryset(self.get_queryset())
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    @extend_schema(
        operation_id="workspaces_create",
        parameters=[IDEMPOTENCY_KEY, location(201, what="The workspace.")],
        responses={201: WorkspaceSerializer, **problems(400, 403, 409)},
    )
    def post(self, request: Request) -> Response:
        """Make a workspace; the caller owns it."""
        form = WorkspaceSerializer(data=request.data)
        form.is_valid(raise_exception=True)

        def act() -> Answer:
            made = workspaces.create(name=form.validated_data["name"], by=caller(request))
            _set_rule(made, request, form)
            body = WorkspaceSerializer(workspace_of(request.user, made.pk)).data
            where = reverse("api:workspace", args=[made.pk])
            return Answer(status.HTTP_201_CREATED, as_json(body), where)

        return answered_once(request, act, fields=form.validated_data)


class WorkspaceDetail(APIView):
    """One workspace."""

    @extend_schema(
        operation_id="workspaces_retrieve", responses={200: WorkspaceSerializer, **problems(404)}
    )
    def get(self, request: Request, pk: int) -> Response:
        """The workspace and the caller's role in it."""
        return Response(WorkspaceSerializer(workspace_of(request.user, pk)).data)

    @extend_schema(
        operation_id="workspaces_update",
        request=WorkspaceSerializer(partial=True),
        responses={200: WorkspaceSerializer, **problems(400, 403, 404)},
    )
    def patch(self, request: Request, pk: int) -> Response:
        """Rename it, or say how long it keeps what it has; for owners."""
        workspace = workspace_of(request.user, pk, to_change=True)
        form = WorkspaceSerializer(workspace, data=request.data, partial=True)
        form.is_valid(raise_exception=True)
        workspaces.rename(workspace=workspace, name=form.validated_data.get("name", workspace.name))
        _set_rule(workspace, request, form)
        return Response(WorkspaceSerializer(workspace_of(request.user, pk)).data)

    @extend_schema(
        operation_id="workspaces_delete", responses={204: None, **problems(403, 404, 409)}
    )
    def delete(self, request: Request, pk: int) -> Response:
        """Delete an empty one; for owners. 409 ``not_empty`` or ``personal_workspace``."""
        workspaces.delete(workspace=workspace_of(request.user, pk, to_change=True))
        return Response(status=status.HTTP_204_NO_CONTENT)


def _set_rule(workspace: Workspace, request: Request, form: WorkspaceSerializer) -> None:
    if "retention" in form.validated_data:
        told = form.validated_data["retention"] or {"recording_days": None, "everything_days": None}
        retention.set_rule(workspace=workspace, by=caller(request), **told)


class WorkspaceMembers(APIView):
    """Who is in a workspace."""

    @extend_schema(
        operation_id="workspace_members_list",
        responses={200: MemberSerializer(many=True), **problems(404)},
    )
    def get(self, request: Request, pk: int) -> Response:
        """All members, by name; not paged."""
        members = workspace_of(request.user, pk).memberships.by_name()
        return Response(MemberSerializer(members, many=True).data)

    @extend_schema(
        operation_id="workspace_members_create",
        request=NewMemberSerializer,
        responses={201: MemberSerializer, **problems(400, 403, 404, 409, 422)},
    )
    def post(self, request: Request, pk: int) -> Response:
        """Let somebody in by their address; for owners. 422 ``no_account``."""
        workspace = workspace_of(request.user, pk, to_change=True)
        form = NewMemberSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        added = workspaces.add(workspace=workspace, **form.validated_data)
        return Response(MemberSerializer(added).data, status=status.HTTP_201_CREATED)


PERSON = OpenApiParameter("person", OpenApiTypes.INT, OpenApiParameter.PATH)


class WorkspaceMember(APIView):
    """One person in a workspace."""

    @extend_schema(
        operation_id="workspace_members_update",
        parameters=[PERSON],
        request=MemberSerializer(partial=True),
        responses={200: MemberSerializer, **problems(400, 403, 404, 409)},
    )
    def patch(self, request: Request, pk: int, person: int) -> Response:
        """Another role; for owners. 409 ``last_owner`` where nobody would own it any more."""
        workspace_of(request.user, pk, to_change=True)
        membership = membership_of(request.user, pk, person)
        form = MemberSerializer(membership, data=request.data, partial=True)
        form.is_valid(raise_exception=True)
        role = form.validated_data.get("role", membership.role)
        workspaces.change_role(membership=membership, role=role)
        return Response(MemberSerializer(membership).data)

    @extend_schema(
        operation_id="workspace_members_delete",
        parameters=[PERSON],
        responses={204: None, **problems(403, 404, 409)},
    )
    def delete(self, request: Request, pk: int, person: int) -> Response:
        """Let them in no more, at once; owners remove anybody, everybody may go themselves."""
        workspaces.remove(membership=membership_of(request.user, pk, person))
        return Response(status=status.HTTP_204_NO_CONTENT)
