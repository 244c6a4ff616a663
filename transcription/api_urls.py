"""Routes of the API."""

from django.urls import path

from transcription.api import MeetingTranscript, TranscriptExport

urlpatterns = [
    path("meetings/<uuid:pk>/transcript/", MeetingTranscript.as_view(), name="transcript"),
    path(
        "meetings/<uuid:pk>/transcript/export/",
        TranscriptExport.as_view(),
        name="transcript-export",
    ),
]
