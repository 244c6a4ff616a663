"""Celery's side of accounts: tasks of a few lines that call services."""

from celery import shared_task

from accounts.services import housekeeping, post


@shared_task(name="accounts.tasks.forget", ignore_result=True)
def forget() -> None:
    """Every few hours: codes, sign-ins and sessions that are over."""
    housekeeping.forget()


@shared_task(name="accounts.tasks.deliver_letter", acks_late=True, ignore_result=True)
def deliver_letter(letter_id: int) -> None:
    """Send a code, an invitation or a notice."""
    post.deliver(letter_id=letter_id)
