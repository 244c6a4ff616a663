"""Which address leads where: pages, the API, the admin, operations."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path, re_path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from config import guide, operations, problems, styleguide

api: list[URLPattern | URLResolver] = [
    path("", include("accounts.api_urls")),
    path("", include("meetings.api_urls")),
    path("", include("transcription.api_urls")),
    path("", include("reports.api_urls")),
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("docs/", SpectacularSwaggerSplitView.as_view(url_name="api:schema"), name="docs"),
]

urlpatterns = [
    path("", include("meetings.urls")),
    path("", include("transcription.urls")),
    path("", include("reports.urls")),
    path("", include("accounts.urls")),
    path("", include("accounts.frame_urls")),
    path("api/v1/", include((api, "api"))),
    re_path(r"^api/(?P<path>[\s\S]*)$", problems.unknown_route),
    path("admin/", admin.site.urls),
    path("guide/", guide.contents, name="guide"),
    path("guide/<slug:name>/", guide.chapter, name="guide-chapter"),
    path("styleguide/", styleguide.page, name="styleguide"),
    path("healthz", operations.healthz, name="healthz"),
    path("readyz", operations.readyz, name="readyz"),
]

handler400 = "config.problems.bad_request"
handler500 = "config.problems.server_error"
