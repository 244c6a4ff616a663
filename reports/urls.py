"""Pages about minutes."""

from django.urls import path

from reports import views

app_name = "reports"
urlpatterns = [
    path("meetings/<uuid:pk>/minutes/", views.pane, name="pane"),
    path("minutes/<uuid:pk>/diff/", views.difference, name="difference"),
    path("minutes/<uuid:pk>/verify/", views.verify, name="verify"),
    path("minutes/<uuid:pk>/content/", views.content, name="content"),
]
