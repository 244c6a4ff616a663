"""Lists of the API: a cursor that stays right while rows come and go."""

from collections.abc import Sequence
from typing import Any

from django.db import DataError
from django.db.models import QuerySet
from rest_framework.exceptions import NotFound
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request


class RecentFirst(CursorPagination):
    """Newest first, 50 a page, 200 at most."""

    ordering = "-created_at"
    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 200

    def paginate_queryset(
        self, queryset: QuerySet[Any] | Sequence[Any], request: Request, view: Any = None
    ) -> list[Any] | None:
        """The page; NotFound for a cursor that no list gave and PostgreSQL cannot read."""
        try:
            return super().paginate_queryset(queryset, request, view)
        except DataError:
            if self.cursor_query_param not in request.query_params:
                raise
            raise NotFound(self.invalid_cursor_message) from None
