"""Language models as the pages show them."""

from django import template

from reports.models import LanguageModel

register = template.Library()

KINDS = {
    LanguageModel.Trial.WAITING: "running",
    LanguageModel.Trial.OK: "succeeded",
    LanguageModel.Trial.FAILED: "failed",
}


@register.filter
def trial_kind(trial: str) -> str:
    """The kind of badge for how a trial ended."""
    return KINDS.get(LanguageModel.Trial(trial), "pending")
