"""The Content-Security-Policy, with one exception for pages that are not ours."""

from typing import Any

from csp.constants import SELF, UNSAFE_EVAL, UNSAFE_INLINE
from csp.middleware import CSPMiddleware, PolicyParts
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

ADMIN: dict[str, list[str]] = {
    "script-src": [SELF, UNSAFE_EVAL],
    "style-src": [SELF, UNSAFE_INLINE],
}
"""Directives of the operator's admin: django-unfold is made with Alpine, which evaluates the
attributes of its elements and styles them."""


class PolicyMiddleware(CSPMiddleware):
    """Sends the policy of the settings; under the admin with what its library needs."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        """What the policy is made of."""
        parts: Any = super().get_policy_parts(request, response, report_only)
        if parts.replace is None and request.path.startswith(reverse("admin:index")):
            parts.replace = ADMIN
        return parts
