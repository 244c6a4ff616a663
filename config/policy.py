"""The Content-Security-Policy, with two exceptions for pages that are not ours."""

from typing import Any

from csp.constants import SELF, UNSAFE_EVAL, UNSAFE_INLINE
from csp.middleware import CSPMiddleware, PolicyParts
from django.http import HttpRequest, HttpResponseBase

EXCEPTIONS: dict[str, dict[str, list[str]]] = {
    # django-unfold is made with Alpine, which evaluates attributes, and writes inline scripts.
    "/admin/": {
        "script-src": [SELF, UNSAFE_INLINE, UNSAFE_EVAL],
        "style-src": [SELF, UNSAFE_INLINE],
    },
    # Swagger UI styles itself.
    "/api/v1/docs/": {"style-src": [SELF, UNSAFE_INLINE]},
}
"""Directives replaced under an address; every other page keeps the strict policy."""


class PolicyMiddleware(CSPMiddleware):
    """Sends the policy of the settings, or its exception for the address."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        """What the policy is made of."""
        parts: Any = super().get_policy_parts(request, response, report_only)
        for prefix, directives in EXCEPTIONS.items():
            if request.path.startswith(prefix) and parts.replace is None:
                parts.replace = directives
        return parts
