"""Templates of minutes: listed, made, changed, deleted, tried on a meeting, made the default."""

from typing import Any

from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.views import APIView

from accounts.access import workspace_of
from accounts.models import Workspace
from meetings.access import caller
from meetings.api.idempotent import answered_once, as_json
from meetings.errors import ReadOnlyMember
from meetings.openapi import ETAG, IDEMPOTENCY_KEY, if_match, location, problems
from meetings.services.idempotency import Answer
from reports.access import template_of
from reports.documents.templates import preview_document, shipped_document, template_document
from reports.errors import ShippedTemplate
from reports.models import Template, TemplatePreview
from reports.serializers.templates import (
    DefaultTemplateSerializer,
    NewTemplatePreviewSerializer,
    NewTemplateSerializer,
    TemplatePreviewSerializer,
    TemplateSerializer,
)
from reports.services import template_previews, templates
from reports.writers.outlines import stored
from reports.writers.outlines.shipped import OUTLINES

KEY = OpenApiParameter("pk", str, "path", description="The word of a shipped one, or a UUID.")


class TemplateList(APIView):
    """The templates in sight."""

    @extend_schema(
        operation_id="templates_list",
        parameters=[OpenApiParameter("workspace", int, description="Only those of this one.")],
        responses={200: TemplateSerializer(many=True)},
    )
    def get(self, request: Request) -> Response:
        """Those that come with the program, then those of the workspaces by name."""
        own = Template.objects.visible_to(request.user)
        asked = request.query_params.get("workspace", "")
        if asked:
            own = own.filter(workspace=int(asked)) if asked.isdecimal() else own.none()
        shipped = [shipped_document(outline) for outline in OUTLINES.values()]
        return Response([*shipped, *map(template_document, own)])

    @extend_schema(
        operation_id="templates_create",
        request=NewTemplateSerializer,
        parameters=[IDEMPOTENCY_KEY, location(201, what="The template.")],
        responses={201: TemplateSerializer, **problems(400, 403, 409, 422)},
    )
    def post(self, request: Request) -> Response:
        """Make a template; 422 ``unfit_template`` where no minutes can be written by it."""
        form = NewTemplateSerializer(data=request.data, context={"request": request})
        form.is_valid(raise_exception=True)
        told = dict(form.validated_data)
        home = told.pop("workspace", None) or Workspace.objects.editable_by(request.user).first()
        if home is None:
            raise PermissionDenied

        def act() -> Answer:
            made = templates.create(workspace=home, by=caller(request), **_fields(told))
            where = reverse("api:template", args=[made.pk])
            return Answer(status.HTTP_201_CREATED, as_json(template_document(made)), where)

        return answered_once(request, act, fields=told | {"workspace": home.pk})


class TemplateDetail(APIView):
    """One template."""

    @extend_schema(
        operation_id="templates_retrieve",
        parameters=[KEY, ETAG],
        responses={200: TemplateSerializer, **problems(404)},
    )
    def get(self, request: Request, pk: str) -> Response:
        """The template with its sections."""
        if pk in OUTLINES:
            return Response(shipped_document(OUTLINES[pk]))
        return _answer(template_of(request.user, pk))

    @extend_schema(
        operation_id="templates_update",
        parameters=[KEY, if_match(is_required=False), ETAG],
        request=TemplateSerializer(partial=True),
        responses={200: TemplateSerializer, **problems(400, 403, 404, 409, 412, 422)},
    )
    def patch(self, request: Request, pk: str) -> Response:
        """Change it; minutes that are there stay. 409 ``shipped_template`` for a shipped one.

        With ``If-Match``, 412 where it was changed since, with the present ``ETag``.
        """
        template = _own(request, pk)
        form = TemplateSerializer(data=request.data, partial=True)
        form.is_valid(raise_exception=True)
        kept = {name: getattr(template, name) for name in ("name", "layout", "sections")}
        asked = {k: v for k, v in form.validated_data.items() if k in request.data}
        fields = _fields(kept | asked)
        etag = request.headers.get("If-Match", "")
        changed = templates.change(template=template, by=caller(request), etag=etag, **fields)
        return _answer(changed)

    @extend_schema(
        operation_id="templates_delete",
        parameters=[KEY],
        responses={204: None, **problems(403, 404, 409)},
    )
    def delete(self, request: Request, pk: str) -> Response:
        """Delete it; minutes written by it stay, and where it was the default there is none."""
        templates.delete(template=_own(request, pk))
        return Response(status=status.HTTP_204_NO_CONTENT)


class TemplatePreviews(APIView):
    """Templates tried on meetings."""

    @extend_schema(
        operation_id="templates_preview",
        request=NewTemplatePreviewSerializer,
        parameters=[location(202, what="The preview to look at.")],
        responses={202: TemplatePreviewSerializer, **problems(400, 404, 422)},
    )
    def post(self, request: Request) -> Response:
        """Have sections written of a meeting, by its workspace's writer; never a version.

        404 ``not_ready`` where the meeting has no finished transcript.
        """
        form = NewTemplatePreviewSerializer(data=request.data, context={"request": request})
        form.is_valid(raise_exception=True)
        preview = template_previews.ask(
            meeting=form.validated_data["meeting"],
            by=caller(request),
            parts=[stored.part_of(section) for section in form.validated_data["sections"]],
        )
        where = request.build_absolute_uri(reverse("api:template-preview", args=[preview.pk]))
        return Response(preview_document(preview), status=202, headers={"Location": where})


class TemplatePreviewDetail(APIView):
    """A template tried on a meeting."""

    @extend_schema(
        operation_id="templates_preview_retrieve",
        responses={200: TemplatePreviewSerializer, **problems(404)},
    )
    def get(self, request: Request, pk: Any) -> Response:
        """How far it is and what was written; only for who asked for it."""
        mine = TemplatePreview.objects.filter(asked_by=caller(request), pk=pk)
        kept = mine.filter(meeting__binned_at=None)
        preview = kept.filter(meeting__workspace__in=_workspaces(request)).first()
        if preview is None:
            raise Http404
        return Response(preview_document(preview))


class WorkspaceTemplate(APIView):
    """The default template of a workspace."""

    @extend_schema(
        operation_id="workspaces_template",
        responses={200: DefaultTemplateSerializer, **problems(404)},
    )
    def get(self, request: Request, pk: Any) -> Response:
        """By which its minutes are written unless told."""
        workspace = workspace_of(request.user, pk)
        return Response({"template": templates.default_of(workspace)})

    @extend_schema(
        operation_id="workspaces_template_update",
        request=DefaultTemplateSerializer,
        responses={200: DefaultTemplateSerializer, **problems(400, 403, 404)},
    )
    def put(self, request: Request, pk: Any) -> Response:
        """Choose another; owners and editors."""
        workspace = workspace_of(request.user, pk)
        if not Workspace.objects.editable_by(request.user).filter(pk=workspace.pk).exists():
            raise ReadOnlyMember
        form = DefaultTemplateSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        templates.set_default(workspace=workspace, **form.validated_data)
        return Response(form.validated_data)


def _answer(template: Template) -> Response:
    return Response(template_document(template), headers={"ETag": template.etag})


def _workspaces(request: Request) -> Any:
    return Workspace.objects.visible_to(request.user)


def _own(request: Request, pk: str) -> Template:
    """The template, to be changed; ShippedTemplate for one that nobody changes."""
    if pk in OUTLINES:
        raise ShippedTemplate
    return template_of(request.user, pk, to_change=True)


def _fields(told: dict[str, Any]) -> dict[str, Any]:
    parts = [stored.part_of(section) for section in told["sections"]]
    return {"name": told["name"], "layout": told["layout"], "parts": parts}
