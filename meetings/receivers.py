"""What follows from what happens to people."""

from typing import Any

from django.db.models.signals import post_delete
from django.dispatch import receiver

from accounts.models import Membership
from meetings.services import sharing


@receiver(post_delete, sender=Membership)
def take_back_what_was_lent(instance: Membership, **_told: Any) -> None:
    """Whoever leaves a workspace, however it comes, keeps no single meetings of it either."""
    sharing.forget_shares(user_id=instance.user_id, workspace_id=instance.workspace_id)
