"""What a worker's main process does about a link that its pool will not finish."""

import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import structlog
from billiard.exceptions import WorkerLostError
from celery.worker.request import Request
from django.db import DatabaseError, connection

from meetings.services import releases

PATIENCE = 5.0
"""Seconds that a stopping worker waits for the database; then leases run out by themselves."""

log = structlog.get_logger(__name__)


class StageRequest(Request):
    """A link in a worker's hands; its claim is let go of as soon as it is known to be lost."""

    def cancel(self, pool: Any, signal: Any = None, emit_retry: bool = True) -> None:
        """The worker stops: the stage goes on with the next one, at once."""
        with suppress(NotImplementedError):  # threads cannot be stopped, but fenced
            super().cancel(pool, signal, emit_retry)
        _beside(releases.release, self.id)

    def on_failure(
        self, exc_info: Any, send_failed_event: bool = True, return_ok: bool = False
    ) -> None:
        """The pool's process died: nobody needs to wait for the end of its lease."""
        if isinstance(exc_info.exception, WorkerLostError):
            _beside(releases.expire, self.id)
        super().on_failure(exc_info, send_failed_event, return_ok)


def _beside(act: Callable[..., bool], task_id: str) -> None:
    """Call ``act`` in a thread: no connection of the main process is inherited by its children,
    and a signal may have interrupted the main thread anywhere.
    """
    thread = threading.Thread(target=_act, args=(act, task_id), name="release", daemon=True)
    thread.start()
    thread.join(PATIENCE)


def _act(act: Callable[..., bool], task_id: str) -> None:
    try:
        act(task_id=task_id)
    except DatabaseError as error:
        log.warning("claim_not_released", task=task_id, error=str(error))
    finally:
        connection.close()
