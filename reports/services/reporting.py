"""The stage report: minutes written as a new version, or a draft written anew in part."""

from meetings.pipeline import Claim, Commit, Spread
from reports.models import Minutes
from reports.services import action_items, kept_edits, regenerating, writing


def report(claim: Claim) -> Commit | Spread:
    """What the job was started for; a new version keeps what people edited in the last one."""
    if regenerating.OPTION in claim.options:
        return regenerating.regenerate(claim)
    written = writing.report(claim)

    def commit() -> None:
        written()
        minutes = Minutes.objects.select_related("transcript").get(job_id=claim.job_id)
        kept_edits.carry_over(minutes)
        action_items.sync(minutes=minutes)

    return commit
