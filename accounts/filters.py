"""How the audit log is narrowed."""

import django_filters

from accounts.models import AuditEntry, AuditEntryQuerySet


class AuditFilter(django_filters.FilterSet):
    """``?who=`` ``?what=`` ``?from=`` ``?until=``."""

    who = django_filters.CharFilter(method="by", label="A part of the name or address")
    what = django_filters.CharFilter(
        method="by", label="A code, or what stands before its dot: `meeting.seen`, `meeting`"
    )
    vars()["from"] = django_filters.IsoDateTimeFilter("created_at", "gte", label="Not before")
    until = django_filters.IsoDateTimeFilter("created_at", "lt", label="Before")

    class Meta:
        model = AuditEntry
        fields: list[str] = []

    def by(self, queryset: AuditEntryQuerySet, name: str, value: str) -> AuditEntryQuerySet:
        """As the pages narrow it."""
        return queryset.narrowed(who=value) if name == "who" else queryset.narrowed(what=value)
