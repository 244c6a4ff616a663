"""Amounts of quotas as the usage page shows them."""

from django import template
from django.template.defaultfilters import filesizeformat
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from meetings.templatetags.clock import lasting

register = template.Library()

NAMES = {
    "hours": _("Recordings recognised this month"),
    "storage": _("Storage"),
    "llm_tokens": _("Tokens of language models this month"),
    "jobs": _("Jobs at work"),
}
UNDER_WAY = {
    "hours": _("%(amount)s of it under way"),
    "storage": _("%(amount)s of it by unfinished uploads"),
}
AT_THE_LIMIT = {
    "hours": _("Recordings are taken again from the first of the month on."),
    "storage": _("Recordings and attachments are taken again once something is deleted."),
    "llm_tokens": _("Until the first of the month minutes are composed without a language model."),
    "jobs": _("Further recordings wait for their turn."),
}


@register.filter
def amount(value: float | None, quota: str) -> str:
    """A value of a quota in its unit."""
    if value is None:
        return ""
    if quota == "hours":
        return lasting(value)
    if quota == "storage":
        return str(filesizeformat(value))
    return str(number_format(int(value), force_grouping=True))


@register.filter
def quota_name(quota: str) -> str:
    """What a quota is of."""
    return str(NAMES[quota])


@register.filter
def under_way(value: float, quota: str) -> str:
    """How much of what is used is not done yet."""
    return str(UNDER_WAY[quota]) % {"amount": amount(value, quota)}


@register.filter
def at_the_limit(quota: str) -> str:
    """What happens once a quota is used up."""
    return str(AT_THE_LIMIT[quota])
