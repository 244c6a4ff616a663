"""Numbered pages of a list."""

from django.http import HttpRequest


def page_number(request: HttpRequest) -> int:
    """``?page=`` of the address; the first where it says nothing of sense."""
    given = request.GET.get("page", "")
    return max(1, int(given)) if given.isdecimal() and len(given) < 7 else 1
