"""The pages of templates: all that a person sees, and one with its sections to be changed."""

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import workspace_of
from accounts.errors import ProtokolError
from accounts.models import User, Workspace
from meetings.access import meeting_of
from meetings.errors import ReadOnlyMember
from meetings.models import Meeting
from meetings.services import processing
from reports.access import template_of
from reports.documents.templates import shipped_document, template_document
from reports.models import Template
from reports.services import templates as services
from reports.template_words import CONTEXTS, KINDS, RULES
from reports.writers.outlines.shipped import MINUTES, OUTLINES

MEETINGS_OFFERED = 50


@login_required
@require_safe
def templates(request: HttpRequest) -> HttpResponse:
    """Shipped templates, then those of each workspace with its default."""
    own = list(Template.objects.visible_to(request.user))
    editable = set(Workspace.objects.editable_by(request.user).values_list("pk", flat=True))
    homes = Workspace.objects.visible_to(request.user).select_related("default_template")
    shown = [
        {
            "workspace": home,
            "templates": [t for t in own if t.workspace_id == home.pk],
            "may_edit": home.pk in editable,
            "default": _default(home),
            "choices": [
                *((o.key, shipped_document(o)["name"]) for o in OUTLINES.values()),
                *((str(t.pk), t.name) for t in own if t.workspace_id == home.pk),
            ],
        }
        for home in homes
    ]
    shipped = [shipped_document(outline) for outline in OUTLINES.values()]
    return render(request, "reports/templates.html", {"homes": shown, "shipped": shipped})


@login_required
@require_safe
def new(request: HttpRequest) -> HttpResponse:
    """A new template of a workspace, begun as a copy of another."""
    mine = Workspace.objects.editable_by(request.user)
    asked = request.GET.get("workspace", "")
    home = mine.filter(pk=int(asked)).first() if asked.isdecimal() else mine.first()
    if home is None:
        raise PermissionDenied
    begun = _document(request, request.GET.get("from", "") or MINUTES.key)
    name = _("%(name)s, copy") % {"name": begun["name"]} if request.GET.get("from") else ""
    document = begun | {"id": "", "shipped": False, "name": name, "workspace": home.pk}
    return _editor(request, document, home, may_edit=True)


@login_required
@require_safe
def template(request: HttpRequest, pk: str) -> HttpResponse:
    """A template: its editors change it, others and those of shipped ones read."""
    if pk in OUTLINES:
        return _editor(request, shipped_document(OUTLINES[pk]), None, may_edit=False)
    own = template_of(request.user, pk)
    may_edit = Template.objects.editable_by(request.user).filter(pk=pk).exists()
    document = template_document(own) | {"etag": own.etag}
    return _editor(request, document, own.workspace, may_edit=may_edit)


@login_required
@require_POST
def delete(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Delete a template; minutes that were written by it stay."""
    services.delete(template=_to_change(request, pk))
    return redirect("templates:list")


@login_required
@require_POST
def set_default(request: HttpRequest, pk: int) -> HttpResponse:
    """By which template the workspace's minutes are written unless told."""
    home = workspace_of(request.user, pk)
    if not Workspace.objects.editable_by(request.user).filter(pk=pk).exists():
        raise PermissionDenied
    try:
        services.set_default(workspace=home, template=request.POST.get("template", ""))
    except ProtokolError as error:
        raise PermissionDenied(str(error.detail)) from error
    return redirect("templates:list")


@login_required
@require_POST
def rewrite(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A new version of a meeting's minutes, written by the template that was chosen."""
    try:
        meeting = meeting_of(request.user, pk, to_change=True)
        asked = request.POST.get("template", "")
        services.check(asked, meeting.workspace_id)
        processing.process(
            meeting=meeting,
            by=cast(User, request.user),
            from_stage="report",
            options={"template": asked} if asked else {},
        )
    except ReadOnlyMember as error:
        raise PermissionDenied(str(error.detail)) from error
    except ProtokolError as error:
        messages.error(request, str(error.detail))
    return redirect("meetings:meeting", pk=pk)


def _document(request: HttpRequest, pk: str) -> dict[str, Any]:
    if pk in OUTLINES:
        return shipped_document(OUTLINES[pk])
    return template_document(template_of(request.user, pk))


def _to_change(request: HttpRequest, pk: UUID) -> Template:
    try:
        return template_of(request.user, pk, to_change=True)
    except ReadOnlyMember as error:
        raise PermissionDenied(str(error.detail)) from error


def _default(home: Workspace) -> str:
    row = getattr(home, "default_template", None)
    return row.template if row else MINUTES.key


def _editor(
    request: HttpRequest, document: dict[str, Any], home: Workspace | None, *, may_edit: bool
) -> HttpResponse:
    talks = Meeting.objects.none()
    if may_edit and home is not None:
        written = Meeting.objects.kept().filter(workspace=home, transcripts__complete=True)
        talks = written.distinct().recent()[:MEETINGS_OFFERED]
    return render(
        request,
        "reports/template.html",
        {
            "document": document,
            "workspace": home,
            "may_edit": may_edit,
            "meetings": talks,
            "layouts": Template.Layout.choices,
            "kinds": KINDS.items(),
            "contexts": CONTEXTS.items(),
            "rules": RULES.items(),
            "blank": {"title": {}, "prompt": {}, "kind": "point", "depends_on": []},
        },
    )
