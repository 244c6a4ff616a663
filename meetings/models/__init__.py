from meetings.models.attachment import Attachment, AttachmentPage
from meetings.models.deletion import Deletion
from meetings.models.idempotency import IdempotencyKey
from meetings.models.job import Attempt, Job, OutboxMessage, StageRun
from meetings.models.meeting import Meeting
from meetings.models.notification import Notification
from meetings.models.operations import Operation, Pipeline, StrayMessage
from meetings.models.recording import Recording
from meetings.models.retention import Retention, RetentionMail, RetentionNotice
from meetings.models.series import Series
from meetings.models.share import MeetingLink, MeetingShare
from meetings.models.upload import Upload, UploadPart
from meetings.models.usage import StageUsage
from meetings.models.webhook import Webhook, WebhookDelivery, WebhookEvent, WebhookMail

__all__ = [
    "Attachment",
    "AttachmentPage",
    "Attempt",
    "Deletion",
    "IdempotencyKey",
    "Job",
    "Meeting",
    "MeetingLink",
    "MeetingShare",
    "Notification",
    "Operation",
    "OutboxMessage",
    "Pipeline",
    "Recording",
    "Retention",
    "RetentionMail",
    "RetentionNotice",
    "Series",
    "StageRun",
    "StageUsage",
    "StrayMessage",
    "Upload",
    "UploadPart",
    "Webhook",
    "WebhookDelivery",
    "WebhookEvent",
    "WebhookMail",
]
