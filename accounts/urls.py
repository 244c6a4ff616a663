"""Pages about people."""

from django.urls import path

from accounts import views

app_name = "accounts"
urlpatterns = [
    path("sign-in/", views.SignIn.as_view(), name="sign-in"),
    path("sign-out/", views.SignOut.as_view(), name="sign-out"),
    path("notifications/", views.notifications, name="notifications"),
    path("language/", views.language, name="language"),
]
