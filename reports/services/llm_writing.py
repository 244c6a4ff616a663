"""Minutes by the workspace's language model: its provider, its limits, its ledger."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import structlog
from django.conf import settings
from django.utils.module_loading import import_string

from accounts.months import this_month
from accounts.secrets import Unreadable
from accounts.services import quotas
from meetings.models import Meeting
from meetings.pipeline import Claim
from reports.models import LlmCall
from reports.services import language_models
from reports.services.llm_slots import slots
from reports.writers import base
from reports.writers.llm.provider import Failure, Provider

WRITER = "reports.writers.llm.writer.LanguageModelWriter"
"""By its path: vendors' libraries belong into the worker that asks, not into the web process."""
LIMITS = "reports.writers.llm.writer.Limits"
LEASE_BEYOND_CALL = 30.0
"""Seconds that a slot is kept longer than a call may last."""
KEY_LOST = "key_lost"
QUOTA = "quota"
"""Why minutes are written without the model where the month's tokens do not suffice."""

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
    if tokens_left(meeting.workspace_id) == 0:
        return Noting(without, f"written_without:{provider.kind}:{QUOTA}")
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
        planned=lambda plan: _planned(meeting.workspace_id, plan, planned),
    )
    return made


def tokens_left(workspace_id: int) -> int | None:
    """Tokens that the workspace may still use this month, at least 0; None for any number."""
    limit = quotas.limits_of(workspace_id).tokens
    if limit is None:
        return None
    used = LlmCall.objects.filter(workspace=workspace_id).in_month(this_month()).sums()
    return max(0, limit - int(used["tokens_in"]) - int(used["tokens_out"]))


def written_by(provider: Provider) -> str:
    """The note that names who wrote."""
    facts = (provider.kind, provider.host, provider.model)
    return ":".join(["written_by", *(quote(fact, safe="") for fact in facts)])


def must_have_tokens(workspace_id: int, plan: Any = None) -> None:
    """Failure, before any call is made, where the plan, or any call, needs more than is left."""
    left = tokens_left(workspace_id)
    needed = plan.tokens_in + plan.tokens_out if plan else 1
    if left is not None and needed > left:
        raise Failure(QUOTA)


def _planned(workspace_id: int, plan: Any, told: Callable[[Any], None]) -> None:
    must_have_tokens(workspace_id, plan)
    told(plan)


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
    """Writes each call down as it ends, whatever becomes of the minutes.

    What the provider said is kept only with a meeting, which takes it along when it goes: an error
    may repeat what was sent.
    """

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
            said=call.said[:300] if meeting else "",
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
