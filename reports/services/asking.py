"""Questions over the meetings of a workspace: asked by a person, answered by a worker.

What is read is what the person may see at that moment. The workspace's language model answers, and
where it has none, or it fails, the nearest words are quoted as they were said.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import structlog
from celery import current_app
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db import OperationalError as DatabaseAway
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.module_loading import import_string
from kombu.exceptions import OperationalError

from accounts import manners
from accounts.acts import Act
from accounts.models import User, Workspace
from accounts.secrets import Unreadable
from accounts.services import audit
from meetings.models import Meeting, Series
from meetings.services import traces
from reports.answers import extractive
from reports.answers.base import Inquiry, Place, checked
from reports.errors import TooManyQuestions
from reports.models import AnswerSentence, Citation, Question
from reports.services import language_models, llm_writing
from reports.services.llm_slots import slots
from reports.writers import base
from reports.writers.llm.provider import Failure, Provider
from transcription import meaning, registry
from transcription.errors import MeaningIsOff
from transcription.meaning import Stretch

TASK = "reports.tasks.answer_question"
"""By name: services know no tasks."""
QUEUE = "llm"
ANSWER = "reports.answers.language_model.answer"
"""By its path: vendors' libraries belong into the worker that asks."""
READ = 40
"""Places that an answer may rest on, as far as the model has room for them."""
WAITING_MOST = 3
"""Questions of a person that wait for an answer at the same time."""
KEPT = 50
"""Questions of a person that are kept with their answers; older ones go."""
BEYOND_CALL = timedelta(minutes=5)
"""For which a question is its worker's beside the call: to search, wait for a slot, store."""

LANGUAGE_MODEL = "llm"
"""As ``extractive.NAME``, for who wrote."""

State = Question.State
log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class About:
    """Which meetings of the workspace are asked about: all of them, of a series, of some days."""

    series: Series | None = None
    held_from: date | None = None
    held_to: date | None = None


@transaction.atomic
def ask(*, by: User, workspace: Workspace, text: str, about: About = About()) -> Question:
    """A question that a worker answers after the commit.

    MeaningIsOff where nothing could be found, TooManyQuestions where the person waits for several.
    """
    if not meaning.is_on():
        raise MeaningIsOff
    User.objects.select_for_update().get(pk=by.pk)
    mine = Question.objects.filter(asked_by=by)
    if mine.waiting().count() >= WAITING_MOST:
        raise TooManyQuestions(WAITING_MOST)
    question = Question.objects.create(
        workspace=workspace,
        asked_by=by,
        text=" ".join(text.split()),
        series=about.series,
        held_from=about.held_from,
        held_to=about.held_to,
        due_at=Now() + Question.AGAIN_AFTER,
    )
    kept = mine.values_list("pk", flat=True)[:KEPT]
    _delete(mine.exclude(state=State.WAITING).exclude(pk__in=list(kept)))
    audit.record(Act.QUESTION_ASKED, of=workspace, by=by)
    transaction.on_commit(lambda: _send([question.pk]))
    return question


def answer(*, question_id: str) -> None:
    """Answer the question, if it still waits and nobody else is at it."""
    question = _claimed(question_id)
    if question is None:
        return
    mine = Question.objects.waiting().filter(pk=question.pk, token=question.token)
    try:
        with manners.of_person(question.asked_by):
            stretches = meaning.nearest(_passages(question), question.text, most=READ)
            inquiry = _inquiry(question, stretches)
            _store(question, inquiry, stretches, *_answered(question, inquiry))
    except (DatabaseAway, IntegrityError) as error:
        log.warning("answer_put_off", question=question_id, error=str(error))
        mine.update(token=None, due_at=Now())  # what it cites went meanwhile, or the like
    except Exception:
        mine.update(state=State.FAILED, finished_at=Now())
        raise


def _claimed(question_id: str) -> Question | None:
    """The question, the caller's own for as long as a call and what belongs to it may take."""
    free = Question.objects.waiting().filter(pk=question_id, token=None, attempts_left__gt=0)
    token = uuid.uuid4()
    lease = timedelta(seconds=settings.LLM_CALL_SECONDS) + BEYOND_CALL
    free.update(token=token, attempts_left=F("attempts_left") - 1, due_at=Now() + lease)
    mine = Question.objects.waiting().filter(pk=question_id, token=token)
    return mine.select_related("asked_by", "workspace").first()


def tend() -> None:
    """Every minute: go on with what was lost, give up what is hopeless."""
    late = Question.objects.waiting().filter(due_at__lt=Now())
    hopeless = Q(attempts_left=0) | Q(created_at__lt=Now() - Question.GIVEN_UP_AFTER)
    late.filter(hopeless).update(state=State.FAILED, finished_at=Now())
    lost = list(late.values_list("pk", flat=True))
    late.filter(pk__in=lost).update(token=None, due_at=Now() + Question.AGAIN_AFTER)
    _send(lost)


@transaction.atomic
def forget(*, question: Question) -> None:
    """Delete the question and its answer, because who asked wants it."""
    audit.record(Act.QUESTION_DELETED, of=question.workspace, by=question.asked_by)
    _delete(Question.objects.filter(pk=question.pk))


def forget_meeting(meeting: Meeting, **rest: Any) -> None:
    """With a meeting go the answers that quote it."""
    _delete(Question.objects.filter(sentences__citations__meeting=meeting))


def forget_series(instance: Series, **rest: Any) -> None:
    """What waits and was asked of this series alone must not be answered from all the others."""
    _delete(Question.objects.waiting().filter(series=instance))


def _delete(questions: QuerySet[Question]) -> None:
    """With what was kept of the requests that asked them."""
    pks = list(questions.values_list("pk", flat=True).distinct())
    if pks:
        traces.wipe_answers(pks)
        Question.objects.filter(pk__in=pks).delete()


def in_sight(questions: Sequence[Question], user: Any) -> set[uuid.UUID]:
    """Those whose answers rest on nothing but what ``user`` may still see; 1 query."""
    cited = {question.pk: _cited(question) for question in questions}
    meetings = Meeting.objects.visible_to(user).filter(pk__in=set().union(*cited.values()))
    seen = set(meetings.values_list("pk", flat=True))
    return {pk for pk, those in cited.items() if those <= seen}


def _cited(question: Question) -> set[Any]:
    return {citation.meeting_id for citation in question.citations()}


def _passages(question: Question) -> Any:
    """What is in the person's sight and in the question's bounds."""
    found = meaning.in_sight(question.asked_by).filter(
        transcript__meeting__workspace=question.workspace_id
    )
    bounds = {
        "transcript__meeting__series": question.series_id,
        "transcript__meeting__held_at__date__gte": question.held_from,
        "transcript__meeting__held_at__date__lte": question.held_to,
    }
    return found.filter(**{path: value for path, value in bounds.items() if value is not None})


def _inquiry(question: Question, stretches: Sequence[Stretch]) -> Inquiry:
    voices = {s.speaker for one in stretches for s in one.segments if s.speaker}
    return Inquiry(
        question.text,
        tuple(
            Place(
                one.meeting.title,
                timezone.localtime(one.meeting.held_at).date(),
                tuple(map(_said, one.segments)),
            )
            for one in stretches
        ),
        {str(speaker.pk): speaker.display_name for speaker in voices},
    )


def _said(row: Any) -> base.Segment:
    return base.Segment(
        row.pk, row.start, row.end, str(row.speaker_id or ""), row.text, row.language
    )


def _answered(question: Question, inquiry: Inquiry) -> tuple[list[base.Statement], str, list[str]]:
    """The sentences, who wrote them, and notes on how that came, as minutes have them."""
    try:
        provider = language_models.of_workspace(question.workspace_id)
    except Unreadable:
        key_lost = llm_writing.KEY_LOST
        return _quoted(inquiry), extractive.NAME, [f"written_without:{key_lost}:{key_lost}"]
    if provider is None or not inquiry.places:
        return _quoted(inquiry), extractive.NAME, []
    try:
        found = _asked(provider, question.workspace_id, inquiry)
    except Failure as failure:
        note = f"written_without:{provider.kind}:{failure.reason}"
        return _quoted(inquiry), extractive.NAME, [note]
    return found, LANGUAGE_MODEL, [llm_writing.written_by(provider)]


def _asked(provider: Provider, workspace_id: int, inquiry: Inquiry) -> list[base.Statement]:
    """What the language model says; Failure where it does not, or may not any more this month."""
    llm_writing.must_have_tokens(workspace_id)
    seconds = settings.LLM_CALL_SECONDS
    statements: list[base.Statement] = import_string(ANSWER)(
        inquiry,
        provider,
        seconds=seconds,
        slot=slots(
            provider,
            at_once=settings.LLM_AT_ONCE,
            lease=seconds + llm_writing.LEASE_BEYOND_CALL,
        ),
        record=llm_writing.ledger(provider, None, None, workspace_id=workspace_id),
        planned=lambda plan: llm_writing.must_have_tokens(workspace_id, plan),
    )
    return statements


def _quoted(inquiry: Inquiry) -> list[base.Statement]:
    embedder = registry.embedder()
    if embedder is None or not inquiry.places:
        return []
    asked = embedder.question(inquiry.question)

    def nearness(texts: Sequence[str]) -> list[float]:
        return [
            sum(a * b for a, b in zip(asked, said, strict=True))
            for said in embedder.passages(texts)
        ]

    return extractive.answer(inquiry, nearness)


@transaction.atomic
def _store(
    question: Question,
    inquiry: Inquiry,
    stretches: Sequence[Stretch],
    statements: Sequence[base.Statement],
    writer: str,
    notes: Sequence[str],
) -> None:
    """The answer, unless it is another worker's by now; numbers rise as one reads."""
    done = Question.objects.waiting().filter(pk=question.pk, token=question.token)
    if not done.update(state=State.DONE, writer=writer, notes=list(notes), finished_at=Now()):
        return
    meeting_of = {s.pk: one.meeting.pk for one in stretches for s in one.segments}
    numbers: dict[tuple[int, str], int] = {}
    for position, (said, verdict) in enumerate(checked(inquiry, statements)):
        row = AnswerSentence.objects.create(
            question=question,
            position=position,
            text=said.text,
            verdict=verdict.verdict,
            reason=verdict.reason,
        )
        for evidence in said.evidence:
            place = (evidence.segment, evidence.quote)
            Citation.objects.create(
                sentence=row,
                number=numbers.setdefault(place, len(numbers) + 1),
                meeting_id=meeting_of[evidence.segment],
                segment_id=evidence.segment,
                start=evidence.start,
                end=evidence.end,
                quote=evidence.quote,
            )


def _send(pks: Sequence[uuid.UUID]) -> None:
    """A broker that is away leaves the rest for ``tend``."""
    try:
        for pk in pks:
            current_app.send_task(TASK, args=[str(pk)], queue=QUEUE)
    except (OperationalError, OSError) as error:
        log.warning("broker_away", error=str(error), waiting=len(pks))
