"""The form about how long a workspace keeps what it has."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.models.retention import LONGEST


class RetentionForm(forms.Form):
    """The rule; an empty field is for ever."""

    recording_days = forms.IntegerField(
        label=_("Days after which recordings go"),
        help_text=_("Transcript and minutes stay. Empty: recordings stay too."),
        min_value=1,
        max_value=LONGEST,
        required=False,
    )
    everything_days = forms.IntegerField(
        label=_("Days after which everything goes"),
        help_text=_("The meeting with all that belongs to it. Empty: it stays."),
        min_value=1,
        max_value=LONGEST,
        required=False,
    )
    approved_too = forms.BooleanField(
        label=_("Also meetings whose minutes are approved"), required=False
    )

    def __init__(self, rule: Any, told: Any = None) -> None:
        names = ("recording_days", "everything_days", "approved_too")
        known = {name: getattr(rule, name) for name in names} if rule else {}
        super().__init__(told, initial=known)
