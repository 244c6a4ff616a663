"""The form in which a person asks a question over meetings."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User, Workspace
from meetings.models import Series
from reports.models.question import LONGEST
from reports.services.asking import About


class QuestionForm(forms.Form):
    """What is asked, and about which meetings of which workspace."""

    q = forms.CharField(
        label=_("Your question"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2, "data-search": True}),
    )
    workspace = forms.ModelChoiceField(Workspace.objects.none(), label=_("Workspace"))
    series = forms.ModelChoiceField(
        Series.objects.none(), label=_("Series"), required=False, empty_label=_("All series")
    )
    held_from = forms.DateField(label=_("From this day"), required=False)
    held_to = forms.DateField(label=_("Until this day"), required=False)

    def __init__(self, data: Any, user: User, **more: Any) -> None:
        super().__init__(data, **more)
        mine = Workspace.objects.visible_to(user)
        series = Series.objects.filter(workspace__in=mine).order_by("name")
        self.fields["workspace"].queryset = mine.order_by("-personal", "name")  # type: ignore[attr-defined]
        self.fields["series"].queryset = series  # type: ignore[attr-defined]
        self.fields["workspace"].initial = mine.filter(personal=True).first()
        for day in ("held_from", "held_to"):
            self.fields[day].widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def clean(self) -> dict[str, Any]:
        """The series is one of the workspace."""
        told = super().clean() or {}
        series, home = told.get("series"), told.get("workspace")
        if series and home and series.workspace_id != home.pk:
            self.add_error("series", _("This series is not of the workspace."))
        return told

    @property
    def about(self) -> About:
        """Which meetings are asked about."""
        told = self.cleaned_data
        return About(told["series"], told["held_from"], told["held_to"])
