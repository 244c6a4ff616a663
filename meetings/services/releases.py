"""Claims that a worker lets go of before their lease is over, so that others need not wait."""

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now
from django.utils.translation import gettext_noop

from meetings.models import Attempt, StageRun
from meetings.services import attempts


@transaction.atomic
def release(*, task_id: str) -> bool:
    """Give back what the message ``task_id`` claimed: its worker was told to stop.

    The attempt stays in the history and is not counted, for nothing was wrong with it.
    """
    attempt = _attempt_of(task_id)
    if attempt is None:
        return False
    released = StageRun.every.filter(
        pk=attempt.stage_id, token=attempt.token, state=StageRun.State.RUNNING
    ).update(
        state=StageRun.State.PENDING,
        token=None,
        lease_until=None,
        attempts_left=F("attempts_left") + 1,
    )
    attempts.close(Attempt.objects.filter(pk=attempt.pk), Attempt.Outcome.LOST, error=STOPPED)
    return bool(released)


@transaction.atomic
def expire(*, task_id: str) -> bool:
    """End the lease of what the message ``task_id`` claimed: the process that held it is dead."""
    attempt = _attempt_of(task_id)
    return attempt is not None and bool(
        StageRun.every.filter(
            pk=attempt.stage_id, token=attempt.token, state=StageRun.State.RUNNING
        ).update(lease_until=Now())
    )


STOPPED = {
    "code": "worker_stopped",
    "sentence": gettext_noop("The worker was stopped; the stage goes on elsewhere."),
    "retryable": True,
}


def _attempt_of(task_id: str) -> Attempt | None:
    return (
        Attempt.objects.select_for_update()
        .filter(task_id=task_id, outcome=Attempt.Outcome.RUNNING)
        .first()
    )
