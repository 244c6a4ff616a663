"""Pages about action items."""

from django.urls import path

from reports import action_items_views as views

app_name = "action-items"
urlpatterns = [
    path("action-items/", views.items, name="list"),
    path("action-items/<uuid:pk>/state/", views.set_state, name="state"),
    path("action-items/calendar/", views.make_address, name="make-address"),
    path("action-items/calendar/revoke/", views.revoke_address, name="revoke-address"),
    path("calendar/<str:token>.ics", views.calendar, name="calendar"),
]
