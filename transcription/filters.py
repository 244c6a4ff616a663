"""How a search in what was said is narrowed, on the page as in the API."""

from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import Workspace
from transcription import search
from transcription.models import Passage, Segment
from transcription.models.passages import SECONDS


class HeldFilter(django_filters.FilterSet):
    """Which meetings it is about: one of them, a series, a workspace, days."""

    meeting = django_filters.UUIDFilter("transcript__meeting", label="Meeting")
    series = django_filters.UUIDFilter("transcript__meeting__series", label="Series")
    workspace = django_filters.NumberFilter(method="in_workspace", label="Workspace")
    held_from = django_filters.DateFilter(
        "transcript__meeting__held_at__date", "gte", label="Held on this day or later"
    )
    held_to = django_filters.DateFilter(
        "transcript__meeting__held_at__date", "lte", label="Held on this day or before"
    )

    def in_workspace(self, queryset: QuerySet[Any], name: str, value: Any) -> QuerySet[Any]:
        """Of one of the caller's own workspaces; others cannot be asked about."""
        mine = Workspace.objects.visible_to(self.request.user).filter(pk=value)
        return queryset.filter(transcript__meeting__workspace__in=mine)


class SaidFilter(HeldFilter):
    """``?q=`` the words, and who said them."""

    q = django_filters.CharFilter(
        method="saying",
        required=True,
        max_length=search.LONGEST,
        label='Words in any form; "in a row", -without, or',
    )
    speaker = django_filters.CharFilter(
        "speaker__name", "icontains", max_length=150, label="Part of the speaker's name"
    )

    class Meta:
        model = Segment
        fields: list[str] = []

    def saying(self, queryset: QuerySet[Segment], name: str, value: str) -> QuerySet[Segment]:
        """Segments in which the words were said."""
        return search.saying(queryset, value)


class MeantFilter(HeldFilter):
    """``?q=`` a question, and who speaks in the passage."""

    q = django_filters.CharFilter(
        method="ranked_later",
        required=True,
        max_length=search.LONGEST,
        label="A question, or what it was about, in one's own words",
    )
    speaker = django_filters.CharFilter(
        method="heard", max_length=150, label="Part of the name of somebody who speaks there"
    )

    class Meta:
        model = Passage
        fields: list[str] = []

    def ranked_later(self, queryset: QuerySet[Passage], name: str, value: str) -> QuerySet[Passage]:
        """All of them: a question leaves none out, it puts them in order (``meaning.nearest``)."""
        return queryset

    def heard(self, queryset: QuerySet[Passage], name: str, value: str) -> QuerySet[Passage]:
        """Those in which somebody of that name speaks."""
        begins = OuterRef("place") * SECONDS
        spoken = Segment.objects.filter(
            transcript=OuterRef("transcript"),
            start__gte=begins,
            start__lt=begins + SECONDS,
            speaker__name__icontains=value,
        )
        return queryset.filter(Exists(spoken))
