"""Lists of the API: a cursor that stays right while rows come and go."""

from rest_framework.pagination import CursorPagination


class RecentFirst(CursorPagination):
    """Newest first, 50 a page, 200 at most."""

    ordering = "-created_at"
    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 200
