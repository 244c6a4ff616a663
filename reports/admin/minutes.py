"""Minutes for the operator, read-only."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from unfold.admin import ModelAdmin, TabularInline

from accounts.admin.base import ReadOnly
from reports.models import (
    ActionItem,
    Approval,
    CalendarFeed,
    CarriedItem,
    Comment,
    Edit,
    Minutes,
    Review,
    Section,
    Statement,
)


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


class ReviewInline(ReadOnly, TabularInline):
    """Who was asked, round by round, and what they decided."""

    model = Review
    extra = 0
    fields = ["round", "reviewer", "decision", "asked_by", "asked_at", "decided_at"]
    readonly_fields = ["asked_at"]


class CommentInline(ReadOnly, TabularInline):
    """What was said about the version."""

    model = Comment
    extra = 0
    fields = ["created_at", "author", "kind", "text", "resolved_by", "resolved_at"]
    readonly_fields = ["created_at"]


class EditInline(ReadOnly, TabularInline):
    """What people did to the statements."""

    model = Edit
    extra = 0
    fields = ["at", "by", "action", "lineage", "before"]
    readonly_fields = ["at"]


@admin.register(Minutes)
class MinutesAdmin(ReadOnly, ModelAdmin):
    """Versions of minutes."""

    list_display = ["meeting", "version", "state", "writer", "language", "created_at"]
    list_filter = ["state", "writer", "language"]
    list_select_related = ["meeting"]
    search_fields = ["meeting__title", "meeting__id"]
    ordering = ["-created_at"]
    inlines = [SectionInline, ReviewInline, CommentInline, EditInline]


@admin.register(Approval)
class ApprovalAdmin(ReadOnly, ModelAdmin):
    """Approved versions with their numbers, digests and frozen content."""

    list_display = ["number", "minutes", "approved_by", "approved_at", "digest"]
    list_select_related = ["number", "minutes__meeting", "approved_by"]
    search_fields = ["minutes__meeting__title", "digest"]
    date_hierarchy = "approved_at"
    ordering = ["-approved_at"]


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


class CarriedItemInline(ReadOnly, TabularInline):
    """What later meetings said of an item."""

    model = CarriedItem
    extra = 0
    fields = ["statement", "outcome", "since"]


@admin.register(ActionItem)
class ActionItemAdmin(ReadOnly, ModelAdmin):
    """Action items over all meetings; their state is set on the pages, where it is signed."""

    list_display = ["text", "assignee", "due", "state", "meeting", "changed_by", "changed_at"]
    list_filter = ["state", "due", "created_at"]
    list_select_related = ["meeting", "changed_by"]
    search_fields = ["text", "assignee", "meeting__title", "id"]
    ordering = ["-created_at"]
    inlines = [CarriedItemInline]


@admin.register(CalendarFeed)
class CalendarFeedAdmin(ReadOnly, ModelAdmin):
    """Who has a calendar address; it can be revoked by deleting the row."""

    list_display = ["user", "scope", "created_at", "last_used_at"]
    list_select_related = ["user"]
    search_fields = ["user__email"]
    fields = ["user", "scope", "created_at", "last_used_at"]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A leaked address is closed here."""
        return request.user.has_perm("reports.delete_calendarfeed")
