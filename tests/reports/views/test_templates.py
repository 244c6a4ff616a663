"""The pages of templates."""

import pytest
from django.urls import reverse

from meetings.models import Job
from reports.models import DefaultTemplate, Template
from reports.writers.outlines.shipped import OUTLINES
from tests.factories import (
    JobFactory,
    MeetingFactory,
    MembershipFactory,
    MinutesFactory,
    SeriesFactory,
    TemplateFactory,
    TranscriptFactory,
)

pytestmark = pytest.mark.django_db

LIST = "/templates/"


def shown(browser, address, status=200) -> str:
    answer = browser.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def test_the_list_has_those_of_the_workspace_and_the_shipped_ones(browser, user):
    TemplateFactory(owner=user, name="Board of five")
    TemplateFactory(name="Somebody else's")
    page = shown(browser, LIST)
    assert "Board of five" in page and "Somebody else" not in page
    for outline in OUTLINES.values():
        assert outline.names["en"] in page


def test_a_member_who_only_reads_is_offered_no_change(browser, user):
    template = TemplateFactory.create(name="Read me")
    MembershipFactory(workspace=template.workspace, user=user, role="viewer")
    page = shown(browser, f"/templates/{template.pk}/")
    assert "Facts" in page and 'id="template"' not in page
    home = template.workspace_id
    assert browser.post(f"/workspaces/{home}/template/", {"template": "x"}).status_code == 403
    assert browser.post(f"/templates/{template.pk}/delete/").status_code == 403
    shown(browser, f"/templates/new/?workspace={home}", status=403)


def test_strangers_find_nothing(browser, client):
    template = TemplateFactory.create()
    shown(browser, f"/templates/{template.pk}/", status=404)
    shown(browser, "/templates/nonsense/", status=404)
    assert browser.post(f"/templates/{template.pk}/delete/").status_code == 404


def test_an_editor_gets_the_form_and_a_copy_begins_with_the_same_sections(browser, user):
    template = TemplateFactory(owner=user, name="Board")
    assert 'value="Board"' in shown(browser, f"/templates/{template.pk}/")
    copy = shown(browser, f"/templates/new/?from={template.pk}")
    assert 'value="Board, copy"' in copy and 'value="Facts"' in copy
    assert copy.count('data-key="facts"') == 1 and 'data-id=""' in copy


def test_a_shipped_template_is_read_and_copied(browser, user):
    page = shown(browser, "/templates/standup/")
    assert "Blockers" in page and 'id="template"' not in page
    assert 'value="Stand-up, copy"' in shown(browser, "/templates/new/?from=standup")


def test_only_meetings_of_the_workspace_with_a_transcript_are_offered(browser, user):
    template = TemplateFactory(owner=user)
    job = JobFactory(meeting=MeetingFactory(owner=user, title="Finished talk"), done=True)
    TranscriptFactory(job=job)
    MeetingFactory(owner=user, title="Still running")
    page = shown(browser, f"/templates/{template.pk}/")
    assert "Finished talk" in page and "Still running" not in page


def test_a_template_is_deleted(browser, user):
    template = TemplateFactory(owner=user)
    assert browser.post(f"/templates/{template.pk}/delete/").status_code == 302
    assert not Template.objects.exists()


def test_the_default_is_chosen_on_the_list(browser, user):
    home = user.workspaces.get()
    browser.post(f"/workspaces/{home.pk}/template/", {"template": "lecture"})
    assert DefaultTemplate.objects.get().template == "lecture"
    assert '<option value="lecture" selected>' in shown(browser, LIST)
    assert browser.post(f"/workspaces/{home.pk}/template/", {"template": "x"}).status_code == 403


def test_a_new_version_is_written_by_the_template_chosen_beside_the_minutes(browser, user):
    job = JobFactory(meeting=MeetingFactory(owner=user), done=True)
    minutes = MinutesFactory.create(transcript=TranscriptFactory(job=job), template="lecture")
    page = shown(browser, reverse("meetings:meeting", args=[minutes.meeting_id]))
    assert '<option value="lecture" selected>' in page and "Lecture notes" in page
    address = f"/meetings/{minutes.meeting_id}/rewrite/"
    assert browser.post(address, {"template": "magic"}).status_code == 302
    assert minutes.meeting.jobs.count() == 1
    browser.post(address, {"template": "standup"})
    newest = Job.objects.order_by("-number").first()
    assert newest.options == {"template": "standup"}
    shown_stages = {s.name: s.state for s in newest.stages.all()}
    assert (shown_stages["align"], shown_stages["report"]) == ("skipped", "pending")


def test_a_recording_and_a_series_are_offered_every_template(browser, user):
    own = TemplateFactory(owner=user, name="Board of five")
    series = SeriesFactory(owner=user, template=str(own.pk))
    new = shown(browser, "/meetings/new/")
    assert "Board of five" in new and "Stand-up" in new
    page = shown(browser, f"/series/{series.pk}/")
    assert f'<option value="{own.pk}" selected>Board of five</option>' in page
    browser.post(f"/series/{series.pk}/", {"name": series.name, "template": "standup"})
    series.refresh_from_db()
    assert series.template == "standup"


@pytest.mark.parametrize("rows", [1, 10])
def test_the_list_costs_constant_queries(browser, user, rows, django_assert_num_queries):
    TemplateFactory.create_batch(rows, owner=user)
    # session, person, templates, workspaces to edit, workspaces with their defaults
    with django_assert_num_queries(5):
        browser.get(LIST)
