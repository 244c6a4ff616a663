"""Errors about minutes that a person can be told of."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.errors import ProtokolError


class ApprovedAreFrozen(ProtokolError):  # noqa: N818
    """What is approved stays as it is."""

    code = "approved"
    status = 409

    def __init__(self) -> None:
        super().__init__(_("These minutes are approved and cannot be changed."))


class NotRendered(ProtokolError):  # noqa: N818
    """The file could not be made within its limits of time and memory."""

    code = "not_rendered"
    status = 503
    retryable = True
    headers = {"Retry-After": "10"}

    def __init__(self) -> None:
        super().__init__(
            _("The file could not be made now. Try again, or export it without the transcript.")
        )


class TooManyMails(ProtokolError):  # noqa: N818
    """A person has sent as many mails as one may in a day."""

    code = "too_many_mails"
    status = 429
    retryable = True
    headers = {"Retry-After": "3600"}

    def __init__(self, most: int) -> None:
        super().__init__(_("At most %(most)d mails a day can be sent.") % {"most": most})


class OwnersOnly(ProtokolError):  # noqa: N818
    """What costs the workspace money, or sends its words elsewhere, its owners decide."""

    code = "owners_only"
    status = 403

    def __init__(self) -> None:
        super().__init__(_("Only the owners of this workspace may do this."))


class UnfitLanguageModel(ProtokolError):  # noqa: N818
    """A choice of a language model that cannot be; ``field`` is what is wrong about it."""

    code = "unfit_language_model"
    status = 422

    def __init__(self, field: str, detail: str | Promise) -> None:
        super().__init__(detail)
        self.field = field
