"""Celery's side of the pipeline: tasks of a few lines that call services."""

from typing import Any

from celery import Task, shared_task
from celery.exceptions import Ignore

from meetings.services import (
    attachments,
    closing,
    deletion,
    garbage,
    housekeeping,
    notifications,
    reaper,
    retention,
    runs,
    uploads,
    webhook_deliveries,
    webhook_mails,
)


class StageTask(Task):
    """A link of a chain: ids in, nothing out; whether it goes on is read from the database."""

    abstract = True
    acks_late = True
    ignore_result = True
    max_retries = None  # claims count the attempts
    default_retry_delay = 2  # seconds, after the process that did it was lost
    Request = "meetings.worker:StageRequest"

    def conclude(self, verdict: runs.Verdict) -> None:
        """Let the chain go on, come back later, or stop it quietly."""
        if verdict.again_in is not None:
            raise self.retry(countdown=verdict.again_in)
        if not verdict.goes_on:
            raise Ignore


@shared_task(bind=True, base=StageTask, name="meetings.tasks.run_stage")
def run_stage(self: Any, job_id: str, run: int, name: str, shard: int | None = None) -> None:
    """Stage ``name`` of run ``run`` of a job, or one shard of it."""
    self.conclude(
        runs.run_stage(
            job_id=job_id,
            run=run,
            name=name,
            shard=shard,
            worker=self.request.hostname or "",
            task_id=self.request.id or "",
        )
    )


@shared_task(name="meetings.tasks.reap")
def reap() -> None:
    """Every half minute, on a queue of its own."""
    reaper.reap()


@shared_task(name="meetings.tasks.notify", acks_late=True, ignore_result=True)
def notify(notification_id: int) -> None:
    """Tell a person by mail that a job has ended."""
    notifications.deliver(notification_id=notification_id)


@shared_task(name="meetings.tasks.read_attachment", acks_late=True, ignore_result=True)
def read_attachment(attachment_id: str) -> None:
    """Take the text out of a document, in a confined process."""
    attachments.read(attachment_id=attachment_id)


@shared_task(name="meetings.tasks.collect_garbage", acks_late=True, ignore_result=True)
def collect_garbage() -> None:
    """Once in a while, beside the reaper, which must not wait for a large store."""
    uploads.forget()
    garbage.collect()


@shared_task(name="meetings.tasks.delete_objects", acks_late=True, ignore_result=True)
def delete_objects(deletion_id: int) -> None:
    """Delete from the store what was deleted from the database."""
    deletion.work_off(deletion_id=deletion_id)


@shared_task(name="meetings.tasks.keep_house", acks_late=True, ignore_result=True)
def keep_house() -> None:
    """Every hour: what has had its time goes."""
    housekeeping.keep()


@shared_task(name="meetings.tasks.warn_of_retention", acks_late=True, ignore_result=True)
def warn_of_retention(mail_id: int) -> None:
    """Tell a person by mail what will go by their workspace's rule."""
    retention.deliver(mail_id=mail_id)


@shared_task(name="meetings.tasks.clear_workspace", acks_late=True, ignore_result=True)
def clear_workspace(workspace_id: int) -> None:
    """Delete a workspace whose person has closed their account."""
    closing.clear(workspace_id=workspace_id)


@shared_task(name="meetings.tasks.send_to_webhook", acks_late=True, ignore_result=True)
def send_to_webhook(delivery_id: str) -> None:
    """Send an event to the address of another program."""
    webhook_deliveries.deliver(delivery_id=delivery_id)


@shared_task(name="meetings.tasks.send_webhook_mail", acks_late=True, ignore_result=True)
def send_webhook_mail(mail_id: int) -> None:
    """Tell an owner by mail that a webhook of theirs was switched off."""
    webhook_mails.deliver(mail_id=mail_id)
