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

USED = ("autoplay", "clipboard-write", "fullscreen")
RECORDING = ("display-capture", "microphone")
UNUSED = (
    "accelerometer",
    "browsing-topics",
    "camera",
    "geolocation",
    "gyroscope",
    "hid",
    "magnetometer",
    "midi",
    "payment",
    "serial",
    "usb",
)
RECORDED = {"media-src": ["blob:"]}
"""Directives of the page that records: there is heard what was recorded."""


def permissions(*, is_recording: bool) -> str:
    """What a page of ours may use, and what nobody may use in its name."""
    allowed = USED + RECORDING if is_recording else USED
    refused = UNUSED if is_recording else UNUSED + RECORDING
    said = [*(f"{name}=(self)" for name in allowed), *(f"{name}=()" for name in refused)]
    return ", ".join(said)


class PolicyMiddleware(CSPMiddleware):
    """Sends the policies; under the admin that of contents with what its library needs, and where
    recordings are made with the microphone.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """The response with both headers."""
        answered = super().process_response(request, response)
        allowed = permissions(is_recording=_is_recording(request))
        answered.setdefault("Permissions-Policy", allowed)
        return answered

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        """What the policy is made of."""
        parts: Any = super().get_policy_parts(request, response, report_only)
        if parts.replace is None and request.path.startswith(reverse("admin:index")):
            parts.replace = ADMIN
        if parts.update is None and _is_recording(request):
            parts.update = RECORDED
        return parts


def _is_recording(request: HttpRequest) -> bool:
    """Whether the page is the one where recordings are made."""
    return request.path == reverse("meetings:new")
