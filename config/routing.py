"""Sockets."""

from django.urls import path

from meetings.consumers import MeetingConsumer, MeetingsConsumer

websocket_urlpatterns = [
    path("ws/meetings/", MeetingsConsumer.as_asgi()),
    path("ws/meetings/<uuid:pk>/", MeetingConsumer.as_asgi()),
]
