"""Series for the operator."""

from django.contrib import admin
from unfold.admin import ModelAdmin

from meetings.models import Series


@admin.register(Series)
class SeriesAdmin(ModelAdmin):
    """Meetings that belong together."""

    list_display = ["name", "workspace", "language", "created_at"]
    list_filter = ["language", "created_at"]
    list_select_related = ["workspace"]
    search_fields = ["name", "id", "workspace__name"]
    readonly_fields = ["id", "created_at", "updated_at"]
    autocomplete_fields = ["workspace"]
