"""What the API takes and gives about meetings and their jobs."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.models import Workspace
from meetings import pipeline
from meetings.models import Job, Meeting, Recording, Series, StageRun, Upload
from meetings.services import estimates

STAGE_NAMES = list(pipeline.BY_NAME)
STAGE_STATES = [state for state in StageRun.State.values if state != StageRun.State.SPREAD]
JOB_STATES = Job.State.values
LANGUAGE = r"^[a-z]{2,3}$"


class LinesField(serializers.ListField):
    """A list of lines; in a form also one text with a line each. Empty lines are dropped."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_length", 200)
        options.setdefault("required", False)
        super().__init__(child=serializers.CharField(max_length=500, allow_blank=True), **options)

    def to_internal_value(self, data: Any) -> list[str]:
        """The lines, trimmed."""
        texts = [data] if isinstance(data, str) else data
        if isinstance(texts, list) and all(isinstance(text, str) for text in texts):
            texts = [line for text in texts for line in text.splitlines()]
        return [line for line in super().to_internal_value(texts) if line]


class ErrorSerializer(serializers.Serializer[Any]):
    """Why a stage failed, in words."""

    code = serializers.CharField()
    detail = serializers.CharField()
    retryable = serializers.BooleanField()


class StageSerializer(serializers.Serializer[Any]):
    """A stage of a job, as ``documents.stage_document`` makes it."""

    name = serializers.ChoiceField(choices=STAGE_NAMES)
    state = serializers.ChoiceField(choices=STAGE_STATES)
    attempt = serializers.IntegerField()
    progress = serializers.FloatField(min_value=0, max_value=1)
    started_at = serializers.DateTimeField(allow_null=True)
    finished_at = serializers.DateTimeField(allow_null=True)
    queue = serializers.ChoiceField(choices=pipeline.QUEUES)
    worker = serializers.CharField(allow_blank=True)
    error = ErrorSerializer(allow_null=True)


class JobSerializer(serializers.Serializer[Any]):
    """A job, as ``documents.job_document`` makes it."""

    id = serializers.UUIDField()
    meeting = serializers.UUIDField()
    run = serializers.IntegerField()
    state = serializers.ChoiceField(choices=JOB_STATES)
    created_at = serializers.DateTimeField()
    started_at = serializers.DateTimeField(allow_null=True)
    finished_at = serializers.DateTimeField(allow_null=True)
    stages = StageSerializer(many=True)
    eta_seconds = serializers.IntegerField(allow_null=True)


class JobBriefSerializer(serializers.ModelSerializer[Job]):
    """How far a meeting's latest job is, in a line."""

    stage = serializers.SerializerMethodField(help_text="The stage that runs or comes next.")
    progress = serializers.SerializerMethodField(help_text="0..1 over all stages.")
    eta_seconds = serializers.SerializerMethodField()
    error = serializers.SerializerMethodField(help_text="Of the stage that ended the job.")

    class Meta:
        model = Job
        fields = ["id", "run", "state", "stage", "progress", "eta_seconds", "error"]
        read_only_fields = fields

    def get_stage(self, job: Job) -> str | None:
        """The first stage that is not finished; None when the job is over."""
        if not job.is_active:
            return None
        waiting = [
            s for s in job.stages_in_order if s.state not in StageRun.FINISHED and not s.error
        ]
        return min(waiting, key=lambda s: s.position).name if waiting else None

    def get_progress(self, job: Job) -> float:
        """The share of the work that is done, stages weighed by how long they usually take."""
        weights = estimates.FIRST_GUESS
        stages = [s for s in job.stages_in_order if s.state != StageRun.State.SKIPPED]
        if job.state == Job.State.SUCCEEDED or not stages:
            return 1.0
        done = sum(weights[s.name] * s.progress for s in stages)
        return round(done / sum(weights[s.name] for s in stages), 3)

    def get_eta_seconds(self, job: Job) -> int | None:
        """Seconds of work left; None where it is over or unknowable."""
        return estimates.eta_seconds(job)

    @extend_schema_field(ErrorSerializer(allow_null=True))
    def get_error(self, job: Job) -> dict[str, Any] | None:
        """The error of the required stage that is dead."""
        dead = (
            s.shown_error
            for s in job.stages_in_order
            if s.state == StageRun.State.DEAD and s.required
        )
        return next(dead, None) or None


class TrackSerializer(serializers.Serializer[Any]):
    """A stream in the uploaded file."""

    index = serializers.IntegerField()
    kind = serializers.CharField()
    codec = serializers.CharField()
    channels = serializers.IntegerField()
    sample_rate = serializers.IntegerField()
    language = serializers.CharField(allow_blank=True)
    title = serializers.CharField(allow_blank=True)


class RecordingSerializer(serializers.ModelSerializer[Recording]):
    """The uploaded file."""

    tracks = TrackSerializer(many=True)
    playable = serializers.SerializerMethodField(help_text="Whether media/ and peaks/ are there.")

    class Meta:
        model = Recording
        fields = [
            "filename",
            "bytes",
            "sha256",
            "container",
            "duration",
            "loudness",
            "tracks",
            "playable",
            "deleted_at",
        ]
        read_only_fields = fields

    def get_playable(self, recording: Recording) -> bool:
        """Whether convert has made the rendition."""
        return bool(recording.rendition_key)


@extend_schema_field(OpenApiTypes.UUID)
class EditableSeriesField(serializers.PrimaryKeyRelatedField):
    """The id of a series that the caller may change."""

    def get_queryset(self) -> Any:
        """Nothing without a caller."""
        request = self.context.get("request")
        return Series.objects.editable_by(request.user) if request else Series.objects.none()


@extend_schema_field(OpenApiTypes.INT)
class EditableWorkspaceField(serializers.PrimaryKeyRelatedField):
    """The id of a workspace in which the caller may add meetings."""

    def get_queryset(self) -> Any:
        """Nothing without a caller."""
        request = self.context.get("request")
        return Workspace.objects.editable_by(request.user) if request else Workspace.objects.none()


class MeetingSerializer(serializers.ModelSerializer[Meeting]):
    """A meeting with its recording and its latest job in brief."""

    workspace = EditableWorkspaceField(
        required=False,
        allow_null=True,
        help_text="Null: shared with the caller alone. Changed, it moves the meeting.",
    )
    shared = serializers.BooleanField(
        source="shown_alone", read_only=True, help_text="Seen without its workspace."
    )
    language = serializers.RegexField(LANGUAGE, required=False, allow_blank=True)
    speakers = serializers.IntegerField(
        source="speakers_expected", min_value=1, max_value=50, allow_null=True, required=False
    )
    participants = LinesField()
    agenda = LinesField()
    vocabulary = serializers.CharField(max_length=10_000, required=False, allow_blank=True)
    series = EditableSeriesField(required=False, allow_null=True)
    recording = RecordingSerializer(read_only=True)
    job = JobBriefSerializer(read_only=True, allow_null=True)

    class Meta:
        model = Meeting
        fields = [
            "id",
            "workspace",
            "shared",
            "series",
            "title",
            "held_at",
            "language",
            "speakers",
            "participants",
            "agenda",
            "vocabulary",
            "recording",
            "job",
            "is_exempt",
            "created_at",
            "updated_at",
        ]
        read_only_fields = ["id", "created_at", "updated_at"]
        extra_kwargs = {
            "is_exempt": {"help_text": "Kept whatever the workspace's rule; owners set it."}
        }

    def to_representation(self, meeting: Meeting) -> dict[str, Any]:
        """Who is let into the meeting alone is told nothing of what lies beside it."""
        told = super().to_representation(meeting)
        return told | {"workspace": None, "series": None} if meeting.shown_alone else told

    def validate_workspace(self, workspace: Workspace | None) -> Workspace:
        """A meeting has one."""
        if workspace is None:
            raise serializers.ValidationError(_("A meeting belongs to a workspace."), code="null")
        return workspace

    def validate_series(self, series: Series | None) -> Series | None:
        """One of the meeting's workspace."""
        meeting = self.instance
        if isinstance(meeting, Meeting) and series and series.workspace_id != meeting.workspace_id:
            raise serializers.ValidationError(
                _("This series belongs to another workspace."), code="other_workspace"
            )
        return series


class NewMeetingSerializer(serializers.Serializer[Any]):
    """What is known about a new meeting beside its recording."""

    title = serializers.CharField(max_length=255, required=False, allow_blank=True)
    held_at = serializers.DateTimeField(required=False)
    language = serializers.RegexField(LANGUAGE, required=False, allow_blank=True)
    speakers = serializers.IntegerField(min_value=1, max_value=50, required=False, allow_null=True)
    participants = LinesField()
    agenda = LinesField()
    vocabulary = serializers.CharField(max_length=10_000, required=False, allow_blank=True)
    series = EditableSeriesField(
        required=False, allow_null=True, help_text="What is not told is taken from it."
    )
    template = serializers.CharField(
        max_length=50,
        required=False,
        allow_blank=True,
        help_text="Of the minutes: the id of one; that of the series or the workspace unless told.",
    )
    workspace = serializers.PrimaryKeyRelatedField(
        queryset=Workspace.objects.none(),
        required=False,
        help_text="That of the series, or yours, unless told.",
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        request = self.context.get("request")
        if request is not None:
            mine = Workspace.objects.editable_by(request.user)
            self.fields["workspace"].queryset = mine  # type: ignore[attr-defined]


class UploadSerializer(NewMeetingSerializer):
    """A new meeting with its recording in the same form."""

    recording = serializers.FileField(max_length=255, allow_empty_file=True)


@extend_schema_field(OpenApiTypes.UUID)
class OwnUploadField(serializers.PrimaryKeyRelatedField):
    """The id of an upload that the caller began."""

    def get_queryset(self) -> Any:
        """Nothing without a caller."""
        request = self.context.get("request")
        return Upload.objects.begun_by(request.user) if request else Upload.objects.none()


class UploadedSerializer(NewMeetingSerializer):
    """A new meeting whose recording arrived in parts."""

    upload = OwnUploadField(help_text="What `uploads/` answered; it must be complete.")


class ProcessSerializer(serializers.Serializer[Any]):
    """How to process a meeting once more."""

    from_stage = serializers.ChoiceField(choices=STAGE_NAMES, default="convert")
    language = serializers.RegexField(LANGUAGE, required=False, allow_blank=True)
    speakers = serializers.IntegerField(min_value=1, max_value=50, required=False, allow_null=True)
    template = serializers.CharField(
        max_length=50, required=False, allow_blank=True, help_text="Of the minutes: the id of one."
    )


class TicketSerializer(serializers.Serializer[Any]):
    """The right to open a meeting's socket once."""

    ticket = serializers.CharField()
    expires_in = serializers.IntegerField(help_text="Seconds.")


class PeaksSerializer(serializers.Serializer[Any]):
    """How loud the recording is, for drawing it: the highest sample, 0..1, of equal stretches."""

    version = serializers.IntegerField()
    duration = serializers.FloatField()
    peaks = serializers.ListField(child=serializers.FloatField())
