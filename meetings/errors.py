"""Errors that a stage, an upload or a request may end with."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.errors import ProtokolError


class StageError(ProtokolError):
    """A stage cannot go on: retryable ones are tried again, bounded; others end the stage."""

    code = "stage_failed"
    status = 500


class Superseded(Exception):  # noqa: N818  (not an error of anybody's)
    """Another attempt owns the stage now, or the job was cancelled: stop, write nothing."""


class JobIsRunning(ProtokolError):  # noqa: N818
    """The meeting is being processed already."""

    code = "job_running"
    status = 409

    def __init__(self) -> None:
        super().__init__(_("This meeting is being processed. Wait for the end or cancel first."))


class NothingToRetry(ProtokolError):  # noqa: N818
    """Only a job that failed or was cancelled can be tried again."""

    code = "nothing_to_retry"
    status = 409

    def __init__(self) -> None:
        super().__init__(_("Only a failed or cancelled job can be tried again."))


class UnacceptableRecording(ProtokolError):  # noqa: N818
    """The uploaded file is no recording that can be worked on; nothing of it is kept."""

    code = "not_media"
    status = 422


def as_dict(error: Mapping[str, Any]) -> dict[str, Any] | None:
    """The error of a stage or an attempt as the API shows it, or None where there is none."""
    if not error.get("code"):
        return None
    return {key: error.get(key) for key in ("code", "detail", "retryable")}
