"""Known voices on the pages: remembered and suggested at a meeting, kept by a workspace."""

from collections.abc import Callable
from typing import cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import workspace_of
from accounts.errors import OwnersOnly, ProtokolError
from accounts.models import Membership, User, Workspace
from meetings.models import Meeting
from transcription.known_voices import are_known
from transcription.models import KnownVoice, Speaker
from transcription.services import voices
from transcription.speaker_forms import AnswerForm, ConsentForm, RuleForm, VoiceNameForm
from transcription.speaker_views import done


@login_required
@require_POST
def remember(request: HttpRequest, pk: UUID, speaker: int) -> HttpResponse:
    """Know the voice again in later meetings."""
    found = _speaker(request, pk, speaker)

    def act() -> str:
        voice = voices.remember(speaker=found, by=_by(request))
        return _("The voice of %(name)s is remembered.") % {"name": voice.name}

    return done(request, pk, ConsentForm(request.POST), act)


@login_required
@require_POST
def take_back(request: HttpRequest, pk: UUID, speaker: int) -> HttpResponse:
    """Delete what was remembered of this meeting's voice."""
    found = _speaker(request, pk, speaker)

    def act() -> str:
        voices.take_back(speaker=found, by=_by(request))
        return _("What was remembered of this meeting's voice is deleted.")

    return done(request, pk, None, act)


@login_required
@require_POST
def answer(request: HttpRequest, pk: UUID, speaker: int) -> HttpResponse:
    """Accept or refuse what is suggested."""
    found, form = _speaker(request, pk, speaker), AnswerForm(request.POST)

    def act() -> str:
        home = KnownVoice.objects.filter(workspace=found.transcript.meeting.workspace_id)
        voice = get_object_or_404(home, pk=form.cleaned_data["voice"])
        if form.cleaned_data["answer"] == "yes":
            voices.accept(speaker=found, voice=voice, by=_by(request))
            return _("Now called %(name)s, everywhere.") % {"name": voice.name}
        voices.refuse(speaker=found, voice=voice, by=_by(request))
        return _("%(name)s is not suggested here again.") % {"name": voice.name}

    return done(request, pk, form, act)


@login_required
@require_safe
def of_workspace(request: HttpRequest, pk: int) -> HttpResponse:
    """Whom the workspace knows by voice."""
    workspace = workspace_of(request.user, pk)
    is_on = are_known(workspace.pk)
    role = getattr(workspace, "role", "")
    context = {
        "workspace": workspace,
        "voices": KnownVoice.objects.filter(workspace=workspace).listed(),
        "is_on": is_on,
        "owns": role == Membership.Role.OWNER,
        "may_edit": role in Membership.EDITORS,
        "rule_form": RuleForm(initial={"is_on": is_on}),
    }
    return render(request, "transcription/known_voices.html", context)


@login_required
@require_POST
def rename(request: HttpRequest, pk: int, voice: int) -> HttpResponse:
    """Another name for what is suggested from now on."""
    found, form = _voice(request, pk, voice), VoiceNameForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Write a name."))
        return _back(pk)
    return _tried(request, pk, lambda: voices.rename(voice=found, **form.cleaned_data))


@login_required
@require_POST
def forget(request: HttpRequest, pk: int, voice: int) -> HttpResponse:
    """Delete how the person sounds."""
    found = _voice(request, pk, voice)
    voices.forget(voice=found)
    messages.success(request, _("The voice of %(name)s is forgotten.") % {"name": found.name})
    return _back(pk)


@login_required
@require_POST
def set_rule(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the workspace know voices again or not."""
    found, form = _owned(request, pk), RuleForm(request.POST)
    if form.is_valid():
        voices.set_rule(workspace=found, by=_by(request), **form.cleaned_data)
    return _back(pk)


def _speaker(request: HttpRequest, pk: UUID, speaker: int) -> Speaker:
    """Of a meeting that the person governs: who is let in alone is not asked."""
    meeting = get_object_or_404(Meeting.objects.governed_by(request.user), pk=pk)
    of_meeting = Speaker.objects.filter(transcript__meeting=meeting)
    return get_object_or_404(of_meeting.select_related("transcript__meeting"), pk=speaker)


def _voice(request: HttpRequest, pk: int, voice: int) -> KnownVoice:
    mine = KnownVoice.objects.editable_by(request.user).filter(workspace=pk)
    return get_object_or_404(mine, pk=voice)


def _owned(request: HttpRequest, pk: int) -> Workspace:
    try:
        return workspace_of(request.user, pk, to_change=True)
    except OwnersOnly as error:
        raise PermissionDenied(str(error.detail)) from error


def _tried(request: HttpRequest, pk: int, act: Callable[[], object]) -> HttpResponseRedirect:
    try:
        act()
    except ProtokolError as error:
        messages.error(request, str(error.detail))
    return _back(pk)


def _back(pk: int) -> HttpResponseRedirect:
    return redirect("transcription:known-voices", pk=pk)


def _by(request: HttpRequest) -> User:
    return cast(User, request.user)
