"""Known voices over HTTP."""

import pytest

from tests.factories import (
    JobFactory,
    KnownVoiceFactory,
    MeetingFactory,
    MembershipFactory,
    SpeakerFactory,
    TranscriptFactory,
    WorkspaceFactory,
)
from transcription.models import KnownVoice, Turn

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
    Turn.objects.create(transcript=transcript, speaker=made, start=0, end=20)
    return made


def post(api, speaker, part, **body):
    return api.post(f"/api/v1/speakers/{speaker.pk}/{part}/", body, format="json")


def row(api, speaker):
    meeting = speaker.transcript.meeting_id
    return api.get(f"/api/v1/meetings/{meeting}/speakers/").json()["speakers"][0]


def test_a_voice_is_remembered_with_consent_alone(api, home, speaker):
    refused = post(api, speaker, "voice", consent=False)
    assert (refused.status_code, list(refused.json()["errors"])) == (400, ["consent"])
    assert post(api, speaker, "voice", consent=True).json()["code"] == "voice_without_name"
    speaker.name = "Мария"
    speaker.save()
    made = post(api, speaker, "voice", consent=True)
    assert made.status_code == 201
    told = made.json()
    assert (told["name"], told["samples"], told["seconds"]) == ("Мария", 1, 20)
    assert "vector" not in told and "0.0" not in made.content.decode().replace("20.0", "")
    assert row(api, speaker)["remembered"] == told["id"]
    assert api.get(f"/api/v1/workspaces/{home.pk}/voices/").json() == [told]
    assert api.delete(f"/api/v1/speakers/{speaker.pk}/voice/").status_code == 204
    assert api.get(f"/api/v1/workspaces/{home.pk}/voices/").json() == []


def test_a_suggestion_is_told_and_accepted(api, home, speaker):
    known = KnownVoiceFactory.create(workspace=home, name="Мария", vector=[0.8, 0.6, 0.0])
    told = row(api, speaker)["suggestion"]
    assert (told["voice"], told["name"]) == (known.pk, "Мария")
    assert told["similarity"] == pytest.approx(0.8)
    named = post(api, speaker, "suggestion", voice=known.pk, accepted=True)
    assert (named.status_code, named.json()["name"]) == (200, "Мария")
    assert row(api, speaker)["suggestion"] is None
    again = post(api, speaker, "suggestion", voice=known.pk, accepted=True)
    assert (again.status_code, again.json()["code"]) == (409, "not_suggested")


def test_a_suggestion_is_refused(api, home, speaker):
    known = KnownVoiceFactory.create(workspace=home)
    assert post(api, speaker, "suggestion", voice=known.pk, accepted=False).status_code == 200
    assert row(api, speaker)["suggestion"] is None
    assert row(api, speaker)["named"] is False


def test_a_voice_of_another_workspace_cannot_be_named(api, speaker):
    elsewhere = KnownVoiceFactory.create(workspace=WorkspaceFactory())
    assert post(api, speaker, "suggestion", voice=elsewhere.pk, accepted=True).status_code == 404


@pytest.mark.parametrize("role", ["viewer", None])
def test_only_editors_of_the_workspace_are_asked(api_of, user, home, speaker, role):
    KnownVoiceFactory.create(workspace=home)
    if role:
        person = MembershipFactory.create(workspace=home, role=role).user
    else:
        person = MembershipFactory.create().user
        speaker.transcript.meeting.shares.create(user=person, right="edit")
    api = api_of(person)
    assert row(api, speaker)["suggestion"] is None
    assert post(api, speaker, "voice", consent=True).status_code == 403


def test_a_known_voice_is_renamed_and_forgotten(api, home):
    known, other = (KnownVoiceFactory.create(workspace=home) for _ in range(2))
    address = f"/api/v1/voices/{known.pk}/"
    taken = api.patch(address, {"name": other.name.upper()}, format="json")
    assert (taken.status_code, taken.json()["code"]) == (409, "name_taken")
    assert api.patch(address, {"name": "Олег"}, format="json").json()["name"] == "Олег"
    assert api.delete(address).status_code == 204
    assert list(KnownVoice.objects.all()) == [other]


def test_owners_switch_it_off(api, api_of, home, speaker):
    KnownVoiceFactory.create(workspace=home)
    address = f"/api/v1/workspaces/{home.pk}/voices/rule/"
    editor = api_of(MembershipFactory.create(workspace=home, role="editor").user)
    assert editor.put(address, {"is_on": False}, format="json").status_code == 403
    assert api.get(address).json() == {"is_on": True}
    assert api.put(address, {"is_on": False}, format="json").json() == {"is_on": False}
    assert row(api, speaker)["suggestion"] is None
    assert post(api, speaker, "voice", consent=True).json()["code"] == "voices_off"
    api.put(address, {"is_on": False, "forget_all": True}, format="json")
    assert not KnownVoice.objects.exists()


def test_more_known_voices_take_no_more_queries(api, home, speaker, django_assert_num_queries):
    address = f"/api/v1/meetings/{speaker.transcript.meeting_id}/speakers/"
    api.get(address)
    counted = None
    for _ in range(2):
        KnownVoiceFactory.create_batch(5, workspace=home)
        with django_assert_num_queries(counted or 18) as queries:
            api.get(address)
        counted = len(queries)
