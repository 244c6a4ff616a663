"""What people say about themselves and how they want to be treated."""

from collections.abc import Sequence

from django.db import transaction

from accounts.acts import Act
from accounts.models import User
from accounts.services import audit


@transaction.atomic
def keep(*, person: User, fields: Sequence[str]) -> None:
    """Store these fields as they stand in ``person``; which ones is kept in the audit log."""
    if fields:
        person.save(update_fields=list(fields))
        audit.record(Act.ACCOUNT_CHANGED, of=person, fields=list(fields))
