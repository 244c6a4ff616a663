"""Forms of the page of a meeting's speakers."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from transcription.serializers.voices import NO_CONSENT
from transcription.services.editing import Voice

LONGEST_NAME = 150
_CLOCK = re.compile(r"(?:(?:(\d{1,3}):)?(\d{1,3}):)?(\d{1,5}(?:[.,]\d{1,3})?)")


class MomentField(forms.CharField):
    """A position in a recording, as people write it: ``75``, ``1:15``, ``1:02:03.5``; seconds."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=12, **options)

    def clean(self, value: Any) -> Any:
        """The seconds."""
        told = _CLOCK.fullmatch(super().clean(value))
        if told is None:
            raise ValidationError(_("Write times as 1:15 or 1:02:03."))
        hours, minutes, seconds = told.groups()
        return int(hours or 0) * 3600 + int(minutes or 0) * 60 + float(seconds.replace(",", "."))


class NameForm(forms.Form):
    """What a voice is called; nothing gives the number back."""

    name = forms.CharField(max_length=LONGEST_NAME, required=False)


class MergeForm(forms.Form):
    """With whom."""

    into = forms.IntegerField()


class RangeForm(forms.Form):
    """Who says what lies between two times: a label, or somebody new by a name."""

    start = MomentField()
    end = MomentField()
    speaker = forms.CharField(max_length=16, required=False)
    new_speaker = forms.CharField(max_length=LONGEST_NAME, required=False)

    def clean(self) -> dict[str, Any]:
        """The end behind the start; somebody."""
        told = super().clean() or {}
        if "start" in told and "end" in told and told["start"] >= told["end"]:
            raise ValidationError(_("The end comes after the start."))
        if not told.get("speaker") and not told.get("new_speaker"):
            raise ValidationError(_("Say who speaks."))
        return told

    @property
    def voice(self) -> Voice:
        """Who it is."""
        label = self.cleaned_data["speaker"]
        return Voice(label) if label else Voice(name=self.cleaned_data["new_speaker"])


class ConsentForm(forms.Form):
    """That the person agrees to their voice being remembered."""

    consent = forms.BooleanField(error_messages={"required": NO_CONSENT})


class AnswerForm(forms.Form):
    """Whether a speaker is who is suggested."""

    voice = forms.IntegerField()
    answer = forms.ChoiceField(choices=[("yes", "yes"), ("no", "no")])


class VoiceNameForm(forms.Form):
    """What a known voice is called."""

    name = forms.CharField(max_length=LONGEST_NAME)


class RuleForm(forms.Form):
    """Whether a workspace knows voices again, and whether it forgets those it knows."""

    is_on = forms.BooleanField(label=_("Voices may be remembered and suggested"), required=False)
    forget_all = forms.BooleanField(label=_("Forget all voices that are known"), required=False)
