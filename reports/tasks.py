"""Celery's side of minutes: tasks of a few lines that call services."""

from celery import shared_task

from reports.services import (
    archives,
    asking,
    mailings,
    reminders,
    review_mails,
    template_previews,
    trials,
)


@shared_task(name="reports.tasks.send_mailing", acks_late=True, ignore_result=True)
def send_mailing(mailing_id: str) -> None:
    """Send minutes to the addresses of a mailing that have not got them."""
    mailings.deliver(mailing_id=mailing_id)


@shared_task(name="reports.tasks.send_due_mailings", ignore_result=True)
def send_due_mailings() -> None:
    """Every minute: what a lost message or a mail server that was away has left."""
    mailings.send_due()
    review_mails.send_due()


@shared_task(name="reports.tasks.send_review_mail", acks_late=True, ignore_result=True)
def send_review_mail(mail_id: int) -> None:
    """Tell a person of a round of review."""
    review_mails.deliver(mail_id=mail_id)


@shared_task(name="reports.tasks.try_language_model", acks_late=True, ignore_result=True)
def try_language_model(workspace_id: int) -> None:
    """Call a workspace's language model once, because its owner asked for it."""
    trials.carry_out(workspace_id=workspace_id)


@shared_task(name="reports.tasks.remind", acks_late=True, ignore_result=True)
def remind() -> None:
    """Every quarter of an hour: who is to be reminded of what is due."""
    reminders.remind()


@shared_task(name="reports.tasks.send_reminders", acks_late=True, ignore_result=True)
def send_reminders(recipient_id: int) -> None:
    """One mail to a person with all that they are to be reminded of."""
    reminders.deliver(recipient_id=recipient_id)


@shared_task(name="reports.tasks.preview_template", acks_late=True, ignore_result=True)
def preview_template(preview_id: str) -> None:
    """Try a template on a meeting, because an editor of templates asked for it."""
    template_previews.carry_out(preview_id=preview_id)


@shared_task(name="reports.tasks.make_archive", acks_late=True, ignore_result=True)
def make_archive(archive_id: str) -> None:
    """Make an export of everything, because somebody asked for it."""
    archives.make(archive_id=archive_id)


@shared_task(name="reports.tasks.send_archive_mail", acks_late=True, ignore_result=True)
def send_archive_mail(mail_id: int) -> None:
    """Tell a person that their export is ready."""
    archives.deliver(mail_id=mail_id)


@shared_task(name="reports.tasks.tend_archives", ignore_result=True)
def tend_archives() -> None:
    """Every minute: exports that were lost, and those that are over."""
    archives.tend()


@shared_task(name="reports.tasks.answer_question", acks_late=True, ignore_result=True)
def answer_question(question_id: str) -> None:
    """Answer a question over many meetings."""
    asking.answer(question_id=question_id)


@shared_task(name="reports.tasks.tend_questions", ignore_result=True)
def tend_questions() -> None:
    """Every minute: questions that were lost."""
    asking.tend()
