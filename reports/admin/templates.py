"""Templates of minutes for the operator: looked at here, changed on their page."""

from django.contrib import admin
from unfold.admin import ModelAdmin

from accounts.admin.base import ReadOnly
from reports.models import Template


@admin.register(Template)
class TemplateAdmin(ReadOnly, ModelAdmin):
    """What workspaces made themselves."""

    list_display = ["name", "workspace", "layout", "changed_by", "updated_at"]
    list_filter = ["layout"]
    list_select_related = ["workspace", "changed_by"]
    search_fields = ["name", "workspace__name"]
    fields = ["workspace", "name", "layout", "sections", "changed_by", "created_at", "updated_at"]
    ordering = ["workspace", "name"]
