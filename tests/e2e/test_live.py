"""What goes on is seen without a reload: in the tab, and in the list of meetings."""

import json
import re

import pytest
from playwright.sync_api import expect

from meetings.models import Job, StageRun
from tests.factories import JobFactory, MeetingFactory, TranscriptFactory

pytestmark = pytest.mark.slow

RUNNING = {"convert": "succeeded", "diarize": "running"}
ICON = "document.querySelector('link[rel=icon]').href"
SEEN = "Object.defineProperty(document, 'visibilityState', {value: '%s', configurable: true})"


@pytest.fixture
def job(user):
    meeting = MeetingFactory(owner=user, title="Планёрка")
    return JobFactory.create(meeting=meeting, state="running", stages=RUNNING)


@pytest.fixture
def look(open_browser, user):
    """Opens an address; what the server would say is said by ``page.tell``."""
    page = open_browser(user)
    sockets = []
    page.route_web_socket("**/ws/meetings/**", lambda socket: sockets.append(socket))

    def opened(address):
        page.goto(address)
        page.wait_for_function("() => document.readyState === 'complete'")
        while not sockets:  # the page asks for one as soon as its script runs
            page.wait_for_timeout(50)
        page.tell = lambda **event: sockets[-1].send(json.dumps(event))
        page.sockets = sockets
        return page

    page.opened = opened
    return page


def stage(job, progress, seq):
    told = {"name": "diarize", "state": "running", "progress": progress, "attempt": 1}
    return {"type": "stage", "meeting": str(job.meeting_id), "seq": seq, "error": None, **told}


def ended(job, seq, state="succeeded"):
    StageRun.objects.filter(job=job).update(state="succeeded", progress=1)
    Job.objects.filter(pk=job.pk).update(state=state)
    told = {"state": state, "eta_seconds": None}
    return {"type": "job", "meeting": str(job.meeting_id), "seq": seq, **told}


@pytest.mark.parametrize("address", ["/", "/meetings/{pk}/"])
def test_the_tab_shows_how_far_the_work_is(look, job, address):
    page = look.opened(address.format(pk=job.meeting_id))
    expect(page).to_have_title(re.compile(r"^5% · "))  # one part of nineteen
    plain = "/static/"
    assert plain not in page.evaluate(ICON)
    page.tell(**stage(job, 0.5, 1))
    expect(page).to_have_title(re.compile(r"^21% · "))
    half = page.evaluate(ICON)
    assert half.startswith("data:image/svg+xml,")
    page.tell(**stage(job, 1.0, 2))
    expect(page).to_have_title(re.compile(r"^36% · "))
    assert page.evaluate(ICON) != half
    page.tell(**ended(job, 3))
    expect(page).not_to_have_title(re.compile("%"))
    page.wait_for_function(f"() => {ICON}.includes('{plain}')")


@pytest.mark.parametrize(("state", "sign"), [("succeeded", "✓"), ("failed", "!")])
def test_what_ended_unseen_is_marked_in_the_tab(look, job, state, sign):
    look.add_init_script(SEEN % "hidden")
    page = look.opened(f"/meetings/{job.meeting_id}/")
    page.tell(**ended(job, 1, state))
    expect(page).to_have_title(f"{sign} Планёрка · Protokol")
    page.evaluate(SEEN % "visible")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page).to_have_title("Планёрка · Protokol")


def test_the_player_stays_what_it_is_when_the_speakers_come(look, job):
    recording = job.meeting.recording
    recording.rendition_key = "none"
    recording.save()
    page = look.opened(f"/meetings/{job.meeting_id}/")
    page.evaluate("document.getElementById('audio').dataset.mine = 'yes'")
    TranscriptFactory(job=job)
    page.tell(**stage(job, 1.0, 1) | {"name": "align", "state": "succeeded"})
    expect(page.locator("#talks")).to_contain_text("Speaker 1")
    expect(page.locator("#audio")).to_have_attribute("data-mine", "yes")


def test_new_meetings_come_into_the_list_by_themselves(look, user, job):
    page = look.opened("/")
    rows = page.locator(".row")
    expect(rows).to_have_count(1)
    rows.first.get_by_role("link").focus()
    added = JobFactory.create(meeting=MeetingFactory(owner=user, title="Ретро"), state="queued")
    told = {"meeting": str(added.meeting_id), "seq": 1, "state": "queued", "eta_seconds": None}
    page.tell(type="job", **told)
    expect(page.get_by_role("link", name="Ретро")).to_be_visible()
    expect(page.get_by_role("link", name="Планёрка")).to_be_focused()


def test_a_meeting_that_the_list_does_not_show_is_looked_for_once(look, user, job):
    page = look.opened("/?q=Планёрка")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    other = JobFactory.create(meeting=MeetingFactory(owner=user, title="Ретро"), state="running")
    with page.expect_request(lambda request: "?q=" in request.url):
        for seq in range(1, 6):
            page.tell(**stage(other, seq / 10, seq))
    page.wait_for_timeout(1000)
    assert len([url for url in asked if "?q=" in url]) == 1


def test_the_list_asks_again_every_ten_seconds_while_the_socket_is_away(look, user, job):
    page = look.opened("/")
    page.sockets[0].close(code=4404)
    expect(page.locator("#connection")).to_be_visible()
    MeetingFactory(owner=user, title="Ретро")
    expect(page.get_by_role("link", name="Ретро")).to_be_visible()
