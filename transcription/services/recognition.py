"""The stage transcribe: windows of speech, one after another, each kept and shown as it comes."""

from collections import Counter

from django.db.models.functions import Now

from meetings import events, storage
from meetings.media.waveform import read_waveform
from meetings.models import Meeting
from meetings.pipeline import Claim, Commit
from transcription import languages, registry, windows
from transcription.documents import segment_document
from transcription.engines.base import SAMPLE_RATE, Audio, Diarization, Recognition, Recognizer
from transcription.models import Transcript, Window
from transcription.services import segments, transcripts


def transcribe(claim: Claim) -> Commit:
    """Recognise every window that has no words yet; a restart goes on at the first missing one."""
    meeting = Meeting.objects.select_related("recording").get(pk=claim.meeting_id)
    with storage.local_copy(meeting.recording.audio_key) as flac:
        audio = read_waveform(flac)
    recognizer = registry.recognizer()
    transcript = transcripts.of_claim(claim)
    if transcript.windows_planned is None:
        language = claim.options.get("language") or meeting.language
        _plan(claim, transcript, audio, recognizer, language)
    planned = list(transcript.windows.order_by("index"))
    claim.metrics.update(
        engine=recognizer.name,
        model=recognizer.model,
        windows=len(planned),
        windows_kept=sum(window.words is not None for window in planned),
    )
    for done, window in enumerate(planned):
        claim.report(done / len(planned))
        if window.words is None:
            heard = recognizer.recognize(
                _samples(audio, window),
                language=window.language or None,
                prompt=meeting.vocabulary,
            )
            _keep(claim, transcript, window, heard)

    def commit() -> None:
        spoken = Counter[str]()
        for window in transcript.windows.exclude(words=[]):
            spoken[window.language] += round(window.end - window.start)
        Transcript.objects.filter(pk=transcript.pk).update(
            language=max(spoken, key=lambda code: spoken[code], default=""),
            engine=recognizer.name,
            model=recognizer.model,
        )

    return commit


def _plan(
    claim: Claim, transcript: Transcript, audio: Audio, recognizer: Recognizer, language: str
) -> None:
    levels = windows.loudness(audio)
    if not transcript.diarizer and not transcripts.inherit_diarization(transcript):
        turns = tuple(windows.turns_by_loudness(levels, "S1"))
        with claim.fenced():
            transcripts.replace_diarization(transcript, Diarization(turns), "none")
    turns = tuple(transcripts.turns(transcript))
    spoken = languages.languages_of_turns(turns, audio, recognizer, language=language or None)
    planned = windows.plan(turns, spoken, levels)
    with claim.fenced():
        transcript.windows.all().delete()
        Window.objects.bulk_create(
            Window(
                transcript=transcript,
                index=window.index,
                start=window.start,
                end=window.end,
                language=window.language or "",
            )
            for window in planned
        )
        transcript.windows_planned = len(planned)
        transcript.engine, transcript.model = recognizer.name, recognizer.model
        transcript.save(update_fields=["windows_planned", "engine", "model"])


def _samples(audio: Audio, window: Window) -> Audio:
    return audio[round(window.start * SAMPLE_RATE) : round(window.end * SAMPLE_RATE)]


def _keep(claim: Claim, transcript: Transcript, window: Window, heard: Recognition) -> None:
    """Commit a window's words and its provisional segments, then show them."""
    window.words = [
        {
            "start": round(window.start + word.start, 3),
            "end": round(window.start + word.end, 3),
            "text": word.text,
            "confidence": round(word.confidence, 3),
        }
        for word in heard.words
    ]
    window.language = window.language or heard.language
    window.flags = list(heard.flags)
    window.recognized_at = Now()
    with claim.fenced():
        window.save(update_fields=["words", "language", "flags", "recognized_at"])
        rows = segments.write(transcript, [window], provisional=True)
        documents = [segment_document(row, row.speaker) for row in rows]
        events.publish(claim.meeting_id, {"type": "segments", "segments": documents})
