"""Every component of ``templates/components`` in each of its states, for the style guide."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from meetings.models import Job, StageRun
from transcription.models import Speaker
from transcription.talk import Talk

State = tuple[str, Mapping[str, Any]]
"""What tells the state from the others, as code, and what the template is given."""

Theme = str
"""``light`` or ``dark``; ids begin with it, since each state is shown in both."""


@dataclass(frozen=True)
class Specimen:
    """A component: the file of ``templates/components``, and its states."""

    file: str
    states: Callable[[Theme], list[State]]
    stands_in: str = ""
    """The element around it: ``stages``, a list; ``still``, which takes no clicks and no focus."""


class SampleForm(forms.Form):
    """A field of each kind that the product's forms have."""

    title = forms.CharField(label=gettext_lazy("title"), initial="Планёрка")
    email = forms.EmailField(label=gettext_lazy("E-mail"))
    speakers = forms.IntegerField(
        label=gettext_lazy("number of speakers"),
        required=False,
        min_value=1,
        help_text=gettext_lazy("Leave empty if you are not sure."),
    )
    right = forms.ChoiceField(
        label=gettext_lazy("Right"),
        choices=[("read", gettext_lazy("may read")), ("edit", gettext_lazy("may read and change"))],
    )
    agenda = forms.CharField(label=gettext_lazy("Agenda"), widget=forms.Textarea(attrs={"rows": 3}))
    held = forms.CharField(label=gettext_lazy("Workspace"), disabled=True, initial="Анна")


def badges(theme: Theme) -> list[State]:
    """A badge for each state of a job, and those of minutes and doubts."""
    jobs = [(state.value, str(state.label)) for state in Job.State]
    others = [
        ("in_review", _("in review")),
        ("approved", _("approved")),
        ("unverified", _("composed without a language model")),
        ("doubt", _("hard to hear, may be wrong")),
        ("shared", _("shared with you")),
    ]
    return [(f'kind="{kind}"', {"kind": kind, "label": label}) for kind, label in jobs + others]


def buttons(theme: Theme) -> list[State]:
    """The kinds of a button; one that leads somewhere is a link."""
    save = {"label": _("Save")}
    return [
        ("", save),
        ('kind="main"', save | {"kind": "main"}),
        ('kind="small"', save | {"kind": "small"}),
        ('kind="main" icon="upload"', {"kind": "main", "icon": "upload", "label": _("Send")}),
        ('href="…"', {"href": "#components", "label": _("Open")}),
    ]


def fields(theme: Theme) -> list[State]:
    """Fields as they are first shown, and one that was filled in wrongly."""
    wrong = SampleForm({f"{theme}-wrong-email": "anna@"}, prefix=f"{theme}-wrong")
    shown = SampleForm(prefix=theme)
    states: list[State] = [(field.field.__class__.__name__, {"field": field}) for field in shown]
    return [*states, ("errors", {"field": wrong["email"]})]


def icons(theme: Theme) -> list[State]:
    """All icons."""
    names = ("play", "pause", "theme", "close", "upload", "search")
    return [(f'name="{name}"', {"name": name}) for name in names]


def markers(theme: Theme) -> list[State]:
    """The twelve colours of speakers, the thirteenth who has the first again, and nobody."""
    speakers = [_speaker(number) for number in range(13)]
    states: list[State] = [(f"position={one.position}", {"speaker": one}) for one in speakers]
    return [*states, ("speaker=None", {"speaker": None})]


def notices(theme: Theme) -> list[State]:
    """A notice of each kind, and one that leads somewhere."""
    return [
        ("", {"text": _("This meeting was deleted.")}),
        ('kind="good"', {"kind": "good", "text": _("Copied")}),
        (
            'href="…"',
            {"href": "#components", "kind": "good", "text": _("Received. It is being worked on.")},
        ),
    ]


def stages(theme: Theme) -> list[State]:
    """A stage in each state; its name, bar and words."""
    broken = {"code": "gone", "sentence": "This meeting was deleted."}
    more: dict[StageRun.State, dict[str, Any]] = {
        StageRun.State.RUNNING: {"progress": 0.42, "attempt": 2},
        StageRun.State.DEAD: {"progress": 0.42, "attempt": 5, "error": broken},
    }
    states = [state for state in StageRun.State if state != StageRun.State.SPREAD]
    runs = [StageRun(name="transcribe", state=s, **more.get(s, {"attempt": 1})) for s in states]
    return [(f'state="{run.state}"', {"stage": run}) for run in runs]


def talks(theme: Theme) -> list[State]:
    """Who spoke: two people, and twelve."""
    return [(f"{len(shares)}", {"talks": _talks(shares)}) for shares in ([60.0, 40.0], [8.3] * 12)]


def bars(theme: Theme) -> list[State]:
    """The bar for somebody who is signed in, and for nobody."""
    anna = User(name="Анна", email="anna@example.org", is_staff=True)
    return [("user", {"user": anna}), ("AnonymousUser", {"user": AnonymousUser()})]


def pages(theme: Theme) -> list[State]:
    """The links below a list: at its beginning, in its middle, at its end; one in order of time."""
    return [
        ("older", {"older": 2}),
        ("newer older", {"newer": 1, "older": 3}),
        ("newer", {"newer": 2}),
        ('kind="time"', {"kind": "time", "newer": 1, "older": 3}),
    ]


def allowing(theme: Theme) -> list[State]:
    """Shown by what the browser was told before."""
    return [("", {}), ('kind="small"', {"kind": "small"})]


def _speaker(position: int) -> Speaker:
    return Speaker(label=f"S{position + 1}", position=position)


def _talks(shares: list[float]) -> list[Talk]:
    starts = [sum(shares[:at]) for at in range(len(shares))]
    return [
        Talk(_speaker(at), 30 * share, share, start)
        for at, (share, start) in enumerate(zip(shares, starts, strict=True))
    ]


SPECIMENS = (
    Specimen("_button.html", buttons),
    Specimen("_badge.html", badges),
    Specimen("_icon.html", icons),
    Specimen("_field.html", fields),
    Specimen("_notice.html", notices),
    Specimen("_stage.html", stages, "stages"),
    Specimen("_talk.html", talks),
    Specimen("_marker.html", markers),
    Specimen("_pages.html", pages, "still"),
    Specimen("_bar.html", bars, "still"),
    Specimen("_allow_notifications.html", allowing),
)
