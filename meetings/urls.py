"""Pages about meetings."""

from django.urls import path

from meetings import views

app_name = "meetings"
urlpatterns = [
    path("", views.meetings, name="list"),
    path("meetings/new/", views.new, name="new"),
    path("meetings/<uuid:pk>/", views.meeting, name="meeting"),
    path("meetings/<uuid:pk>/retry/", views.retry, name="retry"),
    path("meetings/<uuid:pk>/process/", views.process, name="process"),
    path("meetings/<uuid:pk>/cancel/", views.cancel, name="cancel"),
]
