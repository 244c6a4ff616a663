"""Registration: who may, and an account once the address is proven.

Known and unknown addresses get the same answer in the same time; only the mail differs.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.db import IntegrityError, transaction

from accounts import events
from accounts.errors import DomainNotAllowed, RegistrationClosed, WrongCode
from accounts.models import EmailCode, User
from accounts.services import codes, letters


@dataclass(frozen=True)
class Wanted:
    """What somebody wants to be known as."""

    email: str
    name: str = ""
    organization: str = ""
    language: str = ""
    time_zone: str = ""

    def fields(self) -> dict[str, str]:
        """All but the address."""
        return {
            "name": self.name,
            "organization": self.organization,
            "language": self.language,
            "time_zone": self.time_zone,
        }


def is_open() -> bool:
    """Whether anybody may register without an invitation."""
    return settings.REGISTRATION != "invited"


def admit(email: str) -> None:
    """Nothing where ``email`` may register; RegistrationClosed or DomainNotAllowed else."""
    if not is_open():
        raise RegistrationClosed
    domain = email.rpartition("@")[2].lower()
    if settings.REGISTRATION == "domains" and domain not in settings.REGISTRATION_DOMAINS:
        raise DomainNotAllowed


def begin(*, wanted: Wanted, password: str) -> EmailCode:
    """A code on its way to the address, after which there is an account.

    The password is checked by the validators (django's ValidationError). Somebody who has an
    account is told so by mail, and no code fits.
    """
    email = wanted.email.lower()
    admit(email)
    validate_password(password, User(email=email, name=wanted.name))
    hashed = make_password(password)
    known = User.objects.filter(email=email).first()
    return codes.issue(
        purpose=EmailCode.Purpose.REGISTER,
        email=email,
        payload=wanted.fields() | {"password": hashed},
        is_real=known is None,
        instead=letters.known_already(known) if known else None,
    )


def finish(*, pk: UUID | str, code: str, request: Any = None) -> User:
    """The new account; WrongCode where the code is not the one that was sent."""
    row = codes.redeem(purpose=EmailCode.Purpose.REGISTER, pk=pk, code=code)
    fields = dict(row.payload)
    try:
        user = create(email=row.email, hashed=fields.pop("password"), request=request, **fields)
    except IntegrityError as error:
        raise WrongCode from error
    return user


@transaction.atomic
def create(*, email: str, hashed: str, request: Any = None, **fields: str) -> User:
    """An account with a personal workspace, for an address that is proven."""
    user = User.objects.create_user(email, None, **fields)
    user.password = hashed
    user.save(update_fields=["password"])
    EmailCode.objects.filter(email=email, purpose=EmailCode.Purpose.REGISTER).delete()
    events.tell(events.Event.REGISTERED, user=user, request=request)
    return user
