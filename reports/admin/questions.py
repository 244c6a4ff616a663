"""Questions over meetings for the operator: when, how and by what; never what was asked."""

from django.contrib import admin
from unfold.admin import ModelAdmin

from accounts.admin.base import ReadOnly
from accounts.admin.columns import StateColumn
from reports.models import Question


@admin.register(Question)
class QuestionAdmin(StateColumn, ReadOnly, ModelAdmin):
    """Whether answers come, and who writes them."""

    list_display = [
        *("id", "workspace", "shown_state", "writer", "attempts_left"),
        *("created_at", "finished_at"),
    ]
    list_filter = ["state", "writer", "created_at"]
    list_select_related = ["workspace"]
    search_fields = ["id", "workspace__name"]
    exclude = ["text", "series", "held_from", "held_to"]
