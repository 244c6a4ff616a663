"""Minutes by the workspace's language model: its provider, its limits, its ledger."""

from collections.abc import Callable
from typing import Any

import structlog
from django.conf import settings
from django.utils.module_loading import import_string

from accounts.secrets import Unreadable
from meetings.models import Meeting
from meetings.pipeline import Claim
from reports.models import LlmCall
from reports.services import language_models
from reports.services.llm_slots import slots
from reports.writers import base
from reports.writers.llm.provider import Provider

WRITER = "reports.writers.llm.writer.LanguageModelWriter"
"""By its path: vendors' libraries belong into the worker that asks, not into the web process."""
LIMITS = "reports.writers.llm.writer.Limits"
LEASE_BEYOND_CALL = 30.0
"""Seconds that a slot is kept longer than a call may last."""
KEY_LOST = "key_lost"

log = structlog.get_logger(__name__)


def writer_for(claim: Claim, without: base.Writer) -> base.Writer:
    """Who writes for the claim's meeting: a language model where one is configured.

    ``without`` writes where none is, and where it fails.
    """
    meeting = Meeting.objects.get(pk=claim.meeting_id)
    return writer_of(
        meeting, without, job_id=claim.job_id, planned=lambda plan: _stated(claim, plan)
    )


def writer_of(
    meeting: Meeting,
    without: base.Writer,
    *,
    job_id: str | None = None,
    planned: Callable[[Any], None] = lambda plan: None,
) -> base.Writer:
    """As ``writer_for``, also where no job is: ``planned`` is told the plan before any call."""
    try:
        provider = language_models.of_workspace(meeting.workspace_id)
    except Unreadable:
        log.warning("llm_key_unreadable", workspace=meeting.workspace_id)
        return Noting(without, f"written_without:{KEY_LOST}:{KEY_LOST}")
    if provider is None:
        return without
    made: base.Writer = import_string(WRITER)(
        provider,
        without=without,
        limits=import_string(LIMITS)(
            seconds=settings.LLM_SECONDS,
            call_seconds=settings.LLM_CALL_SECONDS,
            calls=settings.LLM_CALLS_MOST,
        ),
        slot=slots(
            provider,
            at_once=settings.LLM_AT_ONCE,
            lease=settings.LLM_CALL_SECONDS + LEASE_BEYOND_CALL,
        ),
        record=ledger(provider, meeting, job_id),
        planned=planned,
    )
    return made


class Noting:
    """A writer whose minutes carry one more note."""

    def __init__(self, writer: base.Writer, note: str) -> None:
        self.name, self._writer, self._note = writer.name, writer, note

    def write(
        self, meeting: base.Meeting, *, progress: Callable[[float], None] = lambda share: None
    ) -> base.Draft:
        """The minutes of the writer, with the note first."""
        draft = self._writer.write(meeting, progress=progress)
        return base.Draft(draft.sections, draft.writer, (self._note, *draft.notes))


def ledger(
    provider: Provider, meeting: Meeting | None, job_id: str | None, *, workspace_id: int = 0
) -> Callable[[Any], None]:
    """Writes each call down as it ends, whatever becomes of the minutes."""

    def record(call: Any) -> None:
        LlmCall.objects.create(
            workspace_id=meeting.workspace_id if meeting else workspace_id,
            meeting=meeting,
            job_id=job_id,
            provider=provider.kind,
            host=provider.host[:255],
            model=provider.model[:150],
            purpose=call.purpose,
            outcome=call.outcome,
            said=call.said[:300],
            tokens_in=call.tokens_in,
            tokens_out=call.tokens_out,
            estimated=call.estimated,
            cost=call.cost,
            seconds=call.seconds,
        )

    return record


def _stated(claim: Claim, plan: Any) -> None:
    """The plan, in the history of the stage before the first call is made."""
    claim.metrics.update(
        llm_calls_planned=plan.calls,
        llm_calls_most=plan.calls_most,
        llm_tokens_in_planned=plan.tokens_in,
        llm_tokens_out_planned=plan.tokens_out,
    )
    log.info(
        "llm_plan",
        meeting=claim.meeting_id,
        stretches=len(plan.stretches),
        **{k: v for k, v in claim.metrics.items() if k.startswith("llm_")},
    )
