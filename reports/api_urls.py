"""Routes of the API."""

from django.urls import path

from reports.api import MeetingMinutes, MinutesDetail

urlpatterns = [
    path("meetings/<uuid:pk>/minutes/", MeetingMinutes.as_view(), name="minutes"),
    path("minutes/<uuid:pk>/", MinutesDetail.as_view(), name="minutes-version"),
]
