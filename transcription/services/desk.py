"""The one door to changing a finished transcript: one writer at a time, every edit in the history.

What is changed inside ``opened`` becomes one ``TranscriptEdit`` with what stood before and after.
Rows are never deleted, so that any earlier state can be put back exactly.
"""

from collections.abc import Mapping
from typing import Any

from django.db.models import Max

from accounts.acts import Act
from accounts.models import User
from accounts.services import audit
from meetings.errors import JobIsRunning
from meetings.models import Job
from transcription.errors import NotCurrent, NotFinished, NotInTranscript, UnknownSpeaker
from transcription.models import Segment, Speaker, Transcript, TranscriptEdit
from transcription.services import changes

SEGMENT_FIELDS = (
    "start",
    "end",
    "speaker_id",
    "text",
    "words",
    "language",
    "flags",
    "is_withdrawn",
    "is_dropped",
)
SPEAKER_FIELDS = ("name", "is_withdrawn", "merged_into_id")

States = dict[str, dict[str, dict[str, Any]]]
"""``{"segments": {id: {field: value}}, "speakers": {…}}``"""


class Desk:
    """A transcript held for one edit."""

    def __init__(self, transcript: Transcript, by: User | None) -> None:
        self.transcript = transcript
        self.by = by
        self.before: States = {"segments": {}, "speakers": {}}
        self.after: States = {"segments": {}, "speakers": {}}
        self.segments: dict[int, Segment] = {}
        self.speakers: dict[int, Speaker] = {}

    def segment(self, pk: Any) -> Segment:
        """The segment as it is now; NotInTranscript where it was merged away."""
        row = Segment.everything.filter(
            transcript=self.transcript, pk=pk, is_withdrawn=False
        ).first()
        if row is None:
            raise NotInTranscript
        return row

    def speaker(self, label: str) -> Speaker:
        """The speaker called ``label``; UnknownSpeaker where there is none now."""
        row = Speaker.objects.filter(transcript=self.transcript, label=label).first()
        if row is None:
            raise UnknownSpeaker
        return row

    def put(self, row: Segment | Speaker, **values: Any) -> None:
        """Set fields; those that become others are remembered."""
        changed = {name: value for name, value in values.items() if getattr(row, name) != value}
        if not changed:
            return
        kind, rows = self._kind(row)
        before = self.before[kind].setdefault(str(row.pk), {})
        after = self.after[kind].setdefault(str(row.pk), {})
        for name, value in changed.items():
            before.setdefault(name, getattr(row, name))
            after[name] = value
            setattr(row, name, value)
        if row.is_withdrawn:  # and was before: told, so that ``stands`` expects it
            before.setdefault("is_withdrawn", True)
            after.setdefault("is_withdrawn", True)
        rows[row.pk] = row

    def add_segment(self, **values: Any) -> Segment:
        """A new segment; to undo it is to withdraw it."""
        row = Segment.everything.create(transcript=self.transcript, **values)
        self._added(row, SEGMENT_FIELDS)
        return row

    def add_speaker(self, name: str) -> Speaker:
        """A new voice with the next label."""
        known = Speaker.everyone.filter(transcript=self.transcript)
        position = (known.aggregate(n=Max("position"))["n"] or 0) + 1 if known else 0
        row = Speaker.everyone.create(
            transcript=self.transcript, label=f"S{position + 1}", position=position, name=name
        )
        self._added(row, SPEAKER_FIELDS)
        return row

    def _added(self, row: Segment | Speaker, fields: tuple[str, ...]) -> None:
        kind, _rows = self._kind(row)
        self.before[kind][str(row.pk)] = {"is_withdrawn": True}
        self.after[kind][str(row.pk)] = {name: getattr(row, name) for name in fields}

    def _kind(self, row: Segment | Speaker) -> tuple[str, dict[int, Any]]:
        if isinstance(row, Segment):
            return "segments", self.segments
        return "speakers", self.speakers

    def keep(self, action: str, of: TranscriptEdit | None = None) -> TranscriptEdit | None:
        """Store what was put and note it; None where nothing became another."""
        if not any(self.after.values()):
            return None
        self._store()
        latest = self.transcript.edits.aggregate(n=Max("number"))["n"] or 0
        edit = TranscriptEdit.objects.create(
            transcript=self.transcript,
            number=latest + 1,
            action=action,
            by=self.by,
            of=of,
            before=self.before,
            after=self.after,
        )
        changes.edit_was_made(edit)
        if self.by is not None:
            audit.record(Act.TRANSCRIPT_EDITED, of=self.transcript.meeting, by=self.by, hourly=True)
        return edit

    def _store(self) -> None:
        for row in self.segments.values():
            row.revision += 1
        # An upsert of rows that are there: bulk_update takes minutes for thousands of them.
        Segment.everything.bulk_create(
            self.segments.values(),
            batch_size=500,
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=[*_columns(SEGMENT_FIELDS, self.after["segments"]), "revision"],
        )
        if self.speakers:
            fields = _columns(SPEAKER_FIELDS, self.after["speakers"])
            Speaker.everyone.bulk_update(self.speakers.values(), fields)


def opened(transcript_id: Any, by: User | None) -> Desk:
    """The transcript, held until the transaction ends; only where it may be edited.

    NotFinished while it grows, NotCurrent for earlier ones, JobIsRunning while a job of the
    meeting reads or writes it.
    """
    transcript = (
        Transcript.objects.select_for_update(of=("self",), no_key=True)
        .select_related("meeting")
        .get(pk=transcript_id)
    )
    if not transcript.complete:
        raise NotFinished
    if Transcript.objects.current(transcript.meeting) != transcript:
        raise NotCurrent
    if Job.objects.filter(meeting=transcript.meeting_id, state__in=Job.ACTIVE).exists():
        raise JobIsRunning
    return Desk(transcript, by)


def stands(transcript: Transcript, states: Mapping[str, Any]) -> bool:
    """Whether everything is as ``states`` say, and still part of the transcript."""
    for kind, model in (("segments", Segment.everything), ("speakers", Speaker.everyone)):
        rows: dict[str, Any] = {
            str(row.pk): row for row in model.filter(transcript=transcript, pk__in=states[kind])
        }
        for pk, fields in states[kind].items():
            row = rows.get(pk)
            if row is None or row.is_withdrawn != fields.get("is_withdrawn", False):
                return False
            if any(getattr(row, name) != value for name, value in fields.items()):
                return False
    return True


def put_back(desk: Desk, states: Mapping[str, Any]) -> None:
    """Set everything to ``states``; who was merged away since speaks as whom they were merged with.

    A voice whose making is undone stays where others have given it words meanwhile.
    """
    speakers = Speaker.everyone.filter(transcript=desk.transcript, pk__in=states["speakers"])
    leaving = []
    for speaker in speakers:
        fields = states["speakers"][str(speaker.pk)]
        if fields == {"is_withdrawn": True}:
            leaving.append(speaker)
        else:
            desk.put(speaker, **fields)
    heirs = _heirs(desk)
    for row in Segment.everything.filter(transcript=desk.transcript, pk__in=states["segments"]):
        fields = dict(states["segments"][str(row.pk)])
        if "speaker_id" in fields:
            fields["speaker_id"] = heirs.get(fields["speaker_id"], fields["speaker_id"])
        desk.put(row, **fields)
    for speaker in leaving:
        put = desk.segments.values()
        speaks = any(row.speaker_id == speaker.pk and not row.is_withdrawn for row in put)
        if not speaks and not speaker.segments.exclude(pk__in=desk.segments).exists():
            desk.put(speaker, is_withdrawn=True)


def _heirs(desk: Desk) -> dict[int, int]:
    """Who speaks for each voice that is merged away, after what the desk has put so far."""
    everyone = {s.pk: s for s in Speaker.everyone.filter(transcript=desk.transcript)}
    everyone |= desk.speakers
    found = {}
    for pk, speaker in everyone.items():
        heir = speaker
        while heir.is_withdrawn and heir.merged_into_id:
            heir = everyone[heir.merged_into_id]
        found[pk] = heir.pk
    return found


def _columns(fields: tuple[str, ...], states: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Those of ``fields`` that became others in any row."""
    changed = {name for state in states.values() for name in state}
    return [name.removesuffix("_id") for name in fields if name in changed]
