"""Forms about meetings."""

from django import forms
from django.utils import timezone
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from meetings.models import Meeting
from meetings.pipeline import STAGES

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

    def __init__(self) -> None:
        now = timezone.localtime().replace(second=0, microsecond=0, tzinfo=None)
        super().__init__(initial={"held_at": now})
        self.fields["title"].required = False


class ProcessForm(forms.Form):
    """From which stage a meeting is to be processed once more."""

    from_stage = forms.ChoiceField(choices=[(stage.name, stage.label) for stage in STAGES])
