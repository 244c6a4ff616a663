"""Templates: by which one minutes are written, and what becomes of those that workspaces make."""

from types import SimpleNamespace

import pytest
from django.utils import translation

from meetings.models import Job
from reports.errors import (
    TemplateNameTaken,
    TooManyTemplates,
    UnfitTemplate,
    UnknownTemplate,
)
from reports.models import DefaultTemplate, Minutes, Template
from reports.services import regenerating, reporting, templates
from reports.services.regenerating import Scope
from reports.writers.outlines.outline import Part
from reports.writers.outlines.shipped import STANDUP
from tests.factories import (
    JobFactory,
    MeetingFactory,
    SeriesFactory,
    TranscriptFactory,
    WorkspaceFactory,
)

pytestmark = pytest.mark.django_db

FACTS = Part("facts", "point", {"en": "Facts", "ru": "Факты"})


@pytest.fixture
def workspace(user):
    return user.workspaces.get()


def claim_of(job) -> SimpleNamespace:
    return SimpleNamespace(
        job_id=str(job.pk),
        meeting_id=str(job.meeting_id),
        options=job.options,
        metrics={},
        report=lambda share: None,
        check=lambda: None,
    )


def own(workspace, user, name="Board", parts=(FACTS,)) -> Template:
    return templates.create(
        workspace=workspace, by=user, name=name, layout="minutes", parts=list(parts)
    )


def written(meeting, **options):
    job = JobFactory(meeting=meeting, options=options)
    TranscriptFactory(job=job, segments=6)
    reporting.report(claim_of(job))()
    return Minutes.objects.get(job=job)


def test_minutes_have_the_sections_of_the_template_that_was_chosen(user):
    minutes = written(MeetingFactory(owner=user), template="standup")
    titles = [part.title(minutes.language) for part in STANDUP.parts]
    assert minutes.template == "standup"
    assert list(minutes.sections.values_list("title", flat=True)) == titles


def test_what_is_chosen_goes_before_the_series_and_that_before_the_workspace(user, workspace):
    series = SeriesFactory(workspace=workspace, template="lecture")
    alone, of_series = MeetingFactory(owner=user), MeetingFactory(owner=user, series=series)
    assert templates.outline_for(alone).key == "minutes"
    templates.set_default(workspace=workspace, template="protocol")
    assert templates.outline_for(alone).key == "protocol"
    assert templates.outline_for(of_series).key == "lecture"
    assert templates.outline_for(of_series, "interview").key == "interview"


def test_a_template_that_is_gone_is_replaced_and_the_reader_is_told(user, workspace):
    template = own(workspace, user)
    meeting = MeetingFactory(owner=user)
    templates.delete(template=template)
    minutes = written(meeting, template=str(template.pk))
    assert (minutes.template, minutes.notes[-1]) == ("minutes", templates.GONE)


def test_a_deleted_template_is_nobodys_default(user, workspace):
    template = own(workspace, user)
    templates.set_default(workspace=workspace, template=str(template.pk))
    series = SeriesFactory(workspace=workspace, template=str(template.pk))
    templates.delete(template=template)
    series.refresh_from_db()
    assert (series.template, DefaultTemplate.objects.count()) == ("", 0)


def test_a_template_of_another_workspace_is_unknown(user, stranger, workspace):
    foreign = own(WorkspaceFactory(), stranger)
    with pytest.raises(UnknownTemplate):
        templates.check(str(foreign.pk), workspace.pk)
    with pytest.raises(UnknownTemplate):
        templates.set_default(workspace=workspace, template=str(foreign.pk))
    assert templates.find(str(foreign.pk), workspace.pk) is None
    templates.check("", workspace.pk)
    templates.check("standup", workspace.pk)


def test_what_cannot_be_written_is_not_kept(user, workspace):
    with translation.override("en"), pytest.raises(UnfitTemplate) as refused:
        own(workspace, user, parts=[FACTS, FACTS])
    assert refused.value.sentences[0].startswith("Section 1:")
    assert Template.objects.count() == 0


def test_names_are_unique_within_a_workspace(user, workspace):
    own(workspace, user)
    with pytest.raises(TemplateNameTaken):
        own(workspace, user, name=" board ")


def test_a_workspace_has_so_many_templates_and_no_more(user, workspace, monkeypatch):
    monkeypatch.setattr(templates, "MOST", 1)
    own(workspace, user)
    with pytest.raises(TooManyTemplates):
        own(workspace, user, name="Another")


def test_minutes_are_regenerated_by_their_own_template(user, workspace):
    meeting = MeetingFactory(owner=user)
    minutes = written(meeting, template="standup")
    templates.set_default(workspace=workspace, template="lecture")
    Job.objects.filter(meeting=meeting).update(state="succeeded")
    before = list(minutes.sections.values_list("title", flat=True))
    job = regenerating_job(minutes, user)
    reporting.report(claim_of(job))()
    assert list(minutes.sections.values_list("title", flat=True)) == before


def regenerating_job(minutes, user):
    scope = Scope(minutes=str(minutes.pk))
    return JobFactory(
        meeting=minutes.meeting,
        options={"template": minutes.template, regenerating.OPTION: scope.__dict__},
    )


def test_minutes_are_handed_out_in_the_form_of_their_template(workspace, user):
    form = templates.create(
        workspace=workspace, by=user, name="Council", layout="protocol", parts=[FACTS]
    )
    layouts = [templates.layout_of(key, workspace.pk) for key in (str(form.pk), "protocol", "gone")]
    assert layouts == ["protocol", "protocol", "minutes"]
