"""What browsers let pages do: the Content-Security-Policy and the Permissions-Policy."""

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

PERMISSIONS = ", ".join(
    [
        *(f"{used}=(self)" for used in ("autoplay", "clipboard-write", "fullscreen")),
        *(
            f"{unused}=()"
            for unused in (
                "accelerometer",
                "bluetooth",
                "browsing-topics",
                "camera",
                "display-capture",
                "geolocation",
                "gyroscope",
                "hid",
                "magnetometer",
                "microphone",
                "midi",
                "payment",
                "serial",
                "usb",
            )
        ),
    ]
)
"""What pages of ours use, and what nobody may use in their name."""


class PolicyMiddleware(CSPMiddleware):
    """Sends the policies; under the admin that of contents with what its library needs."""

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """The response with both headers."""
        answered = super().process_response(request, response)
        answered.setdefault("Permissions-Policy", PERMISSIONS)
        return answered

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        """What the policy is made of."""
        parts: Any = super().get_policy_parts(request, response, report_only)
        if parts.replace is None and request.path.startswith(reverse("admin:index")):
            parts.replace = ADMIN
        return parts
