"""Why a transcript cannot be edited."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.errors import ProtokolError


class NotFinished(ProtokolError):  # noqa: N818
    """Words that are still being written are not edited."""

    code = "transcript_not_finished"
    status = 409

    def __init__(self) -> None:
        super().__init__(_("The transcript is still being written. Edit it when it is finished."))


class NotCurrent(ProtokolError):  # noqa: N818
    """A later transcript of the meeting stands in place of this one."""

    code = "transcript_superseded"
    status = 409

    def __init__(self) -> None:
        super().__init__(_("This meeting has a newer transcript. Reload the page to edit that."))


class PreconditionRequired(ProtokolError):  # noqa: N818
    """Who changes a segment names the state that they have read (RFC 6585 3)."""

    code = "precondition_required"
    status = 428

    def __init__(self) -> None:
        super().__init__(_("Say which state you have read: send its ETag as If-Match."))


class PreconditionFailed(ProtokolError):  # noqa: N818
    """Somebody was quicker; ``extra["current"]`` is the segment as it stands now."""

    code = "precondition_failed"
    status = 412

    def __init__(self, current: Mapping[str, Any], etag: str) -> None:
        super().__init__(_("Somebody changed these words meanwhile. Look at both and decide."))
        self.extra = {"current": current}
        self.headers = {"ETag": etag}


class ChangedSince(ProtokolError):  # noqa: N818
    """What was done can only be undone while nobody else has worked on top of it."""

    code = "changed_meanwhile"
    status = 409

    def __init__(self) -> None:
        super().__init__(
            _("Somebody changed the same words since. Restore an earlier state in the history.")
        )


class NothingToUndo(ProtokolError):  # noqa: N818
    """The caller has no edit here that stands."""

    code = "nothing_to_undo"
    status = 409

    def __init__(self) -> None:
        super().__init__(_("There is nothing of yours to undo."))


class NothingToRedo(ProtokolError):  # noqa: N818
    """The caller has undone nothing since their last edit."""

    code = "nothing_to_redo"
    status = 409

    def __init__(self) -> None:
        super().__init__(_("There is nothing to do again."))


class NothingToSplit(ProtokolError):  # noqa: N818
    """Both parts of a split must have words."""

    code = "nothing_to_split"
    status = 400

    def __init__(self) -> None:
        super().__init__(_("Both parts need words: choose a place inside the text."))


class NothingToMerge(ProtokolError):  # noqa: N818
    """Behind the last segment there is none; a speaker does not merge with themselves."""

    code = "nothing_to_merge"
    status = 409

    def __init__(self) -> None:
        super().__init__(_("There is nothing to merge this with."))


class UnknownSpeaker(ProtokolError):  # noqa: N818
    """Segments are said by speakers of their own transcript."""

    code = "unknown_speaker"
    status = 400

    def __init__(self) -> None:
        super().__init__(_("There is no such speaker in this transcript."))


class NotInTranscript(ProtokolError):  # noqa: N818
    """The segment was merged, or is of another transcript."""

    code = "unknown_segment"
    status = 400

    def __init__(self) -> None:
        super().__init__(_("These words are not in the transcript any more."))


class NothingInRange(ProtokolError):  # noqa: N818
    """A range of time in which no segment lies by half or more."""

    code = "nothing_in_range"
    status = 409

    def __init__(self) -> None:
        super().__init__(_("Nothing is said between these times."))


class VoicesAreOff(ProtokolError):  # noqa: N818
    """The owners of the workspace switched off that voices are known again."""

    code = "voices_off"
    status = 409

    def __init__(self) -> None:
        super().__init__(_("In this workspace voices are not remembered: its owners decided so."))


class VoiceHasNoName(ProtokolError):  # noqa: N818
    """A voice is remembered under a name."""

    code = "voice_without_name"
    status = 409

    def __init__(self) -> None:
        super().__init__(_("Name the speaker first: the voice is remembered under the name."))


class VoiceNotHeard(ProtokolError):  # noqa: N818
    """There is no embedding of the speaker, or it rests on too little speech."""

    code = "voice_not_heard"
    status = 409

    def __init__(self) -> None:
        super().__init__(_("Too little is stored of how this speaker sounds to remember it."))


class NotSuggested(ProtokolError):  # noqa: N818
    """Only a voice that is suggested for a speaker now is accepted or refused."""

    code = "not_suggested"
    status = 409

    def __init__(self) -> None:
        super().__init__(_("This voice is not suggested for the speaker any more."))


class VoiceNameTaken(ProtokolError):  # noqa: N818
    """Known voices of a workspace are told apart by their names."""

    code = "name_taken"
    status = 409

    def __init__(self) -> None:
        super().__init__(_("The workspace knows a voice of this name already."))


class MeaningIsOff(ProtokolError):  # noqa: N818
    """The operator compares no meanings here (``EMBEDDER``)."""

    code = "meaning_is_off"
    status = 404

    def __init__(self) -> None:
        super().__init__(_("Search by meaning is not set up here. Look for words."))
