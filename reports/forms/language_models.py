"""The form in which an owner chooses a language model."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reports.models import LanguageModel
from reports.services.language_models import Choice, is_allowed

INSTANCE = "instance"


class LanguageModelForm(forms.Form):
    """``provider`` may also be the instance's; an empty key keeps the one that is there."""

    provider = forms.ChoiceField(label=_("Who writes the minutes"))
    model = forms.CharField(
        label=_("Model"),
        max_length=150,
        required=False,
        help_text=_("Its name as the provider has it, for example gemma3:12b."),
    )
    url = forms.CharField(
        label=_("Address"),
        max_length=500,
        required=False,
        help_text=_("Of Ollama or another server, for example https://llm.example.com/v1."),
    )
    key = forms.CharField(
        label=_("Key"),
        max_length=500,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=_("Kept encrypted and never shown again. Leave empty to keep the present one."),
    )
    context_tokens = forms.IntegerField(
        label=_("Tokens it reads at once"),
        min_value=0,
        max_value=2_000_000,
        required=False,
        help_text=_("0 takes what is known of the provider."),
    )

    def __init__(self, data: Any = None, *, row: LanguageModel | None, instance: str) -> None:
        """``instance``: what the instance's own choice is called; it comes first."""
        initial = {"provider": INSTANCE, "context_tokens": 0}
        if row is not None:
            initial = {
                "provider": row.provider,
                "model": row.model,
                "url": row.url,
                "context_tokens": row.context_tokens,
            }
        super().__init__(data, initial=initial)
        field = self.fields["provider"]
        assert isinstance(field, forms.ChoiceField)
        own = [c for c in LanguageModel.Provider.choices if is_allowed(str(c[0]))]
        field.choices = [(INSTANCE, instance), *own]
        if not is_allowed(LanguageModel.Provider.COMPATIBLE):
            del self.fields["url"]

    def choice(self) -> Choice:
        """What was asked for."""
        asked = self.cleaned_data
        return Choice(
            provider=asked["provider"],
            model=asked["model"],
            url=asked.get("url", ""),
            key=asked["key"] or None,
            context_tokens=asked["context_tokens"] or 0,
        )
