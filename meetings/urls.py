"""Pages about meetings."""

from django.urls import path

from meetings import views

app_name = "meetings"
urlpatterns = [
    path("", views.meetings, name="list"),
    path("meetings/new/", views.new, name="new"),
    path("meetings/<uuid:pk>/", views.meeting, name="meeting"),
    path(
        "meetings/<uuid:pk>/attachments/<uuid:attachment_pk>/",
        views.attachment,
        name="attachment",
    ),
    path("meetings/<uuid:pk>/series/", views.assign, name="assign"),
    path("meetings/<uuid:pk>/retry/", views.retry, name="retry"),
    path("meetings/<uuid:pk>/process/", views.process, name="process"),
    path("meetings/<uuid:pk>/cancel/", views.cancel, name="cancel"),
    path("series/", views.series_list, name="series-list"),
    path("series/new/", views.new_series, name="new-series"),
    path("series/<uuid:pk>/", views.series, name="series"),
    path("series/<uuid:pk>/delete/", views.delete_series, name="delete-series"),
]
