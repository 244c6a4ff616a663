"""Why minutes cannot be edited, reviewed, approved or sent."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.errors import ProtokolError


class ExportRunning(ProtokolError):  # noqa: N818
    """One at a time of a workspace, and of a person."""

    code = "export_running"
    status = 409
    retryable = True

    def __init__(self) -> None:
        super().__init__(_("This export is being made already. Wait until it is ready."))


class ExportNotReady(ProtokolError):  # noqa: N818
    """It is still being made, could not be, or has had its time."""

    code = "not_ready"
    status = 404

    def __init__(self) -> None:
        super().__init__(_("There is nothing to download: it is being made, or over."))


class Frozen(ProtokolError):  # noqa: N818
    """Approved versions never change."""

    code = "approved"
    status = 409

    def __init__(self) -> None:
        super().__init__(
            _("This version is approved and can no longer be changed. Begin a new version instead.")
        )


class InReview(ProtokolError):  # noqa: N818
    """All reviewers see the same text, so it stands still while they read."""

    code = "in_review"
    status = 409

    def __init__(self) -> None:
        super().__init__(
            _("This version is being reviewed. Return it to the draft before you change it.")
        )


class NotInReview(ProtokolError):  # noqa: N818
    """Only what was sent for review is approved or returned."""

    code = "not_in_review"
    status = 409

    def __init__(self) -> None:
        super().__init__(_("This version has not been sent for review."))


class NotReviewer(ProtokolError):  # noqa: N818
    """Who was not asked, or has decided already, decides nothing."""

    code = "not_reviewer"
    status = 403

    def __init__(self) -> None:
        super().__init__(_("Only the chosen reviewers decide, each of them once."))


class UnknownReviewer(ProtokolError):  # noqa: N818
    """Reviewers are members of the meeting's workspace."""

    code = "unknown_reviewer"
    status = 400

    def __init__(self) -> None:
        super().__init__(_("Reviewers must be members of the workspace; choose at least one."))


class ChangedMeanwhile(ProtokolError):  # noqa: N818
    """Somebody was quicker; ``extra["current"]`` is the statement as it stands now."""

    code = "changed_meanwhile"
    status = 409

    def __init__(self, current: Mapping[str, Any]) -> None:
        super().__init__(_("Somebody changed this statement meanwhile. Look at it and try again."))
        self.extra = {"current": current}


class UnknownPlace(ProtokolError):  # noqa: N818
    """A statement stands in a section of its own version."""

    code = "unknown_section"
    status = 400

    def __init__(self) -> None:
        super().__init__(_("There is no such section in this version of the minutes."))


class UnknownSegment(ProtokolError):  # noqa: N818
    """Evidence is words of the transcript that the version was written from."""

    code = "unknown_segment"
    status = 400

    def __init__(self) -> None:
        super().__init__(_("The cited words are not in the transcript of these minutes."))


class UnknownPage(ProtokolError):  # noqa: N818
    """Evidence may be words of what is attached to the meeting, and of nothing else."""

    code = "unknown_page"
    status = 400

    def __init__(self) -> None:
        super().__init__(_("This meeting has no attachment with such a page."))


class NotOnThePage(ProtokolError):  # noqa: N818
    """A quote stands where it is said to stand."""

    code = "not_on_the_page"
    status = 400

    def __init__(self) -> None:
        super().__init__(_("These words do not stand on that page of the attachment."))


class NothingToRestore(ProtokolError):  # noqa: N818
    """Only a statement that was dropped and whose section is still there comes back."""

    code = "nothing_to_restore"
    status = 409

    def __init__(self) -> None:
        super().__init__(_("There is no dropped statement here that could be restored."))


class EditedByPeople(ProtokolError):  # noqa: N818
    """Words of people are replaced when they say so."""

    code = "edited_by_people"
    status = 409

    def __init__(self) -> None:
        super().__init__(
            _("This statement was edited by a person. Say that it may be replaced (overwrite).")
        )


class UnknownStatement(ProtokolError):  # noqa: N818
    """Comments are about statements of the version that they belong to."""

    code = "unknown_statement"
    status = 400

    def __init__(self) -> None:
        super().__init__(_("There is no such statement in this version of the minutes."))


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


class UnfitLanguageModel(ProtokolError):  # noqa: N818
    """A choice of a language model that cannot be; ``field`` is what is wrong about it."""

    code = "unfit_language_model"
    status = 422

    def __init__(self, field: str, detail: str | Promise) -> None:
        super().__init__(detail)
        self.field = field


class UnfitTemplate(ProtokolError):  # noqa: N818
    """Sections by which no minutes can be written; ``extra["errors"]`` says which and why."""

    code = "unfit_template"
    status = 422

    def __init__(self, sentences: list[str]) -> None:
        super().__init__(_("Minutes cannot be written by these sections."))
        self.sentences = sentences
        self.extra = {"errors": {"sections": sentences}}


class UnknownTemplate(ProtokolError):  # noqa: N818
    """A template is a shipped one or one of the meeting's workspace."""

    code = "unknown_template"
    status = 400

    def __init__(self) -> None:
        super().__init__(_("There is no such template in this workspace."))


class TemplateNameTaken(ProtokolError):  # noqa: N818
    """Templates of a workspace are told apart by their names."""

    code = "name_taken"
    status = 409

    def __init__(self) -> None:
        super().__init__(_("There is a template of this name already."))


class TemplateChanged(ProtokolError):  # noqa: N818
    """Somebody changed the template since it was read; ``headers`` tell its present state."""

    code = "precondition_failed"
    status = 412

    def __init__(self, person: str, etag: str) -> None:
        told = _(
            "%(person)s changed this template meanwhile. Look at it in another window; what "
            "you save next stands in its place."
        ) % {"person": person or _("Somebody")}
        super().__init__(told)
        self.headers = {"ETag": etag}


class TooManyTemplates(ProtokolError):  # noqa: N818
    """A workspace keeps as many templates as a person can choose from."""

    code = "too_many_templates"
    status = 409

    def __init__(self, most: int) -> None:
        super().__init__(_("A workspace can have at most %(most)d templates.") % {"most": most})


class ShippedTemplate(ProtokolError):  # noqa: N818
    """What comes with the program is the same for everybody."""

    code = "shipped_template"
    status = 409

    def __init__(self) -> None:
        super().__init__(_("This template comes with the program. Make a copy to change it."))


class TooManyQuestions(ProtokolError):  # noqa: N818
    """Who asks faster than is answered waits."""

    code = "too_many_questions"
    status = 409

    def __init__(self, most: int) -> None:
        told = _("Wait for an answer first: at most %(most)d questions are answered at a time.")
        super().__init__(told % {"most": most})
