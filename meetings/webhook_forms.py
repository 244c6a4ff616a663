"""The form in which an owner says where events go."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from meetings.models import Webhook, WebhookEvent

AT_FIRST = [WebhookEvent.JOB_SUCCEEDED.value, WebhookEvent.JOB_FAILED.value]
"""What most programs wait for."""


class WebhookForm(forms.Form):
    """Address and events; ``enabled`` of one that is there alone."""

    url = forms.CharField(
        label=_("Address"),
        max_length=1000,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
        help_text=_("Of your program, for example https://example.com/protokol"),
    )
    events = forms.MultipleChoiceField(
        label=_("What it is told of"),
        choices=WebhookEvent.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    enabled = forms.BooleanField(label=_("Send events"), required=False)

    def __init__(self, data: Any = None, *, webhook: Webhook | None = None) -> None:
        if webhook is None:
            initial: dict[str, Any] = {"events": AT_FIRST}
        else:
            told = ("url", "events", "enabled")
            initial = {name: getattr(webhook, name) for name in told}
        super().__init__(data, initial=initial)
        if webhook is None:
            del self.fields["enabled"]
