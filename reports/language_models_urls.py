"""Pages about language models."""

from django.urls import path

from reports import language_models_views as views

app_name = "language-models"
urlpatterns = [
    path("language-models/", views.language_models_of_mine, name="mine"),
    path("workspaces/<int:pk>/language-model/", views.language_model, name="of-workspace"),
    path("workspaces/<int:pk>/language-model/test/", views.try_language_model, name="try"),
]
