"""Mails to one person, on their way after the transaction, without anybody waiting for them.

Nobody may learn from the time of an answer whether a mail was sent, so that a mail server is never
asked while a request waits. What is lost with the process can be asked for again.
"""

import atexit
from concurrent.futures import ThreadPoolExecutor

import structlog
from django.core.mail import EmailMessage
from django.db import transaction

log = structlog.get_logger(__name__)

_hands = ThreadPoolExecutor(max_workers=4, thread_name_prefix="post")
atexit.register(_hands.shutdown)


def send(message: EmailMessage) -> None:
    """Send it once the transaction has committed."""
    transaction.on_commit(lambda: _hands.submit(_deliver, message))


def _deliver(message: EmailMessage) -> None:
    try:
        message.send()
    except Exception as error:  # noqa: BLE001  (a thread's edge: whatever fails is logged)
        log.error("mail_not_sent", subject=message.subject, error=str(error))
