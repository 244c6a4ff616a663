"""All that the minutes pane of a page needs to know besides the statements."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from accounts.models import User
from reports.models import Comment, Minutes, Review
from reports.services import approving


@dataclass(frozen=True)
class Desk:
    """What a person may do with a version, and what others said and decided about it."""

    minutes: Minutes
    may_edit: bool
    versions: list[Minutes]
    reviews: list[Review]
    """Of the newest round."""
    candidates: list[User]
    """Who may be asked; empty where the person may not ask."""
    comments: list[Comment]
    """About the whole."""
    remarks: dict[str, list[Comment]] = field(default_factory=dict)
    """About statements, by lineage."""
    may_decide: bool = False
    may_comment: bool = False

    @property
    def edits(self) -> bool:
        """Whether the person changes statements now."""
        return self.may_edit and self.minutes.is_draft

    @property
    def is_newest(self) -> bool:
        """Whether no later version exists."""
        return self.minutes.version == self.versions[0].version

    @property
    def open_comments(self) -> int:
        """How many comments nobody has settled."""
        everything = [*self.comments, *(c for found in self.remarks.values() for c in found)]
        return sum(comment.resolved_at is None for comment in everything)


def desk_of(minutes: Minutes, person: Any, *, may_edit: bool) -> Desk:
    """The desk of ``person`` for this version, in a constant number of queries."""
    reviews = list(minutes.reviews.select_related("reviewer"))
    latest = max((review.round for review in reviews), default=0)
    comments = list(minutes.comments.select_related("author", "resolved_by"))
    remarks: dict[str, list[Comment]] = defaultdict(list)
    for comment in comments:
        if comment.lineage:
            remarks[str(comment.lineage)].append(comment)
    mine = [review for review in reviews if review.reviewer_id == person.pk]
    waiting = [r for r in mine if r.round == latest and r.decision == Review.Decision.WAITING]
    asks = may_edit and minutes.is_draft
    return Desk(
        minutes=minutes,
        may_edit=may_edit,
        versions=list(Minutes.objects.filter(meeting=minutes.meeting_id).in_brief()),
        reviews=[review for review in reviews if review.round == latest],
        candidates=list(approving.candidates(minutes)) if asks else [],
        comments=[comment for comment in comments if not comment.lineage],
        remarks=dict(remarks),
        may_decide=minutes.state == Minutes.State.IN_REVIEW and bool(waiting),
        may_comment=(may_edit or bool(mine)) and not minutes.is_approved,
    )
