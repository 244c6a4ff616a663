"""The base of all errors that the product anticipates."""

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class ProtokolError(Exception):
    """An error that a person can be told about.

    ``code`` is stable and documented; ``detail`` is a sentence for the person; ``retryable`` says
    whether the same request may succeed later; ``status`` is the HTTP status an API answers with.
    """

    code = "error"
    status = 400
    retryable = False

    def __init__(
        self, detail: str | Promise, *, code: str = "", retryable: bool | None = None
    ) -> None:
        super().__init__(detail)
        self.detail = detail
        self.code = code or self.code
        self.retryable = self.retryable if retryable is None else retryable


class OwnersOnly(ProtokolError):  # noqa: N818
    """What costs the workspace money, or sends its words elsewhere, its owners decide."""

    code = "owners_only"
    status = 403

    def __init__(self) -> None:
        super().__init__(_("Only the owners of this workspace may do this."))


class SignInRefused(ProtokolError):  # noqa: N818
    """Nobody is let in; the answer does not say whether the address is known."""

    code = "wrong_credentials"
    status = 401
    headers = {"WWW-Authenticate": "Bearer"}

    def __init__(self) -> None:
        super().__init__(
            _("This e-mail and password do not go together. Check both; capital letters count.")
        )


class SecondStepNeeded(ProtokolError):  # noqa: N818
    """The password is right; a code of the authenticator, or a recovery code, is wanted too."""

    code = "two_step_code_needed"
    status = 401
    headers = {"WWW-Authenticate": "Bearer"}

    def __init__(self) -> None:
        super().__init__(_("Send the code of your authenticator, or a recovery code, as well."))


class WrongSecondStep(ProtokolError):  # noqa: N818
    """That is not the authenticator's code."""

    code = "wrong_two_step_code"
    status = 401
    headers = {"WWW-Authenticate": "Bearer"}

    def __init__(self) -> None:
        super().__init__(_("This code is not right. Codes change every 30 seconds."))


class TokenRefused(ProtokolError):  # noqa: N818
    """A token that is unknown, over, revoked, or whose person is gone."""

    code = "token_refused"
    status = 401
    headers = {"WWW-Authenticate": "Bearer"}

    def __init__(self) -> None:
        super().__init__(_("This sign-in is over. Sign in again."))


class TokenReused(TokenRefused):
    """A refresh token that had been exchanged already: its whole family has been revoked."""

    code = "token_reused"


class WaitFirst(ProtokolError):  # noqa: N818
    """Too many of these; ``seconds`` says when to come again."""

    code = "throttled"
    status = 429
    retryable = True

    def __init__(self, seconds: int, detail: str | Promise = "", *, code: str = "") -> None:
        super().__init__(detail or _("Too many attempts. Wait a little and try again."), code=code)
        self.seconds = max(1, seconds)
        self.headers = {"Retry-After": str(self.seconds)}


class LockedOut(WaitFirst):
    """Too many wrong passwords for this address from this place."""

    code = "locked_out"

    def __init__(self, seconds: int) -> None:
        sentence = gettext("Too many wrong passwords. Try again in %(minutes)s min.")
        super().__init__(seconds, sentence % {"minutes": -(-seconds // 60)}, code=self.code)


class WrongCode(ProtokolError):  # noqa: N818
    """Not the code that was sent, or too late, or one attempt too many."""

    code = "wrong_code"

    def __init__(self) -> None:
        super().__init__(_("This code is not right, or no longer valid. Ask for another."))


class RegistrationClosed(ProtokolError):  # noqa: N818
    """People come by invitation only."""

    code = "registration_closed"
    status = 403

    def __init__(self) -> None:
        super().__init__(_("People come here by invitation. Ask whoever runs this Protokol."))


class DomainNotAllowed(ProtokolError):  # noqa: N818
    """Only addresses of some domains may register."""

    code = "domain_not_allowed"
    status = 403

    def __init__(self) -> None:
        super().__init__(_("Addresses of this domain cannot register here."))


class InvitationOver(ProtokolError):  # noqa: N818
    """Accepted, withdrawn or too old."""

    code = "invitation_over"
    status = 410

    def __init__(self) -> None:
        super().__init__(_("This invitation is no longer valid. Ask for another."))


class AlreadyMember(ProtokolError):  # noqa: N818
    """Nobody needs an invitation to where they are."""

    code = "already_member"
    status = 409

    def __init__(self) -> None:
        super().__init__(_("This person is a member already."))


class KeysMakeNoKeys(ProtokolError):  # noqa: N818
    """A key that leaked must not make others that outlive it."""

    code = "key_makes_no_keys"
    status = 403

    def __init__(self) -> None:
        super().__init__(_("A key cannot make keys. Sign in to make one."))


class NoAccount(ProtokolError):  # noqa: N818
    """Who is to be let in is not known here."""

    code = "no_account"
    status = 422

    def __init__(self) -> None:
        super().__init__(_("There is no account with this address."))


class LastOwner(ProtokolError):  # noqa: N818
    """A workspace that nobody owns could never be changed again."""

    code = "last_owner"
    status = 409

    def __init__(self) -> None:
        super().__init__(_("A workspace needs an owner. Make somebody else one first."))


class OwnsWorkspaces(ProtokolError):  # noqa: N818
    """An account is not closed while other people's workspace would have no owner."""

    code = "owns_workspaces"
    status = 409

    def __init__(self, names: list[str]) -> None:
        super().__init__(
            _("You are the only owner of %(names)s. Make somebody else an owner first.")
            % {"names": ", ".join(f"“{name}”" for name in names)}
        )


class KeysCloseNothing(ProtokolError):  # noqa: N818
    """A key that leaked must not end an account."""

    code = "key_closes_no_account"
    status = 403

    def __init__(self) -> None:
        super().__init__(_("A key cannot delete the account. Sign in to do it."))


class PersonalWorkspace(ProtokolError):  # noqa: N818
    """A personal workspace is its person's alone, as long as they are here."""

    code = "personal_workspace"
    status = 409

    def __init__(self) -> None:
        super().__init__(_("This is somebody's personal workspace. Make another one for a team."))


class WorkspaceNotEmpty(ProtokolError):  # noqa: N818
    """Meetings are not deleted by the way."""

    code = "not_empty"
    status = 409

    def __init__(self) -> None:
        super().__init__(
            _("There are meetings in this workspace, or in its bin. Move or delete them first.")
        )
