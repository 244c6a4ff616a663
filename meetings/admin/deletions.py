"""What was deleted, and whether its objects are gone from the store, for the operator."""

from django.contrib import admin
from unfold.admin import ModelAdmin

from accounts.admin.base import ReadOnly
from meetings.models import Deletion


@admin.register(Deletion)
class DeletionAdmin(ReadOnly, ModelAdmin):
    """The record: what went by whose hand, how many objects, and what still waits."""

    list_display = [
        *("kind", "cause", "prefix", "workspace", "by", "created_at"),
        *("objects_deleted", "bytes_deleted", "finished_at"),
    ]
    list_filter = ["kind", "cause", ("finished_at", admin.EmptyFieldListFilter), "created_at"]
    list_select_related = ["workspace", "by"]
    search_fields = ["prefix", "by__email", "workspace__name"]
