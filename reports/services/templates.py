"""Which templates there are, and by which one a meeting's minutes are written.

A template is known by one word everywhere: the key of a shipped one, or the id of a workspace's
own. The floor below reaches ``check`` and ``choices`` by this module's dotted path.
"""

import uuid
from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import get_language

from accounts.acts import Act
from accounts.models import User, Workspace
from accounts.services import audit
from meetings.models import Meeting, Series
from reports.errors import (
    TemplateChanged,
    TemplateNameTaken,
    TooManyTemplates,
    UnfitTemplate,
    UnknownTemplate,
)
from reports.models import DefaultTemplate, Template
from reports.template_problems import sentence
from reports.writers.outlines import stored
from reports.writers.outlines.outline import Outline, Part
from reports.writers.outlines.shipped import MINUTES, OUTLINES

MOST = 100
"""Templates of a workspace."""
GONE = "template_gone"
"""A note: the template that was asked for is not there any more."""


def outline_of(template: Template) -> Outline:
    """A workspace's own template as writers take it."""
    parts = tuple(stored.part_of(section) for section in template.sections)
    return Outline(str(template.pk), {"en": template.name}, parts, template.layout)


def find(key: str, workspace_id: int) -> Outline | None:
    """The shipped template or the workspace's own of that word; None where there is none."""
    if key in OUTLINES:
        return OUTLINES[key]
    pk = _uuid(key)
    own = Template.objects.filter(workspace=workspace_id, pk=pk).first() if pk else None
    return outline_of(own) if own else None


def check(key: str, workspace_id: int) -> None:
    """UnknownTemplate where meetings of the workspace cannot be written by ``key``."""
    if key and find(key, workspace_id) is None:
        raise UnknownTemplate


def layout_of(key: str, workspace_id: int) -> str:
    """In which form minutes written by ``key`` are handed out unless told."""
    return (find(key, workspace_id) or MINUTES).layout


def choices(user: User, workspace_id: int | None = None) -> list[tuple[str, str]]:
    """Words and names of the templates that ``user`` can choose, shipped ones first."""
    language = (get_language() or "en")[:2]
    own = Template.objects.visible_to(user).select_related("workspace")
    if workspace_id is not None:
        own = own.filter(workspace=workspace_id)
    several = len({template.workspace_id for template in own}) > 1
    return [(key, outline.name(language)) for key, outline in OUTLINES.items()] + [
        (str(t.pk), f"{t.name} ({t.workspace})" if several else t.name) for t in own
    ]


def outline_for(meeting: Meeting, asked: str = "") -> Outline:
    """What the meeting's minutes are written by.

    What was ``asked`` for, else the default of the series, else that of the workspace, else
    ordinary minutes; what is not there any more is passed over.
    """
    of_series = meeting.series.template if meeting.series else ""
    for key in (asked, of_series, default_of(meeting.workspace)):
        if key and (found := find(key, meeting.workspace_id)):
            return found
    return MINUTES


def default_of(workspace: Workspace) -> str:
    """The workspace's default, empty where it has none of its own."""
    row = DefaultTemplate.objects.filter(workspace=workspace).first()
    return row.template if row else ""


@transaction.atomic
def set_default(*, workspace: Workspace, template: str) -> None:
    """Minutes of the workspace are written by ``template`` unless told; empty: as shipped."""
    check(template, workspace.pk)
    if template:
        DefaultTemplate.objects.update_or_create(
            workspace=workspace, defaults={"template": template}
        )
    else:
        DefaultTemplate.objects.filter(workspace=workspace).delete()
    audit.record(Act.TEMPLATE_CHOSEN, of=workspace, template=template)


@transaction.atomic
def create(
    *, workspace: Workspace, by: User, name: str, layout: str, parts: Sequence[Part]
) -> Template:
    """A new template of the workspace.

    UnfitTemplate where no minutes can be written by it, TemplateNameTaken where there is one of
    that name, TooManyTemplates where the workspace has as many as it may.
    """
    Workspace.objects.select_for_update().get(pk=workspace.pk)
    if Template.objects.filter(workspace=workspace).count() >= MOST:
        raise TooManyTemplates(MOST)
    made = _saved(Template(workspace=workspace), by, name, layout, parts)
    audit.record(Act.TEMPLATE_CREATED, of=made, by=by)
    return made


@transaction.atomic
def change(
    *, template: Template, by: User, name: str, layout: str, parts: Sequence[Part], etag: str = ""
) -> Template:
    """Another name, layout or other sections; minutes that are there stay as they are.

    TemplateChanged where ``etag`` is given, is not ``*`` and not of the template's present state.
    """
    present = Template.objects.select_for_update().get(pk=template.pk)
    if etag not in ("", "*", present.etag):
        raise TemplateChanged(str(present.changed_by or ""), present.etag)
    changed = _saved(present, by, name, layout, parts)
    audit.record(Act.TEMPLATE_CHANGED, of=changed, by=by)
    return changed


@transaction.atomic
def delete(*, template: Template) -> None:
    """Delete a template; where it was the default there is none, minutes written by it stay."""
    audit.record(Act.TEMPLATE_DELETED, of=template)
    key = str(template.pk)
    DefaultTemplate.objects.filter(workspace=template.workspace_id, template=key).delete()
    Series.objects.filter(workspace=template.workspace_id, template=key).update(template="")
    template.delete()


def must_be_fit(parts: Sequence[Part]) -> None:
    """UnfitTemplate with a sentence for everything that is wrong with the sections."""
    if found := stored.problems(parts):
        raise UnfitTemplate([sentence(problem) for problem in found])


def _saved(template: Template, by: User, name: str, layout: str, parts: Sequence[Part]) -> Template:
    must_be_fit(parts)
    template.name, template.layout, template.changed_by = name.strip(), layout, by
    template.sections = [stored.as_stored(part) for part in parts]
    try:
        with transaction.atomic():
            template.save()
    except IntegrityError as error:
        raise TemplateNameTaken from error
    return template


def _uuid(key: Any) -> uuid.UUID | None:
    try:
        return uuid.UUID(str(key))
    except ValueError:
        return None
