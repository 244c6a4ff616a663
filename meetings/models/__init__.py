from meetings.models.attachment import Attachment, AttachmentPage
from meetings.models.idempotency import IdempotencyKey
from meetings.models.job import Attempt, Job, OutboxMessage, StageRun
from meetings.models.meeting import Meeting
from meetings.models.notification import Notification
from meetings.models.operations import Operation, Pipeline, StrayMessage
from meetings.models.outgoing import OutgoingMail
from meetings.models.recording import Recording
from meetings.models.series import Series
from meetings.models.share import MeetingLink, MeetingShare
from meetings.models.upload import Upload, UploadPart
from meetings.models.usage import StageUsage

__all__ = [
    "Attachment",
    "AttachmentPage",
    "Attempt",
    "IdempotencyKey",
    "Job",
    "Meeting",
    "MeetingLink",
    "MeetingShare",
    "Notification",
    "Operation",
    "OutboxMessage",
    "OutgoingMail",
    "Pipeline",
    "Recording",
    "Series",
    "StageRun",
    "StageUsage",
    "StrayMessage",
    "Upload",
    "UploadPart",
]
