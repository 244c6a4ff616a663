"""Errors that a stage, an upload or a request may end with."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.errors import ProtokolError
from meetings.reading.errors import SENTENCES


class StageError(ProtokolError):
    """A stage cannot go on: retryable ones are tried again, bounded; others end the stage."""

    code = "stage_failed"
    status = 500


class Superseded(Exception):  # noqa: N818  (not an error of anybody's)
    """The work is another's now, or is not wanted any more: stop, write nothing."""


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


class NothingToCancel(ProtokolError):  # noqa: N818
    """Only a job that waits or runs can be cancelled."""

    code = "nothing_to_cancel"
    status = 409

    def __init__(self) -> None:
        super().__init__(_("Nothing is running that could be cancelled."))


class NothingToRelease(ProtokolError):  # noqa: N818
    """Only what a worker holds, or what was sent and waits, can be released."""

    code = "nothing_to_release"
    status = 409

    def __init__(self) -> None:
        super().__init__(_("This job is not with the workers: it is over, or waits for its turn."))


class StageNotDone(ProtokolError):  # noqa: N818
    """What a stage would begin with was never made."""

    code = "stage_not_done"
    status = 409

    def __init__(self, stage: str) -> None:
        super().__init__(
            _("“%(stage)s” has not been done for this meeting yet; begin there.") % {"stage": stage}
        )


class KeyUsedOtherwise(ProtokolError):  # noqa: N818
    """An Idempotency-Key names one request; this is another."""

    code = "idempotency_key_reused"
    status = 409

    def __init__(self) -> None:
        super().__init__(_("This Idempotency-Key was used for another request."))


class ReadOnlyMember(ProtokolError):  # noqa: N818
    """Viewers of a workspace see its meetings and change nothing."""

    code = "read_only"
    status = 403

    def __init__(self) -> None:
        super().__init__(_("You may see this, but not change it."))


class InTheBin(ProtokolError):  # noqa: N818
    """What was thrown away is not worked on."""

    code = "in_the_bin"
    status = 409

    def __init__(self) -> None:
        super().__init__(_("This meeting lies in the bin. Restore it first."))


class RecordingDeleted(ProtokolError):  # noqa: N818
    """The recording went by the workspace's rule; what was made of it stayed."""

    code = "recording_deleted"
    status = 410

    def __init__(self) -> None:
        super().__init__(
            _("The recording was deleted by the workspace's rule. Transcript and minutes stayed.")
        )


class ConfirmationNeeded(ProtokolError):  # noqa: N818
    """Approved minutes are not deleted by the way: their number is to be typed."""

    code = "confirmation_needed"
    status = 409

    def __init__(self, seal: str) -> None:
        super().__init__(
            _("Approved minutes would go. Confirm it with their number, %(number)s.")
            % {"number": seal}
        )
        self.extra = {"confirmation": seal}


class MembersOnly(ProtokolError):  # noqa: N818
    """Who is let into one meeting alone has nothing to do with its workspace."""

    code = "members_only"
    status = 403

    def __init__(self) -> None:
        super().__init__(_("Only members of its workspace may do this."))


class TooManyTries(ProtokolError):  # noqa: N818
    """Passwords are not guessed here; ``seconds`` says when to come again."""

    code = "too_many_tries"
    status = 429
    retryable = True

    def __init__(self, seconds: int) -> None:
        super().__init__(_("Too many wrong passwords. Try again in a quarter of an hour."))
        self.headers = {"Retry-After": str(seconds)}


class SeriesNameTaken(ProtokolError):  # noqa: N818
    """A workspace has one series of a name."""

    code = "name_taken"
    status = 409

    def __init__(self) -> None:
        super().__init__(_("There is a series of this name already."))


class OtherWorkspace(ProtokolError):  # noqa: N818
    """A meeting and its series belong to one workspace."""

    code = "other_workspace"
    status = 409

    def __init__(self) -> None:
        super().__init__(_("This series belongs to another workspace."))


class NotMadeYet(ProtokolError):  # noqa: N818
    """What is asked for will exist once a stage is done."""

    code = "not_ready"
    status = 404
    retryable = True

    def __init__(self) -> None:
        super().__init__(_("This does not exist yet; the meeting is still being processed."))


class StorageAway(ProtokolError):  # noqa: N818
    """The store of objects takes and gives nothing now."""

    code = "storage_away"
    status = 503
    retryable = True
    headers = {"Retry-After": "10"}

    def __init__(self) -> None:
        super().__init__(_("The store of recordings does not answer now. Try again in a minute."))


class QuotaExceeded(ProtokolError):  # noqa: N818
    """A workspace has used what it may, and is told which limit that is and when it is over."""

    code = "quota_exceeded"
    status = 402

    def __init__(
        self,
        sentence: str,
        *,
        quota: str,
        limit: float,
        used: float,
        asked: float | None,
        renews_at: datetime | None = None,
    ) -> None:
        """``limit``, ``used`` and ``asked``: seconds of ``hours``, bytes of ``storage``."""
        super().__init__(sentence)
        self.extra = {
            "quota": quota,
            "limit": limit,
            "used": used,
            "asked": asked,
            "renews_at": renews_at.isoformat() if renews_at else None,
        }


class UnacceptableRecording(ProtokolError):  # noqa: N818
    """The uploaded file is no recording that can be worked on; nothing of it is kept."""

    code = "not_media"
    status = 422


class UploadTooLarge(ProtokolError):  # noqa: N818
    """No recording may have as many bytes as that."""

    code = "too_large"
    status = 413

    def __init__(self, most: int) -> None:
        super().__init__(
            _("A recording may have %(most)s.") % {"most": filesizeformat(most)},
        )


class TooManyUploads(ProtokolError):  # noqa: N818
    """Whoever begins uploads finishes some of them."""

    code = "too_many_uploads"
    status = 409

    def __init__(self, most: int) -> None:
        super().__init__(
            _("%(most)d uploads of yours are not finished. Finish or delete some first.")
            % {"most": most}
        )


class LengthRequired(ProtokolError):  # noqa: N818
    """A part says how long it is before it is read."""

    code = "length_required"
    status = 411

    def __init__(self) -> None:
        super().__init__(_("Send a part with its Content-Length."))


class WrongPartSize(ProtokolError):  # noqa: N818
    """All parts of an upload have the size that was agreed, but the last."""

    code = "wrong_part_size"

    def __init__(self, wanted: int, told: int) -> None:
        super().__init__(
            _("This part has %(wanted)d bytes, not %(told)d.") % {"wanted": wanted, "told": told}
        )
        self.status = 413 if told > wanted else 400


class PartsMissing(ProtokolError):  # noqa: N818
    """An upload is whole when every part has arrived; ``missing`` names the first hundred."""

    code = "parts_missing"
    status = 409

    def __init__(self, missing: list[int]) -> None:
        super().__init__(_("Not all of the file has arrived yet."))
        self.extra = {"missing": missing[:100]}


class UploadWhole(ProtokolError):  # noqa: N818
    """What is whole takes no more parts."""

    code = "upload_whole"
    status = 409

    def __init__(self) -> None:
        super().__init__(_("This upload is whole and takes no more parts."))


class UploadUsed(ProtokolError):  # noqa: N818
    """An upload becomes one meeting; ``meeting`` is its id."""

    code = "upload_used"
    status = 409

    def __init__(self, meeting: Any) -> None:
        super().__init__(_("This upload has become a meeting already."))
        self.extra = {"meeting": str(meeting)}


class ChecksumMismatch(ProtokolError):  # noqa: N818
    """What arrived is not what was promised; the parts can be compared and sent again."""

    code = "checksum_mismatch"
    status = 422

    def __init__(self) -> None:
        super().__init__(
            _("What has arrived is not the file that was announced: its SHA-256 differs.")
        )


class UnfitWebhook(ProtokolError):  # noqa: N818
    """An address that webhooks of this instance cannot have; ``errors`` say why."""

    code = "unfit_webhook"
    status = 422

    def __init__(self, detail: str | Promise) -> None:
        super().__init__(detail)
        self.extra = {"errors": {"url": [str(detail)]}}


class TooManyWebhooks(ProtokolError):  # noqa: N818
    """A workspace tells some programs, not the whole world."""

    code = "too_many_webhooks"
    status = 409

    def __init__(self, most: int) -> None:
        super().__init__(_("A workspace can have at most %(most)d webhooks.") % {"most": most})


class WebhookOff(ProtokolError):  # noqa: N818
    """What is off sends nothing."""

    code = "webhook_off"
    status = 409

    def __init__(self) -> None:
        super().__init__(_("This webhook is off. Switch it on first."))


class TooManyAttachments(ProtokolError):  # noqa: N818
    """A meeting has some documents, no library."""

    code = "too_many_attachments"
    status = 409

    def __init__(self, most: int) -> None:
        super().__init__(
            _("A meeting can have %(most)d attachments. Remove one first.") % {"most": most}
        )


class AttachmentTooLarge(ProtokolError):  # noqa: N818
    """Documents are small beside recordings."""

    code = "attachment_too_large"
    status = 413

    def __init__(self, most: int) -> None:
        super().__init__(
            _("An attachment may have %(most)s.") % {"most": filesizeformat(most)},
        )


class EmptyAttachment(ProtokolError):  # noqa: N818
    """A file without a byte is none."""

    code = "empty_file"
    status = 422

    def __init__(self) -> None:
        super().__init__(_("The file is empty."))


class AttachmentCited(ProtokolError):  # noqa: N818
    """What statements rest on stays."""

    code = "attachment_cited"
    status = 409

    def __init__(self) -> None:
        super().__init__(_("Statements of the minutes rest on this attachment, so it stays."))


class NotReadYet(ProtokolError):  # noqa: N818
    """The text of an attachment is asked for before it is there."""

    code = "attachment_waiting"
    status = 409
    retryable = True

    def __init__(self) -> None:
        super().__init__(_("The attachment is still being read. Try again in a moment."))


def unreadable(code: str, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Why a document has no text, as people read it, in their language."""
    detail = gettext(SENTENCES.get(code, SENTENCES["damaged"])).format(**facts)
    return {"code": code, "detail": detail}


def shown(error: Mapping[str, Any]) -> dict[str, Any] | None:
    """A stored error as people read it, in their language; None where there is none.

    Rows hold the English ``sentence`` and the ``facts`` for its braces, so that each reader gets
    their own language.
    """
    if not error.get("code"):
        return None
    sentence = gettext(str(error.get("sentence", "")))
    facts = error.get("facts") or {}
    return {
        "code": error["code"],
        "detail": sentence.format(**facts) if facts else sentence,
        "retryable": bool(error.get("retryable")),
    }
