"""Minutes for the operator, read-only."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from unfold.admin import ModelAdmin, TabularInline

from accounts.admin import ReadOnly
from reports.language_models_admin import LanguageModelAdmin, LlmCallAdmin
from reports.models import Minutes, Section, Statement

__all__ = ["LanguageModelAdmin", "LlmCallAdmin", "MinutesAdmin", "SectionAdmin"]


class SectionInline(ReadOnly, TabularInline):
    """The headings, each leading to its statements."""

    model = Section
    extra = 0
    fields = ["position", "kind", "title"]
    show_change_link = True


class StatementInline(ReadOnly, TabularInline):
    """What stands under a heading."""

    model = Statement
    extra = 0
    fields = ["position", "kind", "text", "assignee", "due", "verdict", "reason"]


@admin.register(Minutes)
class MinutesAdmin(ReadOnly, ModelAdmin):
    """Versions of minutes."""

    list_display = ["meeting", "version", "state", "writer", "language", "created_at"]
    list_filter = ["state", "writer", "language"]
    list_select_related = ["meeting"]
    search_fields = ["meeting__title", "meeting__id"]
    ordering = ["-created_at"]
    inlines = [SectionInline]


@admin.register(Section)
class SectionAdmin(ReadOnly, ModelAdmin):
    """A heading with its statements; reached from its minutes."""

    list_display = ["minutes", "position", "kind", "title"]
    ordering = ["minutes", "position"]
    inlines = [StatementInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Section]:
        """With what their minutes are called."""
        return super().get_queryset(request).select_related("minutes__meeting")

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Not in the menu."""
        return False
