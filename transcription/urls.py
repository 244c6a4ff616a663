"""Parts of pages about transcripts."""

from django.urls import path

from transcription import views

app_name = "transcription"
urlpatterns = [
    path("meetings/<uuid:pk>/segments/", views.segments, name="segments"),
    path("meetings/<uuid:pk>/history/", views.history, name="history"),
]
