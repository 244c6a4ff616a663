"""People who come by an OpenID Connect provider that the operator trusts."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.hashers import make_password
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from accounts.errors import ProtokolError
from accounts.models import Invitation, User
from accounts.services import invitations, registration


class NotVerified(ProtokolError):  # noqa: N818
    """An address that the provider has not checked could be anybody's."""

    code = "address_not_verified"
    status = 403

    def __init__(self) -> None:
        super().__init__(_("The provider did not say that your e-mail address is verified."))


class NotAnswered(ProtokolError):  # noqa: N818
    """The provider is away, or answered something else."""

    code = "provider_failed"
    status = 502
    retryable = True

    def __init__(self) -> None:
        super().__init__(_("Signing in with the provider did not work. Try again."))


def person_of(
    *, addresses: Sequence[tuple[str, bool]], name: str = "", request: Any = None
) -> User:
    """The active person with the first verified address; a new one where they may register.

    NotVerified without such an address; RegistrationClosed or DomainNotAllowed for strangers who
    were not invited.
    """
    email = next((email.lower() for email, verified in addresses if verified), "")
    if not email:
        raise NotVerified
    known = User.objects.filter(email=email).first()
    if known is not None:
        return known
    invited = Invitation.objects.open(timezone.now()).filter(email=email)
    if not invited:
        registration.admit(email)
    language = (translation.get_language() or "")[:2]
    user = registration.create(
        email=email,
        hashed=make_password(None),
        request=request,
        name=name[:150],
        language=language,
    )
    for invitation in invited:
        invitations.accept(invitation=invitation, user=user)
    return user
