"""The base of all errors that the product anticipates."""

from django.utils.functional import Promise
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
