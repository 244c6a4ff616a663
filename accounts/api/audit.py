"""The audit log over the API: of a workspace for its owners, of the caller's own account."""

from abc import abstractmethod
from typing import Any

from django.http import HttpResponse
from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.generics import GenericAPIView
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.access import workspace_of
from accounts.acts import Act
from accounts.audit_words import csv_of
from accounts.callers import caller
from accounts.filters import AuditFilter
from accounts.models import AuditEntry, AuditEntryQuerySet
from accounts.openapi import problems
from accounts.services import audit

MOST = 50_000
"""Entries in a file, the newest; who needs earlier ones narrows by time."""

CSV = {(200, "text/csv"): OpenApiTypes.STR}


class LatestWritten(CursorPagination):
    """In the order in which they were written, newest first, 50 a page, 200 at most."""

    ordering = "-id"
    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 200


class AuditEntrySerializer(serializers.ModelSerializer[AuditEntry]):
    """Who did what to what, when, from where."""

    label = serializers.CharField(  # type: ignore[assignment]  # a field's name
        read_only=True, help_text="The code in the reader's language."
    )
    user = serializers.IntegerField(source="user_id", read_only=True, allow_null=True)
    workspace = serializers.IntegerField(source="workspace_id", read_only=True, allow_null=True)
    object = inline_serializer(
        "AuditedObject",
        {
            "type": serializers.CharField(source="object_type"),
            "id": serializers.CharField(source="object_id"),
            "title": serializers.CharField(source="object_title"),
        },
        source="*",
        read_only=True,
    )
    details = serializers.DictField(read_only=True, help_text="Plain values.")

    class Meta:
        model = AuditEntry
        fields = [
            *("id", "created_at", "what", "label", "kind", "user", "name", "email", "via"),
            *("workspace", "object", "address", "agent", "details"),
        ]
        read_only_fields = fields


class AuditList(GenericAPIView[AuditEntry]):
    """A part of the log, narrowed."""

    serializer_class = AuditEntrySerializer
    filter_backends = [DjangoFilterBackend]
    filterset_class = AuditFilter
    pagination_class: Any = LatestWritten
    queryset = AuditEntry.objects.none()

    @abstractmethod
    def entries(self, request: Request, pk: Any = None) -> AuditEntryQuerySet:
        """What the caller may see."""

    def listed(self, request: Request, pk: Any = None) -> Response:
        """A page of it."""
        page = self.paginate_queryset(self.filter_queryset(self.entries(request, pk))) or []
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    def as_file(self, request: Request, pk: Any = None) -> Any:
        """All of it as a table; that somebody took it along is noted behind."""
        found = self.filter_queryset(self.entries(request, pk))[:MOST]
        body = csv_of(found.iterator(chunk_size=2000))
        about = {"workspace": pk} if pk else {"of": caller(request)}
        audit.record(Act.AUDIT_EXPORTED, **about)
        return HttpResponse(
            body,
            content_type="text/csv; charset=utf-8",
            headers={
                "Content-Disposition": 'attachment; filename="audit.csv"',
                "Cache-Control": "no-store",
            },
        )


class MyAudit(AuditList):
    """What happened with the caller's account."""

    def entries(self, request: Request, pk: Any = None) -> AuditEntryQuerySet:
        """By whomever."""
        return AuditEntry.objects.about_account(caller(request).pk)

    @extend_schema(
        operation_id="me_audit_list",
        responses={200: AuditEntrySerializer(many=True), **problems(400)},
    )
    def get(self, request: Request) -> Response:
        """Sign-ins, failed ones too, keys, password, address, workspaces; newest first."""
        return self.listed(request)


class MyAuditExport(MyAudit):
    """The same as a file."""

    pagination_class = None

    @extend_schema(operation_id="me_audit_export", responses={**CSV, **problems(400)})
    def get(self, request: Request) -> Any:
        """CSV (RFC 4180, UTF-8 with a byte order mark), the newest 50,000."""
        return self.as_file(request)


class WorkspaceAudit(AuditList):
    """What was done in a workspace."""

    def entries(self, request: Request, pk: Any = None) -> AuditEntryQuerySet:
        """For its owners."""
        return AuditEntry.objects.of_workspace(workspace_of(request.user, pk, to_change=True).pk)

    @extend_schema(
        operation_id="workspaces_audit_list",
        responses={200: AuditEntrySerializer(many=True), **problems(400, 403, 404)},
    )
    def get(self, request: Request, pk: int) -> Response:
        """Who saw, shared, exported, edited, deleted, approved …; newest first, for owners."""
        return self.listed(request, pk)


class WorkspaceAuditExport(WorkspaceAudit):
    """The same as a file."""

    pagination_class = None

    @extend_schema(
        operation_id="workspaces_audit_export", responses={**CSV, **problems(400, 403, 404)}
    )
    def get(self, request: Request, pk: int) -> Any:
        """CSV (RFC 4180, UTF-8 with a byte order mark), the newest 50,000."""
        return self.as_file(request, pk)
