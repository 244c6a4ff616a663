"""Known voices on the pages."""

import pytest
from django.contrib.messages import get_messages

from tests.factories import (
    JobFactory,
    KnownVoiceFactory,
    MeetingFactory,
    MembershipFactory,
    SegmentFactory,
    SpeakerFactory,
    TranscriptFactory,
)
from transcription.models import KnownVoice, Turn, VoiceRefusal, VoiceRule

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(user):
    return MembershipFactory(user=user, role="owner").workspace


@pytest.fixture
def speaker(home):
    """A voice without a name, heard for 20 s."""
    job = JobFactory(meeting=MeetingFactory(workspace=home), done=True)
    transcript = TranscriptFactory.create(job=job, segments=0)
    made = SpeakerFactory.create(transcript=transcript, embedding=[1.0, 0.0, 0.0])
    SegmentFactory.create(transcript=transcript, speaker=made)
    Turn.objects.create(transcript=transcript, speaker=made, start=0, end=20)
    return made


def told(answer):
    return " ".join(str(message) for message in get_messages(answer.wsgi_request))


def page(browser, speaker, part="speakers/"):
    return browser.get(f"/meetings/{speaker.transcript.meeting_id}/{part}").content.decode()


def post(browser, speaker, part, **fields):
    meeting = speaker.transcript.meeting_id
    return told(browser.post(f"/meetings/{meeting}/speakers/{speaker.pk}/{part}/", fields))


def test_a_suggestion_is_shown_with_its_likeness_and_accepted(browser, home, speaker):
    known = KnownVoiceFactory.create(workspace=home, name="Мария", vector=[0.8, 0.6, 0.0])
    assert "Sounds like <strong>Мария</strong>, 0.80" in page(browser, speaker)
    assert "1 known voice?" in page(browser, speaker, "")
    assert "Мария" in post(browser, speaker, "suggestion", voice=known.pk, answer="yes")
    speaker.refresh_from_db()
    assert speaker.name == "Мария"
    assert "Sounds like" not in page(browser, speaker)
    assert "known voice?" not in page(browser, speaker, "")


def test_a_refused_one_is_shown_no_more(browser, home, speaker):
    known = KnownVoiceFactory.create(workspace=home)
    post(browser, speaker, "suggestion", voice=known.pk, answer="no")
    assert VoiceRefusal.objects.get().voice == known
    assert "Sounds like" not in page(browser, speaker)


def test_remembering_asks_for_consent(browser, home, speaker):
    assert "Remember this voice" not in page(browser, speaker)  # it has no name
    speaker.name = "Мария"
    speaker.save()
    assert "biometric data" in page(browser, speaker)
    assert "agrees" in post(browser, speaker, "remember")
    assert not KnownVoice.objects.exists()
    assert "is remembered" in post(browser, speaker, "remember", consent="on")
    assert KnownVoice.objects.get().name == "Мария"
    assert "Remembered as Мария." in page(browser, speaker)
    post(browser, speaker, "take-back")
    assert not KnownVoice.objects.exists()


def test_the_workspace_lists_renames_and_forgets(browser, home):
    known = KnownVoiceFactory.create(workspace=home, name="Мария")
    root = f"/workspaces/{home.pk}/voices/"
    assert "Мария" in browser.get(root).content.decode()
    browser.post(f"{root}{known.pk}/name/", {"name": "Мария Ким"})
    assert "Мария Ким" in browser.get(root).content.decode()
    KnownVoiceFactory.create(workspace=home, name="Олег")
    assert "knows a voice" in told(browser.post(f"{root}{known.pk}/name/", {"name": "олег"}))
    browser.post(f"{root}{known.pk}/forget/")
    assert [voice.name for voice in KnownVoice.objects.all()] == ["Олег"]


def test_owners_switch_it_off(browser, home, speaker):
    KnownVoiceFactory.create(workspace=home)
    browser.post(f"/workspaces/{home.pk}/voices/rule/", {})
    assert VoiceRule.objects.get().is_on is False
    assert "Switched off" in browser.get(f"/workspaces/{home.pk}/voices/").content.decode()
    assert "Sounds like" not in page(browser, speaker)
    assert "known voice?" not in page(browser, speaker, "")


def test_viewers_read_who_is_known(client, home):
    KnownVoiceFactory.create(workspace=home, name="Мария")
    client.force_login(MembershipFactory.create(workspace=home, role="viewer").user)
    shown = client.get(f"/workspaces/{home.pk}/voices/").content.decode()
    assert "Мария" in shown and "Forget" not in shown
