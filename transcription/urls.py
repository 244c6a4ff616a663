"""Parts of pages about transcripts."""

from django.urls import path

from transcription import speaker_views, views

app_name = "transcription"
urlpatterns = [
    path("meetings/<uuid:pk>/segments/", views.segments, name="segments"),
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
]
