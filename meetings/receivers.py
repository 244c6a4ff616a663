"""What follows from what happens to people."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from accounts.models import Membership, User
from accounts.signals import closing as account_closing
from meetings.services import closing, sharing


@receiver(post_delete, sender=Membership)
def take_back_what_was_lent(instance: Membership, **_told: Any) -> None:
    """Whoever leaves a workspace, however it comes, keeps no single meetings of it either."""
    sharing.forget_shares(user_id=instance.user_id, workspace_id=instance.workspace_id)


@receiver(post_save, sender=User)
def let_in_whom_was_invited(
    instance: User, created: bool, update_fields: Any = None, **_told: Any
) -> None:
    """A new account, and a new address of one, opens the meetings that wait for the address."""
    if created or "email" in (update_fields or ()):
        sharing.claim_shares(person=instance)


account_closing.connect(closing.forget, dispatch_uid="meetings.account_closing", weak=False)
