"""How lists of action items are narrowed, on the page as in the API."""

import django_filters
from django.db.models import Q, QuerySet

from reports.models import ActionItem
from reports.services import action_items


class ActionItemFilter(django_filters.FilterSet):
    """``?q=`` in text and assignee; states, people, series, meetings and days."""

    q = django_filters.CharFilter(method="search", label="Words of text or assignee")
    state = django_filters.MultipleChoiceFilter(choices=ActionItem.State.choices)
    overdue = django_filters.BooleanFilter(
        method="is_overdue", label="Open and due before today, where the caller lives"
    )
    assignee = django_filters.CharFilter("assignee", "icontains")
    series = django_filters.UUIDFilter("meeting__series", label="Series")
    meeting = django_filters.UUIDFilter("meeting", label="Meeting")
    due_from = django_filters.DateFilter("due", "gte")
    due_to = django_filters.DateFilter("due", "lte")

    class Meta:
        model = ActionItem
        fields: list[str] = []

    def search(self, queryset: QuerySet[ActionItem], name: str, value: str) -> QuerySet[ActionItem]:
        """Items that have every word of ``value``."""
        for word in value.split()[:10]:
            queryset = queryset.filter(Q(text__icontains=word) | Q(assignee__icontains=word))
        return queryset

    def is_overdue(
        self, queryset: QuerySet[ActionItem], name: str, value: bool
    ) -> QuerySet[ActionItem]:
        """Overdue ones, or all others."""
        late = Q(state=ActionItem.State.OPEN, due__lt=action_items.today())
        return queryset.filter(late) if value else queryset.exclude(late)
