"""Rows for tests, made in one line each: ``MeetingFactory(owner=user)``, ``JobFactory(…)``."""

import uuid
from datetime import timedelta
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from accounts.models import Membership, User, Workspace
from meetings import pipeline
from meetings.models import (
    Attachment,
    AttachmentPage,
    Attempt,
    Job,
    Meeting,
    Recording,
    Series,
    StageRun,
)
from reports.models import (
    ActionItem,
    CalendarFeed,
    CarriedItem,
    Evidence,
    Minutes,
    Reminder,
    Section,
    Statement,
    Template,
)
from transcription.models import KnownVoice, Segment, Speaker, Transcript

SENTENCES = (
    "Предлагаю перенести выпуск на пятницу.",
    "Согласна, решили: выпуск в пятницу.",
    "Бюджет составит двести тысяч рублей.",
    "Анна подготовит список задач до среды.",
)


class UserFactory(DjangoModelFactory[User]):
    """A person with a personal workspace; nobody can sign in unless a ``password`` is given."""

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    name = factory.Sequence(lambda n: f"Person {n}")
    language = "en"

    class Meta:
        model = User

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, **kwargs: Any) -> User:
        return model_class.objects.create_user(*args, **kwargs)


class WorkspaceFactory(DjangoModelFactory[Workspace]):
    """A shared workspace without members; ``MembershipFactory`` adds them."""

    name = factory.Sequence(lambda n: f"Workspace {n}")

    class Meta:
        model = Workspace


class MembershipFactory(DjangoModelFactory[Membership]):
    """A person in a workspace, as editor."""

    workspace = factory.SubFactory(WorkspaceFactory)
    user = factory.SubFactory(UserFactory)
    role = Membership.Role.EDITOR

    class Meta:
        model = Membership


class SeriesFactory(DjangoModelFactory[Series]):
    """A series in ``owner``'s personal workspace or a new one, without meetings."""

    workspace = factory.LazyAttribute(
        lambda o: o.owner.workspaces.get(personal=True) if o.owner else WorkspaceFactory()
    )
    name = factory.Sequence(lambda n: f"Series {n}")

    class Meta:
        model = Series

    class Params:
        owner = None


class RecordingFactory(DjangoModelFactory[Recording]):
    """The row of a converted recording; no object is stored under its keys."""

    meeting = factory.SubFactory("tests.factories.MeetingFactory", recording=None)
    key = factory.LazyAttribute(
        lambda o: f"meetings/{o.meeting.pk}/original-{uuid.uuid4().hex}.ogg"
    )
    filename = "meeting.ogg"
    bytes = 1_000
    sha256 = factory.LazyFunction(lambda: uuid.uuid4().hex * 2)
    container = "ogg"
    duration = 60.0

    class Meta:
        model = Recording


class MeetingFactory(DjangoModelFactory[Meeting]):
    """A meeting with its recording's row, in ``owner``'s personal workspace or a new one.

    ``recording=None`` makes none; ``recording__duration=…`` and so on set its fields.
    """

    workspace = factory.LazyAttribute(
        lambda o: o.owner.workspaces.get(personal=True) if o.owner else WorkspaceFactory()
    )
    title = factory.Sequence(lambda n: f"Meeting {n}")
    recording = factory.RelatedFactory(RecordingFactory, factory_related_name="meeting")

    class Meta:
        model = Meeting
        skip_postgeneration_save = True

    class Params:
        owner = None


class AttachmentFactory(DjangoModelFactory[Attachment]):
    """The row of a document that was read; no object is stored under its key.

    ``pages=("text", …)`` makes its pages.
    """

    meeting = factory.SubFactory(MeetingFactory)
    key = factory.LazyAttribute(lambda o: f"meetings/{o.meeting.pk}/attachment-{uuid.uuid4().hex}")
    filename = "Смета.pdf"
    bytes = 1_000
    sha256 = factory.LazyFunction(lambda: uuid.uuid4().hex * 2)
    media_type = "application/pdf"
    state = Attachment.State.READ
    unit = Attachment.Unit.PAGE
    pages_count = 1

    class Meta:
        model = Attachment
        skip_postgeneration_save = True

    @factory.post_generation
    def pages(self: Attachment, create: bool, texts: Any, **kwargs: Any) -> None:
        """A page for each text."""
        for number, text in enumerate(texts or (), 1):
            AttachmentPageFactory(attachment=self, number=number, text=text)
        if texts:
            Attachment.objects.filter(pk=self.pk).update(pages_count=len(texts))
            self.pages_count = len(texts)


class AttachmentPageFactory(DjangoModelFactory[AttachmentPage]):
    """A page of an estimate."""

    attachment = factory.SubFactory(AttachmentFactory)
    number = 1
    text = "Ремонт кровли составит 480 000 рублей."

    class Meta:
        model = AttachmentPage


class JobFactory(DjangoModelFactory[Job]):
    """A queued job with all stages pending.

    ``stages={"convert": "succeeded"}`` sets states; ``done=True`` is a job that succeeded.
    """

    meeting = factory.SubFactory(MeetingFactory)
    number = factory.LazyAttribute(lambda o: Job.objects.filter(meeting=o.meeting).count() + 1)

    class Meta:
        model = Job
        skip_postgeneration_save = True

    class Params:
        done = factory.Trait(
            state=Job.State.SUCCEEDED,
            started_at=factory.LazyFunction(timezone.now),
            finished_at=factory.LazyFunction(timezone.now),
        )

    @factory.post_generation
    def stages(self: Job, create: bool, states: dict[str, str] | None, **kwargs: Any) -> None:
        """A row a stage in the state given, else done in a done job and pending in others."""
        rest = "succeeded" if self.state == Job.State.SUCCEEDED else "pending"
        for stage in pipeline.STAGES:
            StageRunFactory(job=self, name=stage.name, state=(states or {}).get(stage.name, rest))


class StageRunFactory(DjangoModelFactory[StageRun]):
    """One stage of a job; a running one has a claim's token and lease."""

    job = factory.SubFactory(JobFactory)
    name = "convert"
    position = factory.LazyAttribute(lambda o: pipeline.STAGES.index(pipeline.BY_NAME[o.name]))
    queue = factory.LazyAttribute(lambda o: pipeline.BY_NAME[o.name].queue)
    required = factory.LazyAttribute(lambda o: pipeline.BY_NAME[o.name].required)
    attempts_left = factory.LazyAttribute(lambda o: pipeline.BY_NAME[o.name].attempts)
    state = StageRun.State.PENDING
    progress = factory.LazyAttribute(lambda o: 1.0 if o.state == "succeeded" else 0.0)
    token = factory.LazyAttribute(lambda o: uuid.uuid4() if o.state == "running" else None)
    lease_until = factory.LazyAttribute(
        lambda o: timezone.now() + timedelta(minutes=1) if o.state == "running" else None
    )

    class Meta:
        model = StageRun


class AttemptFactory(DjangoModelFactory[Attempt]):
    """An attempt at a stage, still running."""

    stage = factory.SubFactory(StageRunFactory)
    run = 1
    number = factory.LazyAttribute(lambda o: o.stage.attempts.count() + 1)
    token = factory.LazyFunction(uuid.uuid4)
    started_at = factory.LazyFunction(timezone.now)

    class Meta:
        model = Attempt


class SpeakerFactory(DjangoModelFactory[Speaker]):
    """A voice of a transcript."""

    transcript = factory.SubFactory("tests.factories.TranscriptFactory", segments=0)
    position = factory.LazyAttribute(lambda o: o.transcript.speakers.count())
    label = factory.LazyAttribute(lambda o: f"S{o.position + 1}")

    class Meta:
        model = Speaker


class SegmentFactory(DjangoModelFactory[Segment]):
    """A sentence with word times, a fifth of a second for each word."""

    transcript = factory.SubFactory("tests.factories.TranscriptFactory", segments=0)
    text = SENTENCES[0]
    start = 0.0
    end = factory.LazyAttribute(lambda o: o.words[-1]["end"] if o.words else o.start + 1)
    language = "ru"
    words = factory.LazyAttribute(
        lambda o: [
            {
                "start": round(o.start + 0.2 * place, 3),
                "end": round(o.start + 0.2 * place + 0.2, 3),
                "text": word,
                "confidence": 0.9,
            }
            for place, word in enumerate(o.text.split())
        ]
    )

    class Meta:
        model = Segment


class TranscriptFactory(DjangoModelFactory[Transcript]):
    """A finished transcript of two speakers in turn; ``segments`` says how many sentences."""

    job = factory.SubFactory(JobFactory, done=True)
    meeting = factory.SelfAttribute("job.meeting")
    language = "ru"
    engine = "whisper"
    model = "base"
    diarizer = "pyannote"
    duration = 60.0
    complete = True

    class Meta:
        model = Transcript
        skip_postgeneration_save = True

    @factory.post_generation
    def segments(self: Transcript, create: bool, count: int | None, **kwargs: Any) -> None:
        """``count`` sentences (4 unless told), three seconds apart."""
        wanted = 4 if count is None else count
        speakers = [SpeakerFactory(transcript=self) for _ in range(min(2, wanted))]
        for n in range(wanted):
            SegmentFactory(
                transcript=self,
                speaker=speakers[n % len(speakers)],
                start=3.0 * n,
                text=SENTENCES[n % len(SENTENCES)],
            )


class KnownVoiceFactory(DjangoModelFactory[KnownVoice]):
    """A voice that a workspace knows, comparable with those of ``TranscriptFactory``."""

    workspace = factory.SubFactory(WorkspaceFactory)
    name = factory.Sequence(lambda n: f"Voice {n}")
    model = "pyannote"
    vector = factory.LazyFunction(lambda: [1.0, 0.0, 0.0])
    dimension = factory.LazyAttribute(lambda o: len(o.vector))
    seconds = 60.0

    class Meta:
        model = KnownVoice


class MinutesFactory(DjangoModelFactory[Minutes]):
    """Minutes of a finished transcript: a decision and an action item, each with evidence."""

    transcript = factory.SubFactory(TranscriptFactory)
    meeting = factory.SelfAttribute("transcript.meeting")
    version = factory.LazyAttribute(lambda o: o.meeting.minutes.count() + 1)
    language = "ru"
    writer = "extractive"

    class Meta:
        model = Minutes
        skip_postgeneration_save = True

    @factory.post_generation
    def statements(self: Minutes, create: bool, count: int | None, **kwargs: Any) -> None:
        """``count`` statements (2 unless told), in sections of two, from the segments in turn."""
        segments = list(self.transcript.segments.order_by("start"))
        for n in range(2 if count is None else count):
            if n % 2 == 0:
                section = SectionFactory(minutes=self, position=n // 2)
            kind = Statement.Kind.ACTION_ITEM if n % 2 else Statement.Kind.DECISION
            segment = segments[n % len(segments)]
            statement = StatementFactory(
                section=section, position=n % 2, kind=kind, text=segment.text
            )
            EvidenceFactory(statement=statement, segment=segment)


class SectionFactory(DjangoModelFactory[Section]):
    """A heading of minutes."""

    minutes = factory.SubFactory(MinutesFactory, statements=0)
    position = factory.LazyAttribute(lambda o: o.minutes.sections.count())
    kind = "decisions"
    title = "Решения"

    class Meta:
        model = Section


class StatementFactory(DjangoModelFactory[Statement]):
    """A supported statement; ``EvidenceFactory`` says what it rests on."""

    section = factory.SubFactory(SectionFactory)
    position = factory.LazyAttribute(lambda o: o.section.statements.count())
    kind = Statement.Kind.DECISION
    text = SENTENCES[1]
    verdict = Statement.Verdict.SUPPORTED
    assignee = factory.LazyAttribute(lambda o: "Анна" if o.kind == "action_item" else "")

    class Meta:
        model = Statement


class EvidenceFactory(DjangoModelFactory[Evidence]):
    """The whole of a segment as evidence."""

    statement = factory.SubFactory(StatementFactory)
    segment = factory.SubFactory(SegmentFactory)
    start = factory.SelfAttribute("segment.start")
    end = factory.SelfAttribute("segment.end")
    quote = factory.SelfAttribute("segment.text")

    class Meta:
        model = Evidence


class ActionItemFactory(DjangoModelFactory[ActionItem]):
    """An open action item of a meeting, with a statement that rests on a segment.

    ``meeting=…`` of a finished job; its minutes are made where there are none.
    """

    meeting = factory.SubFactory(MeetingFactory)
    text = "Анна подготовит список задач."
    assignee = "Анна"
    statement = factory.LazyAttribute(lambda o: _said_in(o.meeting, o.text, o.assignee, o.due))
    due = None

    class Meta:
        model = ActionItem


def _said_in(meeting: Meeting, text: str, assignee: str, due: Any) -> Any:
    """A statement of the meeting's newest minutes, said in a segment of its own."""
    minutes: Any = meeting.minutes.first() or MinutesFactory(
        transcript=TranscriptFactory(job=JobFactory(meeting=meeting, done=True)), statements=0
    )
    section: Any = minutes.sections.first() or SectionFactory(minutes=minutes)
    speaker = minutes.transcript.speakers.first()
    start = 60.0 + 10 * section.statements.count()
    segment = SegmentFactory(transcript=minutes.transcript, speaker=speaker, text=text, start=start)
    statement = StatementFactory(
        section=section, kind="action_item", text=text, assignee=assignee, due=due
    )
    EvidenceFactory(statement=statement, segment=segment)
    return statement


class CarriedItemFactory(DjangoModelFactory[CarriedItem]):
    """An item of an earlier meeting that nobody mentioned."""

    item = factory.SubFactory(ActionItemFactory)
    statement = factory.SubFactory(StatementFactory, kind="carry_over")
    outcome = CarriedItem.Outcome.SILENT
    since = factory.LazyAttribute(lambda o: timezone.localdate())

    class Meta:
        model = CarriedItem


class TemplateFactory(DjangoModelFactory[Template]):
    """A workspace's own template with one section, in ``owner``'s workspace or a new one."""

    workspace = factory.LazyAttribute(
        lambda o: o.owner.workspaces.get(personal=True) if o.owner else WorkspaceFactory()
    )
    name = factory.Sequence(lambda n: f"Template {n}")
    sections = factory.LazyFunction(
        lambda: [
            {
                "key": "facts",
                "kind": "point",
                "title": {"ru": "Факты", "en": "Facts"},
                "prompt": {"ru": "", "en": ""},
                "context": "talk",
                "depends_on": [],
                "rule": "key_points",
            }
        ]
    )

    class Meta:
        model = Template

    class Params:
        owner = None


class ReminderFactory(DjangoModelFactory[Reminder]):
    """A reminder that waits."""

    item = factory.SubFactory(ActionItemFactory)
    recipient = factory.SubFactory(UserFactory)
    day = factory.LazyFunction(timezone.localdate)

    class Meta:
        model = Reminder


class CalendarFeedFactory(DjangoModelFactory[CalendarFeed]):
    """A calendar address; its token is ``token``."""

    user = factory.SubFactory(UserFactory)
    digest = factory.LazyAttribute(lambda o: CalendarFeed.digest_of(o.token))

    class Meta:
        model = CalendarFeed

    class Params:
        token = "token"
