"""Celery's side of accounts: tasks of a few lines that call services."""

from celery import shared_task

from accounts.services import housekeeping


@shared_task(name="accounts.tasks.forget", ignore_result=True)
def forget() -> None:
    """Every few hours: codes, sign-ins and sessions that are over."""
    housekeeping.forget()
