"""The list, the page for new recordings and the page of a meeting: who sees what, at what cost."""

import re

import pytest

from accounts.models import Membership
from meetings.models import Job
from tests.factories import (
    JobFactory,
    MeetingFactory,
    MembershipFactory,
    MinutesFactory,
    TranscriptFactory,
    UserFactory,
    WorkspaceFactory,
)

pytestmark = pytest.mark.django_db

LIST_QUERIES = 11
"""Session, person, page of meetings, jobs, stages, own workspaces, talk time, workspaces, whether
anything is shared, series, may add."""

MEETING_QUERIES = 37
"""Session, person, meeting, jobs, stages, own workspaces, may edit, shares, links, where it may be
moved to, series, its template, attachments, transcript, speakers, segments, speakers to choose,
talk time, minutes, their sections, statements, evidence, its segments, their speakers, reviews,
comments, versions, who may review, mailings, all speakers."""


def page(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def at(meeting, action=""):
    return f"/meetings/{meeting.pk}/{action}"


def full_meetings(owner, count, **options):
    for _ in range(count):
        job = JobFactory(meeting=MeetingFactory(owner=owner), done=True)
        MinutesFactory(transcript=TranscriptFactory(job=job), **options)


def viewer_of(meeting):
    return MembershipFactory(workspace=meeting.workspace, role=Membership.Role.VIEWER).user


@pytest.mark.parametrize("address", ["/", "/meetings/new/"])
def test_nobody_is_sent_to_sign_in(client, address):
    assert client.get(address)["Location"] == f"/sign-in/?next={address}"


def test_the_list_shows_what_the_person_may_see_and_nothing_else(browser, user, stranger):
    MeetingFactory(owner=user, title="Ours")
    MeetingFactory(owner=stranger, title="Theirs")
    shown = page(browser, "/")
    assert "Ours" in shown
    assert "Theirs" not in shown


def test_the_list_costs_the_same_for_ten_and_for_a_hundred_meetings(
    browser, user, django_assert_num_queries
):
    full_meetings(user, 9)
    JobFactory(meeting=MeetingFactory(owner=user), state="running")
    page(browser, "/")  # the rates of earlier runs are in the cache now
    with django_assert_num_queries(LIST_QUERIES):
        page(browser, "/")
    for _ in range(90):
        JobFactory(meeting=MeetingFactory(owner=user), state="running")
    with django_assert_num_queries(LIST_QUERIES):
        page(browser, "/")


def test_the_list_goes_on_with_older_meetings(browser, user):
    for number in range(51):
        MeetingFactory(owner=user, title=f"Number {number:02}")
    first = page(browser, "/")
    assert first.count('class="row"') == 50
    assert "?page=2" in first
    second = page(browser, "/?page=2")
    assert second.count('class="row"') == 1
    assert "?page=1" in second
    for nonsense in ("0", "-1", "x", "9" * 30):
        assert page(browser, f"/?page={nonsense}").count('class="row"') == 50


def test_the_list_is_searched_and_narrowed_and_says_when_nothing_fits(browser, user):
    JobFactory(meeting=MeetingFactory(owner=user, title="Budget"), state="running")
    JobFactory(meeting=MeetingFactory(owner=user, title="Hiring"), done=True)
    assert "Hiring" not in page(browser, "/?q=budg")
    assert "Budget" not in page(browser, "/?state=succeeded")
    assert "No such meetings" in page(browser, "/?q=nothing")


def test_the_list_teaches_who_has_no_meetings(browser):
    assert "Your first minutes" in page(browser, "/")


def test_a_running_job_shows_its_stage_and_the_time_left(browser, user):
    meeting = MeetingFactory(owner=user, recording__duration=600)
    states = {"convert": "succeeded", "diarize": "running"}
    JobFactory(meeting=meeting, state="running", stages=states)
    shown = page(browser, "/")
    assert "Tell speakers apart" in shown
    assert re.search(r"≈ \d+ min", shown)


def test_a_failed_job_says_why_in_the_readers_language(browser, user):
    job = JobFactory(meeting=MeetingFactory(owner=user), stages={"convert": "dead"}, state="failed")
    error = {"code": "no_audio", "sentence": "There is no sound in this file.", "facts": {}}
    job.stages.filter(name="convert").update(error=error)
    for address in ("/", at(job.meeting)):
        assert "There is no sound in this file." in page(browser, address)
    browser.post("/language/", {"language": "ru"})
    for address in ("/", at(job.meeting)):
        assert "В этом файле нет звука." in page(browser, address)


def test_a_viewer_is_not_offered_to_add_recordings(client):
    reader = UserFactory()
    reader.memberships.all().delete()
    shared = WorkspaceFactory()
    MembershipFactory(workspace=shared, user=reader, role=Membership.Role.VIEWER)
    client.force_login(reader)
    assert 'id="uploads"' not in page(client, "/")
    assert 'id="recording"' not in page(client, "/meetings/new/")


def test_a_strangers_meeting_does_not_exist(browser, stranger):
    meeting = MeetingFactory(owner=stranger)
    page(browser, at(meeting), 404)
    for action in ("retry/", "cancel/", "process/"):
        assert browser.post(at(meeting, action)).status_code == 404


def test_the_meeting_costs_the_same_however_much_was_said(browser, user, django_assert_num_queries):
    for count in (4, 40):
        job = JobFactory(meeting=MeetingFactory(owner=user), done=True)
        MinutesFactory(transcript=TranscriptFactory(job=job, segments=count), statements=count)
        page(browser, at(job.meeting))
        with django_assert_num_queries(MEETING_QUERIES):
            page(browser, at(job.meeting))


def test_transcript_and_minutes_are_read_without_scripts(browser, user):
    job = JobFactory(meeting=MeetingFactory(owner=user), done=True)
    minutes = MinutesFactory(transcript=TranscriptFactory(job=job))
    segment = minutes.transcript.segments.first()
    shown = page(browser, at(job.meeting))
    assert f'id="segment-{segment.pk}"' in shown
    assert '<span data-start="0.0" data-end="0.2">Предлагаю</span>' in shown
    assert f'href="#segment-{segment.pk}" data-from="0.00"' in shown
    assert "composed without a language model" in shown
    assert "2 statements" in shown


def test_a_recording_without_speech_is_said_to_be_one(browser, user):
    job = JobFactory(meeting=MeetingFactory(owner=user), done=True)
    TranscriptFactory(job=job, segments=0)
    assert "No speech was found" in page(browser, at(job.meeting))


def test_what_people_said_is_never_markup(browser, user):
    job = JobFactory(meeting=MeetingFactory(owner=user, title="<b>x</b>"), done=True)
    transcript = TranscriptFactory(job=job, segments=1)
    words = [{"start": 0, "end": 1, "text": "<script>", "confidence": 0.1}]
    transcript.segments.update(words=words)
    shown = page(browser, at(job.meeting))
    assert "&lt;script&gt;" in shown
    assert "<b>x" not in shown


def test_pages_carry_no_inline_script_or_style(browser, user):
    full_meetings(user, 1)
    for address in ("/", "/meetings/new/", at(user.workspaces.get().meetings.get())):
        shown = page(browser, address)
        assert "style=" not in shown
        assert not re.search(r"<script(?![^>]*\bsrc=)", shown)
        assert not re.search(r"\son[a-z]+=", shown)


def test_a_failed_job_is_tried_again_by_one_button(browser, user):
    job = JobFactory(meeting=MeetingFactory(owner=user), stages={"convert": "dead"}, state="failed")
    assert at(job.meeting, "retry/") in page(browser, at(job.meeting))
    assert browser.post(at(job.meeting, "retry/"))["Location"] == at(job.meeting)
    job.refresh_from_db()
    assert (job.state, job.run) == (Job.State.QUEUED, 2)


def test_what_cannot_be_tried_again_is_said_on_the_page(browser, user):
    job = JobFactory(meeting=MeetingFactory(owner=user), done=True)
    response = browser.post(at(job.meeting, "retry/"), follow=True)
    assert "Only a failed or cancelled job" in response.content.decode()


def test_an_active_job_is_cancelled_by_one_button(browser, user):
    job = JobFactory(meeting=MeetingFactory(owner=user), state="running")
    assert at(job.meeting, "cancel/") in page(browser, at(job.meeting))
    browser.post(at(job.meeting, "cancel/"))
    job.refresh_from_db()
    assert job.state == Job.State.CANCELLED


def test_a_viewer_reads_but_does_not_steer(client, user):
    job = JobFactory(meeting=MeetingFactory(owner=user), state="running")
    client.force_login(viewer_of(job.meeting))
    assert at(job.meeting, "cancel/") not in page(client, at(job.meeting))
    assert client.post(at(job.meeting, "cancel/")).status_code == 404
    job.refresh_from_db()
    assert job.state == Job.State.RUNNING


def test_a_page_that_is_not_there_says_so_in_the_readers_language(browser):
    assert "There is nothing here" in page(browser, "/no-such-page/", 404)


def failed(user, stage, code, sentence, **states):
    job = JobFactory(
        meeting=MeetingFactory(owner=user), stages={stage: "dead", **states}, state="failed"
    )
    error = {"code": code, "sentence": sentence, "facts": {}}
    job.stages.filter(name=stage).update(error=error)
    return job


def test_a_failed_job_says_what_happened_what_is_kept_and_what_to_do(browser, user):
    done = dict.fromkeys(("convert", "diarize", "transcribe", "align"), "succeeded")
    job = failed(user, "report", "unexpected", "Something unexpected happened.", **done)
    shown = page(browser, at(job.meeting))
    assert "“Write the minutes” failed" in shown
    assert "The transcript with its speakers is kept." in shown
    assert str(job.pk) in shown
    assert at(job.meeting, "retry/") in shown
    assert "Send another file" not in shown
    browser.post("/language/", {"language": "ru"})
    shown = page(browser, at(job.meeting))
    assert "Расшифровка с говорящими сохранена." in shown
    assert "назовите ему эту обработку" in shown


def test_a_file_at_fault_is_to_be_replaced(browser, user):
    job = failed(user, "convert", "no_audio", "There is no sound in this file.")
    shown = page(browser, at(job.meeting))
    assert "Send another file" in shown
    assert at(job.meeting, "retry/") in shown


def test_a_reader_sees_what_happened_without_the_buttons(client, user):
    job = failed(user, "convert", "unexpected", "Something unexpected happened.")
    client.force_login(viewer_of(job.meeting))
    shown = page(client, at(job.meeting))
    assert "Something unexpected happened." in shown
    assert at(job.meeting, "retry/") not in shown


def test_a_gap_in_a_result_is_told_and_filled_by_one_button(browser, user):
    meeting = MeetingFactory(owner=user)
    job = JobFactory(
        meeting=meeting, done=True, stages={"diarize": "dead"}, options={"template": "minutes"}
    )
    shown = page(browser, at(meeting))
    assert "The speakers could not be told apart" in shown
    assert at(meeting, "process/") in shown
    response = browser.post(at(meeting, "process/"), {"from_stage": "diarize"})
    assert response["Location"] == at(meeting)
    again = Job.objects.exclude(pk=job.pk).get()
    states = dict(again.stages.values_list("name", "state"))
    assert (states["convert"], states["diarize"]) == ("skipped", "pending")
    assert again.options == {"template": "minutes"}
    assert again.created_by == user


@pytest.mark.parametrize("stage", ["", "nonsense"])
def test_an_unknown_stage_starts_nothing(browser, user, stage):
    meeting = JobFactory(meeting=MeetingFactory(owner=user), done=True).meeting
    browser.post(at(meeting, "process/"), {"from_stage": stage})
    assert meeting.jobs.count() == 1


def test_a_stage_whose_beginning_is_missing_is_refused_in_words(browser, user):
    job = failed(user, "convert", "unexpected", "Bad.")
    response = browser.post(at(job.meeting, "process/"), {"from_stage": "align"}, follow=True)
    assert "has not been done for this meeting yet" in response.content.decode()


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_recorder_knows_in_every_language_how_long_a_recording_may_be(browser, language):
    shown = browser.get("/meetings/new/", headers={"Accept-Language": language}).content.decode()
    assert f'lang="{language}"' in shown
    assert float(re.search(r'data-longest="([^"]*)"', shown)[1]) == 12 * 3600
