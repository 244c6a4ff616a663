"""The transcript that a job writes into, and what it inherits from earlier jobs."""

from django.db import transaction

from meetings.errors import StageError
from meetings.models import Job, Meeting
from meetings.pipeline import Claim
from transcription.engines.base import Diarization, Turn
from transcription.models import Speaker, Transcript, VoiceRefusal, Window
from transcription.models import Turn as TurnRow


def of_claim(claim: Claim) -> Transcript:
    """The transcript of the claim's job, begun where there is none."""
    job = Job.objects.select_related("meeting__recording").get(pk=claim.job_id)
    transcript, _created = Transcript.objects.get_or_create(
        job=job,
        defaults={
            "meeting": job.meeting,
            "duration": job.meeting.recording.duration or 0,
        },
    )
    return transcript


def turns(transcript: Transcript) -> list[Turn]:
    """Who speaks when, rising by start; empty where diarization gave nothing."""
    rows = transcript.turns.select_related("speaker__merged_into")
    return [
        Turn(row.start, row.end, (row.speaker.merged_into or row.speaker).label)
        for row in rows.order_by("start", "end", "pk")
    ]


def replace_diarization(transcript: Transcript, found: Diarization, diarizer: str) -> None:
    """Store turns and speakers in place of what was there."""
    transcript.speakers.all().delete()
    labels = list(dict.fromkeys(turn.speaker for turn in found.turns))
    speakers = Speaker.objects.bulk_create(
        Speaker(
            transcript=transcript,
            label=label,
            position=position,
            embedding=list(found.embeddings[label]) if label in found.embeddings else None,
        )
        for position, label in enumerate(labels)
    )
    by_label = {speaker.label: speaker for speaker in speakers}
    TurnRow.objects.bulk_create(
        TurnRow(
            transcript=transcript, speaker=by_label[turn.speaker], start=turn.start, end=turn.end
        )
        for turn in found.turns
    )
    Transcript.objects.filter(pk=transcript.pk).update(diarizer=diarizer)


def inherit_diarization(transcript: Transcript) -> bool:
    """Copy turns and speakers of the meeting's latest transcript that has some; False if none.

    Voices keep the names that people gave them, and those that people merged are one.
    """
    earlier = (
        Transcript.objects.filter(meeting=transcript.meeting_id, turns__isnull=False)
        .exclude(pk=transcript.pk)
        .order_by("-job__number")
        .first()
    )
    if earlier is None:
        return False
    embeddings = {
        speaker.label: tuple(speaker.embedding or ()) for speaker in earlier.speakers.all()
    }
    found = Diarization(tuple(turns(earlier)), {k: v for k, v in embeddings.items() if v})
    replace_diarization(transcript, found, earlier.diarizer)
    for label, name in earlier.speakers.exclude(name="").values_list("label", "name"):
        transcript.speakers.filter(label=label).update(name=name)
    inherit_refusals(transcript, earlier)
    return True


def inherit_refusals(transcript: Transcript, earlier: Transcript) -> None:
    """Whom the voices of ``earlier`` are not, those of ``transcript`` are not either."""
    speakers = {speaker.label: speaker for speaker in transcript.speakers.defer("embedding")}
    rows = VoiceRefusal.objects.filter(speaker__transcript=earlier).select_related("speaker")
    VoiceRefusal.objects.bulk_create(
        VoiceRefusal(
            voice_id=row.voice_id,
            speaker=speakers[row.speaker.label],
            refused_by_id=row.refused_by_id,
        )
        for row in rows
        if row.speaker.label in speakers
    )


def inherit_windows(transcript: Transcript) -> None:
    """Copy speakers, turns and recognised windows of the meeting's latest finished transcript."""
    earlier = (
        Transcript.objects.filter(meeting=transcript.meeting_id, complete=True)
        .exclude(pk=transcript.pk)
        .order_by("-job__number")
        .first()
    )
    if earlier is None:
        raise StageError("There are no recognised words to align.")
    with transaction.atomic():
        inherit_diarization(transcript)
        rows = list(earlier.windows.all())
        for row in rows:
            row.pk, row.transcript = None, transcript
        Window.objects.bulk_create(rows)
        for field in ("language", "engine", "model", "duration", "windows_planned"):
            setattr(transcript, field, getattr(earlier, field))
        transcript.save()


def finished(meeting_id: str) -> Transcript | None:
    """The newest finished transcript of a meeting."""
    current = Transcript.objects.current(Meeting.objects.get(pk=meeting_id))
    return current if current and current.complete else None
