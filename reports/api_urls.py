"""Routes of the API."""

from django.urls import path

from reports.api import (
    action_items,
    archives,
    asking,
    calendar,
    templates,
    usage,
)
from reports.api.editing import MinutesCheck, MinutesStatements, StatementCheck, StatementDetail
from reports.api.exports import MinutesExport, MinutesHead, MinutesMailings
from reports.api.language_models import LanguageModelTrial, WorkspaceLanguageModel
from reports.api.minutes import MeetingMinutes, MinutesDetail
from reports.api.reviewing import (
    CommentDetail,
    MinutesApprove,
    MinutesComments,
    MinutesReturn,
    MinutesReview,
)
from reports.api.versions import (
    MeetingVersions,
    MinutesDifference,
    MinutesRegenerate,
    MinutesVersions,
)

urlpatterns = [
    path("ask/", asking.QuestionList.as_view(), name="questions"),
    path("ask/<uuid:pk>/", asking.QuestionDetail.as_view(), name="question"),
    path("exports/", archives.ArchiveList.as_view(), name="exports"),
    path("exports/<uuid:pk>/", archives.ArchiveDetail.as_view(), name="export"),
    path("exports/<uuid:pk>/file/", archives.ArchiveFile.as_view(), name="export-file"),
    path("meetings/<uuid:pk>/minutes/", MeetingMinutes.as_view(), name="minutes"),
    path("minutes/<uuid:pk>/", MinutesDetail.as_view(), name="minutes-version"),
    path("minutes/<uuid:pk>/export/", MinutesExport.as_view(), name="minutes-export"),
    path("minutes/<uuid:pk>/head/", MinutesHead.as_view(), name="minutes-head"),
    path("minutes/<uuid:pk>/mailings/", MinutesMailings.as_view(), name="minutes-mailings"),
    path("minutes/<uuid:pk>/statements/", MinutesStatements.as_view(), name="statements"),
    path("minutes/<uuid:pk>/statements/check/", MinutesCheck.as_view(), name="statements-check"),
    path("meetings/<uuid:pk>/minutes/versions/", MeetingVersions.as_view(), name="versions"),
    path("minutes/<uuid:pk>/versions/", MinutesVersions.as_view(), name="version-copy"),
    path("minutes/<uuid:pk>/diff/", MinutesDifference.as_view(), name="minutes-diff"),
    path("minutes/<uuid:pk>/regenerate/", MinutesRegenerate.as_view(), name="regenerate"),
    path("minutes/<uuid:pk>/review/", MinutesReview.as_view(), name="review"),
    path("minutes/<uuid:pk>/approve/", MinutesApprove.as_view(), name="approve"),
    path("minutes/<uuid:pk>/return/", MinutesReturn.as_view(), name="return"),
    path("minutes/<uuid:pk>/comments/", MinutesComments.as_view(), name="comments"),
    path("comments/<int:pk>/", CommentDetail.as_view(), name="comment"),
    path("statements/<int:pk>/", StatementDetail.as_view(), name="statement"),
    path("statements/<int:pk>/check/", StatementCheck.as_view(), name="statement-check"),
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
    path("workspaces/<int:pk>/usage/", usage.WorkspaceUsage.as_view(), name="workspace-usage"),
    path(
        "workspaces/<int:pk>/usage/meetings/",
        usage.WorkspaceUsageMeetings.as_view(),
        name="workspace-usage-meetings",
    ),
    path(
        "workspaces/<int:pk>/usage/export/",
        usage.WorkspaceUsageExport.as_view(),
        name="workspace-usage-export",
    ),
    path("templates/", templates.TemplateList.as_view(), name="templates"),
    path("templates/previews/", templates.TemplatePreviews.as_view(), name="template-previews"),
    path(
        "templates/previews/<uuid:pk>/",
        templates.TemplatePreviewDetail.as_view(),
        name="template-preview",
    ),
    path("templates/<str:pk>/", templates.TemplateDetail.as_view(), name="template"),
    path(
        "workspaces/<int:pk>/template/",
        templates.WorkspaceTemplate.as_view(),
        name="workspace-template",
    ),
    path("action-items/", action_items.ActionItemList.as_view(), name="action-items"),
    path(
        "action-items/export/",
        action_items.ActionItemExport.as_view(),
        name="action-items-export",
    ),
    path(
        "action-items/<uuid:pk>/",
        action_items.ActionItemDetail.as_view(),
        name="action-item",
    ),
    path("calendar/", calendar.CalendarAddress.as_view(), name="calendar"),
]
