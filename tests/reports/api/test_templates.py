"""Templates over HTTP."""

import pytest

from meetings.models import Job
from reports.models import Template, TemplatePreview
from reports.serializers.templates import TemplatePreviewSerializer, TemplateSerializer
from reports.services import template_previews
from reports.writers.outlines.shipped import OUTLINES
from tests.factories import (
    JobFactory,
    MeetingFactory,
    MembershipFactory,
    TemplateFactory,
    TranscriptFactory,
    WorkspaceFactory,
)

pytestmark = pytest.mark.django_db

LIST = "/api/v1/templates/"
PREVIEWS = "/api/v1/templates/previews/"
FACTS = {"key": "facts", "kind": "point", "title": {"en": "Facts"}, "rule": "key_points"}


def viewed(user) -> Template:
    """A template of a workspace that ``user`` only reads in."""
    template = TemplateFactory.create()
    MembershipFactory(workspace=template.workspace, user=user, role="viewer")
    return template


def talk_of(user):
    job = JobFactory(meeting=MeetingFactory(owner=user), done=True)
    return TranscriptFactory(job=job, segments=6).meeting


def test_shipped_templates_come_before_those_of_the_workspaces_in_sight(api, user):
    own, foreign = TemplateFactory(owner=user), TemplateFactory()
    body = api.get(LIST).json()
    ids = [template["id"] for template in body]
    assert ids == [*OUTLINES, str(own.pk)] and str(foreign.pk) not in ids
    assert all(set(template) == set(TemplateSerializer().fields) for template in body)
    assert [t["shipped"] for t in body] == [True] * len(OUTLINES) + [False]
    elsewhere = api.get(f"{LIST}?workspace={foreign.workspace_id}").json()
    assert len(elsewhere) == len(OUTLINES)


@pytest.mark.parametrize("rows", [1, 10])
def test_the_list_costs_constant_queries(api, user, rows, django_assert_num_queries):
    TemplateFactory.create_batch(rows, owner=user)
    with django_assert_num_queries(3):  # session, person, templates
        api.get(LIST)


def test_a_template_is_made_read_changed_and_deleted(api, user):
    made = api.post(LIST, {"name": "Board", "sections": [FACTS]}, format="json")
    assert made.status_code == 201
    where = made.headers["Location"]
    body = api.get(where).json()
    assert body == made.json()
    assert body["sections"][0] == FACTS | {
        "title": {"ru": "", "en": "Facts"},
        "prompt": {"ru": "", "en": ""},
        "context": "talk",
        "depends_on": [],
    }
    changed = api.patch(where, {"name": "Council"}, format="json").json()
    assert (changed["name"], changed["sections"]) == ("Council", body["sections"])
    assert api.delete(where).status_code == 204
    assert api.get(where).status_code == 404


def test_the_same_key_makes_one_template(api, user):
    for _ in range(2):
        api.post(
            LIST,
            {"name": "Board", "sections": [FACTS]},
            format="json",
            headers={"Idempotency-Key": "once"},
        )
    assert Template.objects.count() == 1


def test_what_cannot_be_written_is_refused_with_a_sentence_for_each_trouble(api, user):
    around = FACTS | {"depends_on": ["facts"]}
    untitled = FACTS | {"key": "other", "title": {"en": ""}}
    answer = api.post(LIST, {"name": "Board", "sections": [around]}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (422, "unfit_template")
    assert "Facts" in answer.json()["errors"]["sections"][0]
    answer = api.post(LIST, {"name": "Board", "sections": [untitled]}, format="json")
    assert answer.json()["errors"]["sections"] == ["Section 1: It has no title."]
    answer = api.post(LIST, {"name": "B", "sections": [FACTS | {"kind": "poem"}]}, format="json")
    assert answer.status_code == 400


def test_a_name_is_taken_once_in_a_workspace(api, user):
    TemplateFactory(owner=user, name="Board")
    answer = api.post(LIST, {"name": "BOARD", "sections": [FACTS]}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (409, "name_taken")


def test_shipped_templates_are_read_and_not_changed(api, user):
    assert api.get(f"{LIST}standup/").json()["sections"][0]["key"] == "done"
    answer = api.patch(f"{LIST}standup/", {"name": "Mine"}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (409, "shipped_template")
    assert api.delete(f"{LIST}standup/").status_code == 409


def test_strangers_find_nothing_and_viewers_read(api, user):
    foreign, read = TemplateFactory(), viewed(user)
    assert api.get(f"{LIST}{foreign.pk}/").status_code == 404
    assert api.get(f"{LIST}nonsense/").status_code == 404
    assert api.get(f"{LIST}{read.pk}/").status_code == 200
    for answer in (
        api.patch(f"{LIST}{read.pk}/", {"name": "Mine"}, format="json"),
        api.delete(f"{LIST}{read.pk}/"),
        api.put(f"/api/v1/workspaces/{read.workspace_id}/template/", {"template": "standup"}),
    ):
        assert (answer.status_code, answer.json()["code"]) == (403, "read_only")
    home = {"name": "B", "sections": [FACTS], "workspace": read.workspace_id}
    assert api.post(LIST, home, format="json").status_code == 400


def test_the_default_of_a_workspace_is_read_and_set(api, user):
    home = user.workspaces.get()
    address = f"/api/v1/workspaces/{home.pk}/template/"
    assert api.get(address).json() == {"template": ""}
    assert api.put(address, {"template": "lecture"}).json() == {"template": "lecture"}
    assert api.get(address).json() == {"template": "lecture"}
    answer = api.put(address, {"template": str(TemplateFactory().pk)})
    assert (answer.status_code, answer.json()["code"]) == (400, "unknown_template")
    assert api.get(f"/api/v1/workspaces/{WorkspaceFactory().pk}/template/").status_code == 404


def test_a_new_version_is_written_by_the_template_that_was_asked_for(api, user):
    meeting = talk_of(user)
    answer = api.post(f"/api/v1/meetings/{meeting.pk}/minutes/", {"template": "standup"})
    assert answer.status_code == 202
    assert Job.objects.get(pk=answer.json()["id"]).options == {"template": "standup"}
    other = talk_of(user)
    answer = api.post(f"/api/v1/meetings/{other.pk}/minutes/", {"template": "magic"})
    assert (answer.status_code, answer.json()["code"]) == (400, "unknown_template")
    answer = api.post(f"/api/v1/meetings/{other.pk}/process/", {"template": "magic"})
    assert answer.json()["code"] == "unknown_template"


def test_a_series_has_a_template_of_its_workspace(api, user):
    made = api.post("/api/v1/series/", {"name": "Weekly", "template": "standup"})
    assert made.json()["template"] == "standup"
    address = f"/api/v1/series/{made.json()['id']}/"
    answer = api.patch(address, {"template": str(TemplateFactory().pk)})
    assert (answer.status_code, answer.json()["code"]) == (400, "unknown_template")


def test_a_preview_is_written_later_and_is_no_version(
    api, user, django_capture_on_commit_callbacks, monkeypatch
):
    sent = []
    monkeypatch.setattr(template_previews, "_send", sent.append)
    meeting = talk_of(user)
    asked = {"meeting": str(meeting.pk), "sections": [FACTS]}
    with django_capture_on_commit_callbacks(execute=True):
        answer = api.post(PREVIEWS, asked, format="json")
    assert (answer.status_code, answer.json()["state"]) == (202, "waiting")
    template_previews.carry_out(preview_id=str(sent[0]))
    body = api.get(answer.headers["Location"]).json()
    assert set(body) == set(TemplatePreviewSerializer().fields)
    assert (body["state"], body["writer"]) == ("done", "extractive")
    [section] = body["sections"]
    assert section["title"] == "Facts" and section["statements"]
    assert all(s["evidence"] and s["verdict"] == "supported" for s in section["statements"])
    assert meeting.minutes.count() == 0


def test_a_preview_is_its_askers_alone_and_the_next_takes_its_place(api, api_of, user, stranger):
    meeting = talk_of(user)
    asked = {"meeting": str(meeting.pk), "sections": [FACTS]}
    first = api.post(PREVIEWS, asked, format="json").json()
    address = f"{PREVIEWS}{first['id']}/"
    assert api_of(stranger).get(address).status_code == 404
    assert api_of(stranger).post(PREVIEWS, asked, format="json").status_code == 400
    api.post(PREVIEWS, asked, format="json")
    assert api.get(address).status_code == 404
    assert TemplatePreview.objects.count() == 1


def test_a_meeting_without_a_transcript_cannot_be_tried_on(api, user):
    asked = {"meeting": str(MeetingFactory(owner=user).pk), "sections": [FACTS]}
    answer = api.post(PREVIEWS, asked, format="json")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_ready")


def test_a_preview_that_breaks_or_is_lost_has_failed(api, user, monkeypatch, settings):
    asked = {"meeting": str(talk_of(user).pk), "sections": [FACTS]}
    broken = api.post(PREVIEWS, asked, format="json").json()["id"]
    monkeypatch.setattr(template_previews, "_written", lambda preview: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        template_previews.carry_out(preview_id=broken)
    assert api.get(f"{PREVIEWS}{broken}/").json()["state"] == "failed"
    lost = api.post(PREVIEWS, asked, format="json").json()["id"]
    assert api.get(f"{PREVIEWS}{lost}/").json()["state"] == "waiting"
    settings.LLM_SECONDS = -1000.0
    assert api.get(f"{PREVIEWS}{lost}/").json()["state"] == "failed"


def test_two_editors_do_not_overwrite_each_other_unseen(api, user):
    template = TemplateFactory(owner=user)
    where = f"{LIST}{template.pk}/"
    read = api.get(where).headers["ETag"]
    first = api.patch(where, {"name": "First"}, headers={"If-Match": read}, format="json")
    assert first.status_code == 200 and first.headers["ETag"] != read
    second = api.patch(where, {"name": "Second"}, headers={"If-Match": read}, format="json")
    assert second.status_code == 412 and second.json()["code"] == "precondition_failed"
    assert str(user) in second.json()["detail"]
    present = {"If-Match": second.headers["ETag"]}
    assert api.patch(where, {"name": "Second"}, headers=present, format="json").status_code == 200
    assert Template.objects.get().name == "Second"
