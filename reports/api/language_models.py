"""Who writes the minutes of a workspace: read by members, chosen and tried by owners."""

from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.access import workspace_of
from meetings.access import caller
from meetings.openapi import problems
from reports.documents.language_models import language_model_document
from reports.errors import UnfitLanguageModel
from reports.serializers.language_models import LanguageModelSerializer
from reports.services import language_models, trials
from reports.services.language_models import Choice


class WorkspaceLanguageModel(APIView):
    """The language model of a workspace."""

    @extend_schema(
        operation_id="workspaces_language_model",
        responses={200: LanguageModelSerializer, **problems(404)},
    )
    def get(self, request: Request, pk: Any) -> Response:
        """The choice, where the words go by it, and how its last trial ended."""
        return Response(language_model_document(workspace_of(request.user, pk)))

    @extend_schema(
        operation_id="workspaces_language_model_update",
        request=LanguageModelSerializer,
        responses={200: LanguageModelSerializer, **problems(400, 403, 404, 422)},
    )
    def put(self, request: Request, pk: Any) -> Response:
        """Choose another; owners only."""
        workspace = workspace_of(request.user, pk, to_change=True)
        form = LanguageModelSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        asked = form.validated_data
        choice = Choice(
            provider=asked["provider"],
            model=asked["model"],
            url=asked["url"],
            key=asked.get("key"),
            context_tokens=asked["context_tokens"],
        )
        language_models.choose(workspace=workspace, by=caller(request), choice=choice)
        return Response(language_model_document(workspace))

    @extend_schema(
        operation_id="workspaces_language_model_destroy",
        responses={204: None, **problems(403, 404)},
    )
    def delete(self, request: Request, pk: Any) -> Response:
        """Go back to the instance's language model; the key is gone. Owners only."""
        language_models.forget(workspace=workspace_of(request.user, pk, to_change=True))
        return Response(status=status.HTTP_204_NO_CONTENT)


class LanguageModelTrial(APIView):
    """A trial of a workspace's language model."""

    @extend_schema(
        operation_id="workspaces_language_model_test",
        request=None,
        responses={202: LanguageModelSerializer, **problems(403, 404, 422)},
    )
    def post(self, request: Request, pk: Any) -> Response:
        """Have a worker call the workspace's own choice once; ``trial`` tells what came of it."""
        workspace = workspace_of(request.user, pk, to_change=True)
        if not trials.ask_for(workspace=workspace):
            raise UnfitLanguageModel("provider", _("Choose a language model first."))
        return Response(language_model_document(workspace), status=status.HTTP_202_ACCEPTED)
