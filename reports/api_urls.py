"""Routes of the API."""

from django.urls import path

from reports.api import MeetingMinutes, MinutesDetail
from reports.api_exports import MinutesExport, MinutesHead, MinutesMailings
from reports.language_models_api import LanguageModelTrial, WorkspaceLanguageModel

urlpatterns = [
    path("meetings/<uuid:pk>/minutes/", MeetingMinutes.as_view(), name="minutes"),
    path("minutes/<uuid:pk>/", MinutesDetail.as_view(), name="minutes-version"),
    path("minutes/<uuid:pk>/export/", MinutesExport.as_view(), name="minutes-export"),
    path("minutes/<uuid:pk>/head/", MinutesHead.as_view(), name="minutes-head"),
    path("minutes/<uuid:pk>/mailings/", MinutesMailings.as_view(), name="minutes-mailings"),
    path(
        "workspaces/<int:pk>/language-model/",
        WorkspaceLanguageModel.as_view(),
        name="workspace-language-model",
    ),
    path(
        "workspaces/<int:pk>/language-model/test/",
        LanguageModelTrial.as_view(),
        name="workspace-language-model-test",
    ),
]
