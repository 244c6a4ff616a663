"""How lists of meetings are narrowed and ordered."""

from typing import Any

import django_filters
from django.db.models import OuterRef, Q, QuerySet, Subquery
from rest_framework.filters import OrderingFilter
from rest_framework.request import Request
from rest_framework.views import APIView

from accounts.filters import MomentFilter
from accounts.models import Workspace, WorkspaceQuerySet
from meetings.models import Job, Meeting


class MeetingFilter(django_filters.FilterSet):
    """``?q=`` in title, participants and file name; ``?state=`` of the latest job."""

    q = django_filters.CharFilter(method="search", label="Words of title, people or file name")
    state = django_filters.MultipleChoiceFilter(
        choices=Job.State.choices, method="in_state", label="State of the latest job"
    )
    series = django_filters.UUIDFilter("series", label="Series")
    workspace = django_filters.NumberFilter(method="in_workspace", label="Workspace")
    shared = django_filters.BooleanFilter(
        method="is_shared", label="Shared with the caller alone, or not"
    )
    held_after = MomentFilter("held_at", "gte")
    held_before = MomentFilter("held_at", "lt")
    sha256 = django_filters.CharFilter(
        "recording__sha256", label="SHA-256 of the recording, hexadecimal"
    )
    fingerprint = django_filters.CharFilter(
        "recording__fingerprint", label="Fingerprint of the recording, hexadecimal"
    )

    class Meta:
        model = Meeting
        fields: list[str] = []

    def search(self, queryset: QuerySet[Meeting], name: str, value: str) -> QuerySet[Meeting]:
        """Meetings that have every word of ``value``."""
        for word in value.split()[:10]:
            queryset = queryset.filter(
                Q(title__icontains=word)
                | Q(participants__icontains=word)
                | Q(recording__filename__icontains=word)
            )
        return queryset

    def in_workspace(self, queryset: QuerySet[Meeting], name: str, value: Any) -> QuerySet[Meeting]:
        """Meetings of one of the caller's own workspaces; others cannot be asked about."""
        return queryset.filter(workspace__in=self._mine().filter(pk=value))

    def is_shared(self, queryset: QuerySet[Meeting], name: str, value: bool) -> QuerySet[Meeting]:
        """Meetings that the caller is let into alone, or all others."""
        mine = self._mine().values("pk")
        if value:
            return queryset.exclude(workspace__in=mine)
        return queryset.filter(workspace__in=mine)

    def _mine(self) -> WorkspaceQuerySet:
        return Workspace.objects.visible_to(self.request.user)

    def in_state(
        self, queryset: QuerySet[Meeting], name: str, value: list[str]
    ) -> QuerySet[Meeting]:
        """Meetings whose latest job is in one of the states."""
        if not value:
            return queryset
        latest = Job.objects.filter(meeting=OuterRef("pk")).order_by("-number")
        return queryset.alias(job_state=Subquery(latest.values("state")[:1])).filter(
            job_state__in=value
        )


class StableOrdering(OrderingFilter):
    """``?ordering=``; equal rows stand in the order in which they were made."""

    def get_ordering(self, request: Request, queryset: QuerySet[Any], view: APIView) -> Any:
        """What was asked for, then creation and key, so that no two rows are equal."""
        asked = super().get_ordering(request, queryset, view) or ()
        return (*asked, "-created_at", "-pk")
