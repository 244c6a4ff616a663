"""Pages about minutes, action items, language models, templates, usage; what links lead to."""

from django.urls import include, path

from reports.views import (
    action_items,
    archives,
    asking,
    language_models,
    minutes,
    shared,
    templates,
    usage,
)

of_minutes = [
    path("meetings/<uuid:pk>/minutes/", minutes.pane, name="pane"),
    path("minutes/<uuid:pk>/diff/", minutes.difference, name="difference"),
    path("minutes/<uuid:pk>/verify/", minutes.verify, name="verify"),
    path("minutes/<uuid:pk>/content/", minutes.content, name="content"),
]
of_action_items = [
    path("action-items/", action_items.items, name="list"),
    path("action-items/<uuid:pk>/state/", action_items.set_state, name="state"),
    path("action-items/calendar/", action_items.make_address, name="make-address"),
    path("action-items/calendar/revoke/", action_items.revoke_address, name="revoke-address"),
    path("calendar/<str:token>.ics", action_items.calendar, name="calendar"),
]
of_language_models = [
    path("language-models/", language_models.language_models_of_mine, name="mine"),
    path(
        "workspaces/<int:pk>/language-model/", language_models.language_model, name="of-workspace"
    ),
    path(
        "workspaces/<int:pk>/language-model/test/", language_models.try_language_model, name="try"
    ),
]
of_templates = [
    path("templates/", templates.templates, name="list"),
    path("templates/new/", templates.new, name="new"),
    path("templates/<str:pk>/", templates.template, name="template"),
    path("templates/<uuid:pk>/delete/", templates.delete, name="delete"),
    path("workspaces/<int:pk>/template/", templates.set_default, name="set-default"),
    path("meetings/<uuid:pk>/rewrite/", templates.rewrite, name="rewrite"),
]
of_usage = [
    path("workspaces/<int:pk>/usage/", usage.of_workspace, name="of-workspace"),
]
of_links = [
    path("shared/<str:token>/", shared.page, name="page"),
    path("shared/<str:token>/media/", shared.media, name="media"),
    path("shared/<str:token>/peaks/", shared.peaks, name="peaks"),
    path("shared/<str:token>/segments/", shared.segments, name="segments"),
    path("shared/<str:token>/outline/", shared.outline, name="outline"),
    path("shared/<str:token>/transcript/", shared.transcript, name="transcript"),
    path("shared/<str:token>/minutes/", shared.minutes, name="minutes"),
]
of_exports = [
    path("exports/", archives.exports, name="list"),
    path("exports/new/", archives.ask, name="ask"),
    path("exports/<uuid:pk>/file/", archives.download, name="download"),
    path("exports/<uuid:pk>/delete/", archives.discard, name="discard"),
]
of_questions = [
    path("ask/", asking.ask, name="ask"),
    path("ask/<uuid:pk>/", asking.question, name="question"),
    path("ask/<uuid:pk>/delete/", asking.forget, name="forget"),
]
urlpatterns = [
    path("", include((of_minutes, "reports"))),
    path("", include((of_action_items, "action-items"))),
    path("", include((of_language_models, "language-models"))),
    path("", include((of_templates, "templates"))),
    path("", include((of_usage, "usage"))),
    path("", include((of_links, "shared"))),
    path("", include((of_exports, "exports"))),
    path("", include((of_questions, "questions"))),
]
