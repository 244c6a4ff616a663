"""How the audit log is narrowed, and lists by moments."""

from datetime import UTC, datetime
from typing import Any

import django_filters
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django_filters.fields import IsoDateTimeField

from accounts.models import AuditEntry, AuditEntryQuerySet


class MomentField(IsoDateTimeField):
    """A moment in UTC: PostgreSQL takes no zone as far from it as ISO 8601 allows."""

    def clean(self, value: Any) -> datetime | None:
        """ValidationError, too, for moments that are none in UTC."""
        told = super().clean(value)
        try:
            return told and told.astimezone(UTC)
        except OverflowError:
            raise ValidationError(_("No calendar has this moment."), code="invalid") from None


class MomentFilter(django_filters.IsoDateTimeFilter):
    """Narrows by a moment."""

    field_class = MomentField


class AuditFilter(django_filters.FilterSet):
    """``?who=`` ``?what=`` ``?from=`` ``?until=``."""

    who = django_filters.CharFilter(method="by", label="A part of the name or address")
    what = django_filters.CharFilter(
        method="by", label="A code, or what stands before its dot: `meeting.seen`, `meeting`"
    )
    vars()["from"] = MomentFilter("created_at", "gte", label="Not before")
    until = MomentFilter("created_at", "lt", label="Before")

    class Meta:
        model = AuditEntry
        fields: list[str] = []

    def by(self, queryset: AuditEntryQuerySet, name: str, value: str) -> AuditEntryQuerySet:
        """As the pages narrow it."""
        return queryset.narrowed(who=value) if name == "who" else queryset.narrowed(what=value)
