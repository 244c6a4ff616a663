"""Questions over meetings: asked, looked at, deleted."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404
from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.exceptions import ValidationError
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.access import workspace_of
from accounts.acts import Act
from accounts.models import Workspace
from accounts.services import audit
from meetings.access import caller, series_of
from meetings.api.idempotent import answered_once, as_json
from meetings.models import Series
from meetings.openapi import IDEMPOTENCY_KEY, location, problems
from meetings.services.idempotency import Answer
from reports.documents.asking import question_documents
from reports.models import Question
from reports.serializers.asking import NewQuestionSerializer, QuestionSerializer
from reports.services import asking


class QuestionList(GenericAPIView[Question]):
    """The caller's questions."""

    serializer_class = QuestionSerializer
    filter_backends = []
    queryset = Question.objects.none()

    @extend_schema(operation_id="questions_list", responses={200: QuestionSerializer(many=True)})
    def get(self, request: Request) -> Response:
        """Newest first; the last fifty are kept."""
        mine = Question.objects.visible_to(request.user).with_answer()
        page = self.paginate_queryset(mine) or []
        return self.get_paginated_response(_told(request, page))

    @extend_schema(
        operation_id="questions_create",
        request=NewQuestionSerializer,
        parameters=[IDEMPOTENCY_KEY, location(202, what="The question to watch.")],
        responses={202: QuestionSerializer, **problems(400, 404, 409)},
    )
    def post(self, request: Request) -> Response:
        """Ask; a worker answers from meetings that the caller may see now."""
        form = NewQuestionSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        told = form.validated_data
        series = series_of(request.user, pk) if (pk := told.get("series")) else None
        home = _home(request, told.get("workspace"), series)
        about = asking.About(series, told.get("held_from"), told.get("held_to"))

        def act() -> Answer:
            made = asking.ask(
                by=caller(request), workspace=home, text=told["question"], about=about
            )
            [document] = as_json(question_documents([made], [made.pk]))
            return Answer(
                status.HTTP_202_ACCEPTED, document, reverse("api:question", args=[made.pk])
            )

        return answered_once(request, act, fields=as_json(told))


class QuestionDetail(APIView):
    """One question."""

    @extend_schema(
        operation_id="questions_retrieve", responses={200: QuestionSerializer, **problems(404)}
    )
    def get(self, request: Request, pk: Any) -> Response:
        """The answer, once ``state`` is ``done``: every sentence cites what was said."""
        [document] = _told(request, [question_of(request.user, pk)])
        return Response(document)

    @extend_schema(operation_id="questions_delete", responses={204: None, **problems(404)})
    def delete(self, request: Request, pk: Any) -> Response:
        """Forget the question and its answer."""
        asking.forget(question=question_of(request.user, pk))
        return Response(status=status.HTTP_204_NO_CONTENT)


def question_of(user: Any, pk: Any) -> Question:
    """The question with its answer; Http404 where it is not the person's."""
    found = Question.objects.visible_to(user).with_answer().filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _told(request: Request, questions: Sequence[Question]) -> list[dict[str, Any]]:
    """The questions; the meetings that their answers quote are seen."""
    shown = asking.in_sight(questions, request.user)
    cited = {c.meeting for one in questions if one.pk in shown for c in one.citations()}
    audit.record_each(Act.MEETING_SEEN, of=cited)
    return question_documents(questions, shown)


def _home(request: Request, pk: int | None, series: Series | None) -> Workspace:
    """Whose meetings are asked about: as told, else that of the series, else the caller's own."""
    if pk is None:
        return series.workspace if series else caller(request).workspaces.get(personal=True)
    if series and series.workspace_id != pk:
        raise ValidationError({"series": ["This series is not of the workspace."]})
    return workspace_of(request.user, pk)
