"""The end of attempts, however they end: the history's row, and the ledger's with it."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.db.models.functions import Now

from meetings.models import Attempt
from meetings.services import usage


@transaction.atomic
def close(found: QuerySet[Attempt], outcome: str, **told: Any) -> None:
    """Close those of ``found`` that are open, and enter what they took; both or neither.

    A row that is closed stays as it is. ``told``: further fields of the rows.
    """
    still_open = found.filter(outcome=Attempt.Outcome.RUNNING).order_by("pk").select_for_update()
    pks = list(still_open.values_list("pk", flat=True))
    if pks:
        Attempt.objects.filter(pk__in=pks).update(outcome=outcome, finished_at=Now(), **told)
        usage.note(pks)
