"""How a search in what was said is narrowed, on the page as in the API."""

from typing import Any

import django_filters
from django.db.models import QuerySet

from accounts.models import Workspace
from transcription import search
from transcription.models import Segment


class SaidFilter(django_filters.FilterSet):
    """``?q=`` the words; the meeting, its series, workspace and days; who said them."""

    q = django_filters.CharFilter(
        method="saying",
        required=True,
        max_length=search.LONGEST,
        label='Words in any form; "in a row", -without, or',
    )
    meeting = django_filters.UUIDFilter("transcript__meeting", label="Meeting")
    series = django_filters.UUIDFilter("transcript__meeting__series", label="Series")
    workspace = django_filters.NumberFilter(method="in_workspace", label="Workspace")
    speaker = django_filters.CharFilter(
        "speaker__name", "icontains", max_length=150, label="Part of the speaker's name"
    )
    held_from = django_filters.DateFilter(
        "transcript__meeting__held_at__date", "gte", label="Held on this day or later"
    )
    held_to = django_filters.DateFilter(
        "transcript__meeting__held_at__date", "lte", label="Held on this day or before"
    )

    class Meta:
        model = Segment
        fields: list[str] = []

    def saying(self, queryset: QuerySet[Segment], name: str, value: str) -> QuerySet[Segment]:
        """Segments in which the words were said."""
        return search.saying(queryset, value)

    def in_workspace(self, queryset: QuerySet[Segment], name: str, value: Any) -> QuerySet[Segment]:
        """Of one of the caller's own workspaces; others cannot be asked about."""
        mine = Workspace.objects.visible_to(self.request.user).filter(pk=value)
        return queryset.filter(transcript__meeting__workspace__in=mine)
