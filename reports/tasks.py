"""Celery's side of the minutes: tasks of a few lines that call services."""

from celery import shared_task

from reports.services import reminders


@shared_task(name="reports.tasks.remind", acks_late=True, ignore_result=True)
def remind() -> None:
    """Every quarter of an hour: who is to be reminded of what is due."""
    reminders.remind()


@shared_task(name="reports.tasks.send_reminders", acks_late=True, ignore_result=True)
def send_reminders(recipient_id: int) -> None:
    """One mail to a person with all that they are to be reminded of."""
    reminders.deliver(recipient_id=recipient_id)
