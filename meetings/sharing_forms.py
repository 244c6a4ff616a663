"""Forms about who is let into one meeting."""

from django import forms

from accounts.models import User, Workspace
from meetings.models import MeetingShare


class ShareForm(forms.Form):
    """Whom to let in, and what they may."""

    email = forms.EmailField(max_length=254)
    right = forms.ChoiceField(choices=MeetingShare.Right.choices)


class RightForm(forms.Form):
    """Another right."""

    right = forms.ChoiceField(choices=MeetingShare.Right.choices)


class LinkForm(forms.Form):
    """What a link is to allow."""

    days = forms.IntegerField(min_value=1, max_value=365)
    password = forms.CharField(max_length=128, required=False, strip=False)
    may_download = forms.BooleanField(required=False)


class MoveForm(forms.Form):
    """Where a meeting is to belong: a workspace in which the person may add meetings."""

    workspace = forms.ModelChoiceField(queryset=Workspace.objects.none())

    def __init__(self, user: User, told: object) -> None:
        super().__init__(told)  # type: ignore[arg-type]
        self.fields["workspace"].queryset = Workspace.objects.editable_by(user)  # type: ignore[attr-defined]
