"""Voices remembered, recognised and forgotten."""

import pytest
from django.utils import translation

from accounts.models import AuditEntry
from meetings.models import Deletion, Meeting
from meetings.services import binning, moving, recordings
from tests.factories import (
    JobFactory,
    MeetingFactory,
    SpeakerFactory,
    TranscriptFactory,
    WorkspaceFactory,
)
from transcription.errors import (
    NotSuggested,
    VoiceHasNoName,
    VoiceNameTaken,
    VoiceNotHeard,
    VoicesAreOff,
)
from transcription.known_voices import known_to, suggestions_of
from transcription.models import KnownVoice, Speaker, Turn, VoiceRefusal, VoiceSample
from transcription.roll import roll_of
from transcription.services import speakers, transcripts, voices

pytestmark = pytest.mark.django_db

MARIA, OLEG = [1.0, 0.0, 0.0], [0.0, 1.0, 0.0]


@pytest.fixture
def home(user):
    return user.workspaces.get(personal=True)


def meeting_in(home, *sounds, model="pyannote", **more):
    """A transcript with a voice, heard for 20 s, for each embedding."""
    meeting = MeetingFactory.create(workspace=home, **more)
    made = TranscriptFactory.create(
        job=JobFactory(meeting=meeting, done=True), segments=0, diarizer=model
    )
    for sound in sounds:
        heard(SpeakerFactory.create(transcript=made, embedding=sound), 20)
    return made


def heard(speaker, seconds):
    Turn.objects.create(transcript=speaker.transcript, speaker=speaker, start=0, end=seconds)
    return speaker


def remembered(transcript, user, name="Мария", n=0):
    """The known voice of the transcript's ``n``-th speaker, named and remembered."""
    speaker = speakers.rename(speaker=transcript.speakers.all()[n], by=user, name=name)
    return voices.remember(speaker=Speaker.objects.get(pk=speaker.pk), by=user)


def noted():
    return list(AuditEntry.objects.order_by("pk").values_list("what", flat=True))


def test_a_remembered_voice_is_suggested_in_the_next_meeting(user, home):
    voice = remembered(meeting_in(home, MARIA), user)
    later = meeting_in(home, OLEG, [0.9, 0.1, 0.0])
    found = suggestions_of(later)
    second = later.speakers.last()
    assert list(found) == [second.pk]
    assert found[second.pk].voice == voice and found[second.pk].similarity > 0.99
    assert (voice.name, voice.dimension, voice.model) == ("Мария", 3, "pyannote")
    assert "voice.remembered" in noted()


def test_nothing_is_remembered_by_itself(user, home):
    first = meeting_in(home, MARIA)
    speakers.rename(speaker=first.speakers.get(), by=user, name="Мария")
    assert not KnownVoice.objects.exists()
    assert suggestions_of(meeting_in(home, MARIA)) == {}


def test_who_has_a_name_is_not_asked_about(user, home):
    remembered(meeting_in(home, MARIA), user)
    later = meeting_in(home, MARIA)
    speakers.rename(speaker=later.speakers.get(), by=user, name="Ольга")
    assert suggestions_of(later) == {}


def test_other_workspaces_know_nothing(user, home):
    remembered(meeting_in(home, MARIA), user)
    assert suggestions_of(meeting_in(WorkspaceFactory(), MARIA)) == {}


def test_voices_of_two_models_are_not_compared(user, home):
    remembered(meeting_in(home, MARIA), user)
    assert suggestions_of(meeting_in(home, MARIA, model="another")) == {}
    other = remembered(meeting_in(home, MARIA, model="another"), user)
    assert KnownVoice.objects.filter(name="Мария").count() == 2
    assert other.model == "another"


def test_samples_are_averaged_by_their_length(user, home):
    voice = remembered(meeting_in(home, MARIA), user)
    second = meeting_in(home, OLEG)
    heard(second.speakers.get(), 40)  # 60 s in all
    assert remembered(second, user, name="мария") == voice
    voice.refresh_from_db()
    assert voice.seconds == 80 and voice.samples.count() == 2
    assert voice.vector[1] == pytest.approx(3 * voice.vector[0])


def test_merged_voices_are_remembered_as_one(user, home):
    transcript = meeting_in(home, MARIA, OLEG)
    one, two = transcript.speakers.all()
    speakers.merge(speaker=two, into=one, by=user)
    voice = remembered(transcript, user)
    assert voice.seconds == 40 and voice.vector[0] == pytest.approx(voice.vector[1])


def test_accepting_names_the_speaker_and_stores_no_vector(user, home):
    voice = remembered(meeting_in(home, MARIA), user)
    later = meeting_in(home, MARIA)
    speaker = later.speakers.get()
    voices.accept(speaker=speaker, voice=voice, by=user)
    assert later.speakers.get().name == "Мария"
    assert VoiceSample.objects.count() == 1
    assert later.edits.get().action == "renamed"
    assert "voice.accepted" in noted()


def test_what_was_refused_is_not_suggested_there_again(user, home):
    voice = remembered(meeting_in(home, MARIA), user)
    later, latest = meeting_in(home, MARIA), meeting_in(home, MARIA)
    voices.refuse(speaker=later.speakers.get(), voice=voice, by=user)
    assert suggestions_of(later) == {} and len(suggestions_of(latest)) == 1
    with pytest.raises(NotSuggested):
        voices.accept(speaker=later.speakers.get(), voice=voice, by=user)


def test_only_what_is_suggested_is_answered(user, home):
    voice = remembered(meeting_in(home, MARIA), user)
    speaker = meeting_in(home, OLEG).speakers.get()
    for act in (voices.accept, voices.refuse):
        with pytest.raises(NotSuggested):
            act(speaker=speaker, voice=voice, by=user)
    assert not VoiceRefusal.objects.exists()


def test_a_voice_is_remembered_under_a_name_and_from_enough_speech(user, home):
    transcript = meeting_in(home, MARIA, None, OLEG)
    first, unheard, short = transcript.speakers.all()
    with pytest.raises(VoiceHasNoName):
        voices.remember(speaker=first, by=user)
    Turn.objects.filter(speaker=short).update(end=2)
    for speaker in (unheard, short):
        speaker.name = "Олег"
        speaker.save()
        with pytest.raises(VoiceNotHeard):
            voices.remember(speaker=speaker, by=user)


def test_remembering_twice_changes_nothing(user, home):
    transcript = meeting_in(home, MARIA)
    first = remembered(transcript, user)
    again = voices.remember(speaker=transcript.speakers.get(), by=user)
    assert (again.pk, again.seconds, again.samples.count()) == (first.pk, 20, 1)


def test_under_another_name_the_voice_leaves_the_first(user, home):
    transcript = meeting_in(home, MARIA)
    first = remembered(transcript, user, name="Мария")
    second = remembered(transcript, user, name="Ольга")
    assert not KnownVoice.objects.filter(pk=first.pk).exists()
    assert second.samples.count() == 1


def test_a_meeting_that_is_recognised_anew_counts_once(user, home):
    first = meeting_in(home, MARIA)
    voice = remembered(first, user)
    anew = TranscriptFactory.create(
        job=JobFactory(meeting=first.meeting, done=True), segments=0, diarizer=""
    )
    transcripts.inherit_diarization(anew)
    anew.refresh_from_db()
    voices.remember(speaker=anew.speakers.get(), by=user)
    voice.refresh_from_db()
    assert (voice.seconds, voice.samples.get().speaker.transcript) == (20, anew)


def test_processed_again_a_meeting_keeps_what_was_remembered_and_refused(user, home):
    first = meeting_in(home, MARIA, [0.9, 0.1, 0.0])
    voice = remembered(first, user)
    voices.refuse(speaker=first.speakers.last(), voice=voice, by=user)
    anew = TranscriptFactory.create(job=JobFactory(meeting=first.meeting, done=True), segments=0)
    transcripts.inherit_diarization(anew)
    anew.refresh_from_db()
    assert suggestions_of(anew) == {}
    shown = known_to(roll_of(anew, "first"), user).rows
    assert [row.remembered for row in shown] == [voice, None]
    voices.take_back(speaker=anew.speakers.first(), by=user)
    assert not KnownVoice.objects.exists()


def test_what_goes_with_a_meeting_is_told(user, home):
    first, second = meeting_in(home, MARIA, OLEG), meeting_in(home, MARIA)
    remembered(first, user)
    remembered(first, user, name="Олег", n=1)
    remembered(second, user)
    with translation.override("en"):
        told = " ".join(part.text for part in binning.parts_of(first.meeting))
    assert "1 known voice, remembered from it alone" in told


def test_a_sample_taken_back_leaves_the_others(user, home):
    first, second = meeting_in(home, MARIA), meeting_in(home, OLEG)
    voice = remembered(first, user)
    remembered(second, user)
    voices.take_back(speaker=first.speakers.get(), by=user)
    voice.refresh_from_db()
    assert voice.vector == pytest.approx(OLEG)
    voices.take_back(speaker=second.speakers.get(), by=user)
    assert not KnownVoice.objects.exists()
    assert noted().count("voice.taken_back") == 2


def test_forgetting_deletes_every_vector(user, home):
    first, other = meeting_in(home, MARIA, OLEG), meeting_in(home, [0.9, 0.1, 0.0])
    voice = remembered(first, user)
    anew = TranscriptFactory.create(job=JobFactory(meeting=first.meeting, done=True), segments=0)
    transcripts.inherit_diarization(anew)
    voices.refuse(speaker=other.speakers.get(), voice=voice, by=user)
    voices.forget(voice=voice)
    assert not KnownVoice.objects.exists() and not VoiceSample.objects.exists()
    assert not VoiceRefusal.objects.exists()
    mine = Speaker.everyone.filter(transcript__meeting=first.meeting, label="S1")
    assert set(mine.values_list("embedding", flat=True)) == {None} and mine.count() == 2
    assert Speaker.everyone.filter(embedding=OLEG).count() == 2  # nobody asked for these
    assert first.speakers.get(label="S1").name == "Мария"
    assert "voice.forgotten" in noted()


def test_a_known_voice_is_renamed_and_transcripts_are_not(user, home):
    first = meeting_in(home, MARIA, OLEG)
    voice = remembered(first, user)
    other = remembered(first, user, name="Олег", n=1)
    voices.rename(voice=voice, name=" Мария  Ким ")
    assert next(iter(suggestions_of(meeting_in(home, MARIA)).values())).voice.name == "Мария Ким"
    assert first.speakers.first().name == "Мария"
    with pytest.raises(VoiceNameTaken):
        voices.rename(voice=other, name="мария ким")


def test_switched_off_nothing_is_remembered_or_answered(user, home):
    first = meeting_in(home, MARIA)
    voice = remembered(first, user)
    later = meeting_in(home, MARIA)
    voices.set_rule(workspace=home, by=user, is_on=False)
    with pytest.raises(VoicesAreOff):
        voices.remember(speaker=first.speakers.get(), by=user)
    with pytest.raises(NotSuggested):
        voices.accept(speaker=later.speakers.get(), voice=voice, by=user)
    assert KnownVoice.objects.count() == 1
    voices.set_rule(workspace=home, by=user, is_on=True, forget_all=True)
    assert not KnownVoice.objects.exists()


def test_with_a_meeting_goes_what_was_known_from_it(user, home):
    first, second = meeting_in(home, MARIA, OLEG), meeting_in(home, MARIA)
    voice = remembered(first, user)
    remembered(first, user, name="Олег", n=1)
    remembered(second, user)
    binning.delete(meeting=first.meeting, by=user, for_good=True)
    voice.refresh_from_db()
    assert (KnownVoice.objects.get(), voice.seconds) == (voice, 20)


def test_with_the_recording_goes_what_was_known_from_it(user, home):
    first = meeting_in(home, MARIA)
    remembered(first, user)
    cause = Deletion.Cause.RETENTION
    assert recordings.dropped(first.meeting_id, cause, among=Meeting.objects.all())
    assert not KnownVoice.objects.exists()


def test_a_moved_meeting_leaves_no_voice_behind(user, home):
    first = meeting_in(home, MARIA)
    remembered(first, user)
    moving.move(meeting=first.meeting, workspace=WorkspaceFactory())
    assert not KnownVoice.objects.exists()
    assert Speaker.objects.get().embedding == MARIA
