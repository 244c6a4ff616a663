"""The second step of signing in, as the operator meets it."""

from allauth.mfa.models import Authenticator
from django.db import transaction

from accounts import events, secrets
from accounts.models import User


@transaction.atomic
def take_away(*, user: User) -> bool:
    """Let ``user``, who has lost authenticator and codes, in by password; False if they can."""
    deleted, _by_model = Authenticator.objects.filter(user=user).delete()
    if deleted:
        events.tell(events.Event.TWO_STEPS_OFF, user=user, by="operator")
    return bool(deleted)


@transaction.atomic
def reseal() -> tuple[int, int]:
    """Encrypt the kept secrets with the first of ``SECRETS_KEYS``: how many, how many are lost."""
    done = lost = 0
    for row in Authenticator.objects.select_for_update():
        name = "secret" if row.type == Authenticator.Type.TOTP else "seed"
        try:
            row.data[name] = secrets.reseal(row.data[name])
        except secrets.Unreadable:
            lost += 1
            continue
        row.save(update_fields=["data"])
        done += 1
    return done, lost
