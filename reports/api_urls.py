"""Routes of the API."""

from django.urls import path

from reports import action_items_api, calendar_api
from reports.api import MeetingMinutes, MinutesDetail

urlpatterns = [
    path("meetings/<uuid:pk>/minutes/", MeetingMinutes.as_view(), name="minutes"),
    path("minutes/<uuid:pk>/", MinutesDetail.as_view(), name="minutes-version"),
    path("action-items/", action_items_api.ActionItemList.as_view(), name="action-items"),
    path(
        "action-items/export/",
        action_items_api.ActionItemExport.as_view(),
        name="action-items-export",
    ),
    path(
        "action-items/<uuid:pk>/",
        action_items_api.ActionItemDetail.as_view(),
        name="action-item",
    ),
    path("calendar/", calendar_api.CalendarAddress.as_view(), name="calendar"),
]
