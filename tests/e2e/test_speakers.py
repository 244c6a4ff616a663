"""The speakers of a meeting: heard, named, merged, in a real browser."""

import json

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from meetings import storage
from tests.factories import (
    JobFactory,
    MeetingFactory,
    MembershipFactory,
    SegmentFactory,
    TranscriptFactory,
    UserFactory,
)
from tests.meetings.media_files import tone
from transcription.models import Speaker, Turn

pytestmark = pytest.mark.slow

expect = pytest.importorskip("playwright.sync_api").expect


@pytest.fixture
def editor(transactional_db):
    return UserFactory.create(name="Olga")


@pytest.fixture
def transcript(editor, tmp_path):
    """Two voices of a recording that can be heard; the second speaks from 6 s to 9 s."""
    home = MembershipFactory(user=editor, role="editor").workspace
    meeting = MeetingFactory.create(workspace=home, title="Budget", recording__duration=60.0)
    made = TranscriptFactory.create(job=JobFactory(meeting=meeting, done=True), segments=2)
    second = made.speakers.last()
    SegmentFactory(transcript=made, speaker=second, start=6.0, end=9.0, words=[])
    recording = meeting.recording
    recording.rendition_key = storage.output_key(meeting.pk, "convert", "t", "player.ogg")
    recording.peaks_key = storage.output_key(meeting.pk, "convert", "t", "peaks.json")
    recording.save()
    sound = tone(tmp_path / "sound.ogg", seconds=60)
    default_storage.save(recording.rendition_key, ContentFile(sound.read_bytes()))
    storage.put_json(recording.peaks_key, {"version": 1, "duration": 60.0, "peaks": [0.5] * 100})
    yield made
    storage.delete_meeting(meeting.pk)


def test_a_sample_is_heard_and_the_voice_named_and_merged(open_browser, editor, transcript):
    page = open_browser(editor)
    page.goto(f"/meetings/{transcript.meeting_id}/")
    page.get_by_role("link", name="Speakers", exact=True).click()
    page.wait_for_url("**/speakers/")  # and for its script
    page.get_by_role("link", name="Hear Speaker 2 at 0:06").press("Enter")
    expect(page.get_by_role("button", name="Pause", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()
    # It stops by itself where the sample ends, later on a busy machine; not at the very end.
    at = page.locator("#audio").evaluate("sound => sound.currentTime")
    assert 8.9 < at < 50
    page.locator('[data-takes-time="reassign-end"]').click()
    expect(page.locator("#reassign-end")).to_have_value(f"0:{int(at):02}")
    page.get_by_placeholder("Speaker 2").fill("Мария Ким")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Мария Ким")).to_be_visible()
    page.get_by_label("The same person as, Speaker 1").select_option("Мария Ким")
    page.get_by_role("button", name="Merge, Speaker 1").click()
    expect(page.locator(".voice")).to_have_count(1)
    assert set(transcript.segments.values_list("speaker__name", flat=True)) == {"Мария Ким"}


def test_somebody_new_is_named_by_writing(open_browser, editor, transcript):
    page = open_browser(editor)
    page.goto(f"/meetings/{transcript.meeting_id}/speakers/")
    page.get_by_label("From", exact=True).fill("0:05")
    page.get_by_label("To", exact=True).fill("0:10")
    page.get_by_label("Name of somebody new").fill("Oleg")
    expect(page.get_by_label("Speaker", exact=True)).to_have_value("")
    page.get_by_role("button", name="Reassign").click()
    expect(page.get_by_role("heading", name="Oleg")).to_be_visible()
    assert transcript.speakers.get(name="Oleg").segments.get().start == 6


def test_a_voice_is_remembered_once_and_suggested_in_the_next_meeting(
    open_browser, editor, transcript
):
    later = TranscriptFactory.create(
        job=JobFactory(meeting__workspace=transcript.meeting.workspace, done=True)
    )
    for made, sound in ((transcript, [1.0, 0.0]), (later, [0.9, 0.1])):
        voice = made.speakers.last()
        Speaker.objects.filter(pk=voice.pk).update(embedding=sound)
        Turn.objects.create(transcript=made, speaker=voice, start=0, end=20)
    page = open_browser(editor)
    page.goto(f"/meetings/{transcript.meeting_id}/speakers/")
    page.get_by_placeholder("Speaker 2").fill("Мария")
    page.keyboard.press("Enter")
    page.get_by_text("Remember this voice…").click()
    page.get_by_label("Мария was asked and agrees.").check()
    page.get_by_role("button", name="Remember", exact=True).click()
    expect(page.get_by_text("Remembered as Мария.")).to_be_visible()
    page.goto(f"/meetings/{later.meeting_id}/")
    page.get_by_role("link", name="Speakers 1 known voice?").click()
    page.get_by_role("button", name="This is Мария").click()
    expect(page.get_by_role("heading", name="Мария")).to_be_visible()
    assert later.speakers.last().name == "Мария"


def test_what_others_change_is_shown_and_nothing_written_is_lost(open_browser, editor, transcript):
    page = open_browser(editor)
    sockets = []
    page.route_web_socket("**/ws/meetings/**", lambda socket: sockets.append(socket))
    page.goto(f"/meetings/{transcript.meeting_id}/speakers/")
    expect(page.get_by_role("heading", name="Speaker 2")).to_be_visible()
    while not sockets:
        page.wait_for_timeout(50)
    second = transcript.speakers.last()

    def rename(speaker, name, seq):
        Speaker.objects.filter(pk=speaker.pk).update(name=name)
        told = {"type": "edit", "meeting": str(transcript.meeting_id), "seq": seq}
        sockets[-1].send(json.dumps(told))

    rename(second, "Мария Ким", 1)
    expect(page.get_by_role("heading", name="Мария Ким")).to_be_visible()
    page.locator('[data-takes-time="reassign-end"]').click()  # what was refreshed still works
    expect(page.locator("#reassign-end")).to_have_value("0:00")
    page.get_by_placeholder("Speaker 1").fill("Пётр")
    rename(second, "Мария К.", 2)
    expect(page.locator("#notices")).to_contain_text("Somebody changed the speakers meanwhile")
    expect(page.get_by_placeholder("Speaker 1")).to_have_value("Пётр")
    page.locator("#notices").get_by_role("link", name="Open").click()
    expect(page.get_by_role("heading", name="Мария К.")).to_be_visible()
