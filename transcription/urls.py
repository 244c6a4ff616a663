"""Parts of pages about transcripts."""

from django.urls import path

from transcription import search_views, speaker_views, views, voice_views

app_name = "transcription"
urlpatterns = [
    path("search/", search_views.search_page, name="search"),
    path("meetings/<uuid:pk>/segments/", views.segments, name="segments"),
    path("meetings/<uuid:pk>/outline/", views.outline, name="outline"),
    path("meetings/<uuid:pk>/history/", views.history, name="history"),
    path("meetings/<uuid:pk>/speakers/", speaker_views.speakers_page, name="speakers"),
    path("meetings/<uuid:pk>/speakers/reassign/", speaker_views.reassign, name="reassign"),
    path(
        "meetings/<uuid:pk>/speakers/<int:speaker>/name/",
        speaker_views.rename,
        name="rename-speaker",
    ),
    path(
        "meetings/<uuid:pk>/speakers/<int:speaker>/merge/",
        speaker_views.merge,
        name="merge-speaker",
    ),
    path(
        "meetings/<uuid:pk>/speakers/<int:speaker>/remember/",
        voice_views.remember,
        name="remember-voice",
    ),
    path(
        "meetings/<uuid:pk>/speakers/<int:speaker>/take-back/",
        voice_views.take_back,
        name="take-back-voice",
    ),
    path(
        "meetings/<uuid:pk>/speakers/<int:speaker>/suggestion/",
        voice_views.answer,
        name="answer-suggestion",
    ),
    path("workspaces/<int:pk>/voices/", voice_views.of_workspace, name="known-voices"),
    path("workspaces/<int:pk>/voices/rule/", voice_views.set_rule, name="set-voice-rule"),
    path("workspaces/<int:pk>/voices/<int:voice>/name/", voice_views.rename, name="rename-voice"),
    path("workspaces/<int:pk>/voices/<int:voice>/forget/", voice_views.forget, name="forget-voice"),
]
