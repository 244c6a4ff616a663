"""Forms about meetings."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from accounts.models import User, Workspace
from meetings.models import Meeting, Series
from meetings.pipeline import STAGES
from meetings.services import templates

FIRST = ("ru", "en")
SPOKEN = (
    "ar az be bg ca cs da de el es et fa fi fr he hi hu hy id it ja ka kk ko lt lv nl no pl pt ro "
    "sk sl sr sv tg th tr uk uz vi"
).split()
"""Languages offered by name; the others are found by listening."""


def languages() -> list[tuple[str, str]]:
    """Codes and names for the choice of a recording's language, in the reader's language."""
    names = {code: get_language_info(code)["name_translated"].capitalize() for code in SPOKEN}
    first = [(code, get_language_info(code)["name_translated"].capitalize()) for code in FIRST]
    rest = sorted(names.items(), key=lambda pair: pair[1])
    return [("", str(_("Find out by listening"))), *first, *rest]


class Lines(forms.CharField):
    """A list of short texts, written one a line."""

    widget = forms.Textarea

    def __init__(self, **options: Any) -> None:
        super().__init__(
            required=False,
            widget=forms.Textarea(attrs={"rows": 4}),
            max_length=20_000,
            help_text=options.pop("help_text", _("One a line.")),
            **options,
        )

    def prepare_value(self, value: Any) -> Any:
        """The list as lines."""
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        """The lines as a list, trimmed; empty ones are dropped."""
        text = super().to_python(value) or ""
        return [line.strip()[:500] for line in text.splitlines() if line.strip()]

    def validate(self, value: Any) -> None:
        """Any list will do."""

    def run_validators(self, value: Any) -> None:
        """The text's length, of the lines together."""
        super().run_validators("\n".join(value))


class SeriesChoice(forms.ModelChoiceField):
    """A series that the person may put meetings into; of one workspace where that is told."""

    def __init__(self, user: User, workspace_id: int | None = None, **options: Any) -> None:
        mine = Series.objects.editable_by(user)
        if workspace_id is not None:
            mine = mine.filter(workspace=workspace_id)
        super().__init__(
            queryset=mine, required=False, label=_("Series"), empty_label=_("None"), **options
        )


class TemplateChoice(forms.ChoiceField):
    """A template of minutes; of one workspace where that is told."""

    def __init__(self, user: User, empty: Any, workspace_id: int | None = None) -> None:
        """``empty``: what it means that none is chosen."""
        super().__init__(
            label=_("Template of the minutes"),
            required=False,
            choices=lambda: [("", empty), *templates.choices(user, workspace_id)],
        )


class MeetingSeriesForm(forms.Form):
    """Which series a meeting belongs to."""

    def __init__(self, meeting: Meeting, user: User, told: Any = None) -> None:
        super().__init__(told, initial={"series": meeting.series_id})
        self.fields["series"] = SeriesChoice(user, meeting.workspace_id)


class SeriesForm(forms.ModelForm):
    """A series and what its new meetings begin with."""

    language = forms.ChoiceField(label=_("Language"), required=False, choices=languages)
    participants = Lines(label=_("Participants"))
    agenda = Lines(label=_("Agenda"), help_text=_("One item a line."))

    class Meta:
        model = Series
        fields = ["workspace", "name", "language", "participants", "agenda", "vocabulary"]
        labels = {
            "workspace": _("Workspace"),
            "name": _("Name"),
            "vocabulary": _("Names and terms"),
        }
        widgets = {"vocabulary": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"vocabulary": _("Surnames, products, abbreviations that people will say.")}

    def __init__(self, user: User, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        is_new = self.instance._state.adding
        self.fields["template"] = TemplateChoice(
            user, _("As in the workspace"), None if is_new else self.instance.workspace_id
        )
        self.initial.setdefault("template", self.instance.template)
        home = self.fields["workspace"]
        assert isinstance(home, forms.ModelChoiceField)
        homes = Workspace.objects.editable_by(user)
        if not is_new:
            del self.fields["workspace"]
            return
        if len(homes) == 1:
            home.widget = forms.HiddenInput()
        home.queryset, home.empty_label = homes, None
        home.initial = homes[0] if homes else None


class NewMeetingForm(forms.ModelForm):
    """What a person can tell about a recording before it is sent; all of it is optional.

    The page sends these fields to the API together with the file.
    """

    held_at = forms.DateTimeField(
        label=_("Date and time"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    language = forms.ChoiceField(label=_("Language"), required=False, choices=languages)
    speakers = forms.IntegerField(
        label=_("Number of speakers"),
        required=False,
        min_value=1,
        max_value=50,
        help_text=_("Leave empty if you are not sure."),
    )
    agenda = forms.CharField(
        label=_("Agenda"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One item a line."),
    )

    class Meta:
        model = Meeting
        fields = ["title", "held_at", "language", "speakers", "agenda", "vocabulary"]
        labels = {"title": _("Title"), "vocabulary": _("Names and terms")}
        widgets = {"vocabulary": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "title": _("Empty: the name of the file."),
            "vocabulary": _("Surnames, products, abbreviations that people will say."),
        }

    def __init__(self, user: User) -> None:
        now = timezone.localtime().replace(second=0, microsecond=0, tzinfo=None)
        super().__init__(initial={"held_at": now})
        self.fields["title"].required = False
        self.fields["series"] = SeriesChoice(
            user, help_text=_("What you leave empty is taken from the series.")
        )
        self.fields["template"] = TemplateChoice(user, _("As in the series or the workspace"))
        homes = Workspace.objects.editable_by(user)
        if len(homes) > 1:
            self.fields["workspace"] = forms.ModelChoiceField(
                queryset=homes,
                label=_("Workspace"),
                required=False,
                empty_label=_("That of the series, or %(own)s") % {"own": homes[0]},
                help_text=_("All its members will see the meeting."),
            )


class ProcessForm(forms.Form):
    """From which stage a meeting is to be processed once more."""

    from_stage = forms.ChoiceField(choices=[(stage.name, stage.label) for stage in STAGES])
