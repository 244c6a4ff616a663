"""Celery's side of transcripts beside the pipeline: tasks of a few lines that call services."""

from celery import shared_task

from transcription.services import passages


@shared_task(name="transcription.tasks.make_passages", acks_late=True, ignore_result=True)
def make_passages(transcript_id: int) -> None:
    """Make a transcript's words findable by what they mean."""
    passages.make(transcript_id=transcript_id)


@shared_task(name="transcription.tasks.catch_up_with_passages", ignore_result=True)
def catch_up_with_passages() -> None:
    """Every hour: passages that a lost message, an upgrade or another model left due."""
    passages.catch_up()
