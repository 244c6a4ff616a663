"""The page of a meeting's speakers, and what its forms do; each leads back to it."""

from collections.abc import Callable
from typing import Any, cast
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.acts import Act
from accounts.errors import ProtokolError
from accounts.models import User
from accounts.services import audit
from meetings.models import Meeting
from transcription.known_voices import known_to
from transcription.models import Speaker, Transcript
from transcription.roll import ORDERS, roll_of
from transcription.services import editing, speakers
from transcription.speaker_forms import MergeForm, NameForm, RangeForm


@login_required
@require_safe
def speakers_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who speaks in a meeting: to hear, to name, to merge; how the time is shared out."""
    visible = Meeting.objects.visible_to(request.user).with_progress()
    meeting = get_object_or_404(visible, pk=pk)
    audit.record(Act.MEETING_SEEN, of=meeting, hourly=True)
    transcript = Transcript.objects.current(meeting)
    order = _order(request.GET)
    context = {
        "meeting": meeting,
        "may_edit": Meeting.objects.editable_by(request.user).filter(pk=pk).exists(),
        "transcript": transcript,
        "roll": known_to(roll_of(transcript, order), request.user) if transcript else None,
        "order": order,
    }
    return render(request, "transcription/speakers.html", context)


@login_required
@require_POST
def rename(request: HttpRequest, pk: UUID, speaker: int) -> HttpResponse:
    """A name for a voice, in the transcript and in the drafts of its minutes."""
    found, form = _speaker(request, pk, speaker), NameForm(request.POST)

    def act() -> str:
        named = speakers.rename(speaker=found, by=_by(request), name=form.cleaned_data["name"])
        return _("Now called %(name)s, everywhere.") % {"name": named.display_name}

    return done(request, pk, form, act)


@login_required
@require_POST
def merge(request: HttpRequest, pk: UUID, speaker: int) -> HttpResponse:
    """Let another voice say all of it."""
    found, form = _speaker(request, pk, speaker), MergeForm(request.POST)

    def act() -> str:
        into = _speaker(request, pk, form.cleaned_data["into"])
        heir = speakers.merge(speaker=found, into=into, by=_by(request))
        told = {"gone": found.display_name, "heir": heir.display_name}
        return _("%(gone)s is %(heir)s now. Undo on the meeting's page takes it back.") % told

    return done(request, pk, form, act)


@login_required
@require_POST
def reassign(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let somebody say what lies between two times."""
    transcript, form = _transcript(request, pk), RangeForm(request.POST)

    def act() -> str:
        count = editing.reassign_between(
            transcript=transcript,
            by=_by(request),
            start=form.cleaned_data["start"],
            end=form.cleaned_data["end"],
            voice=form.voice,
        )
        text = ngettext(
            "%(n)s segment has another speaker now.",
            "%(n)s segments have another speaker now.",
            count,
        )
        return text % {"n": count}

    return done(request, pk, form, act)


def done(
    request: HttpRequest, pk: UUID, form: forms.Form | None, act: Callable[[], str]
) -> HttpResponseRedirect:
    """Back on the page, which tells what ``act`` says was done, or why not."""
    if form is not None and not form.is_valid():
        for errors in form.errors.values():
            messages.error(request, " ".join(map(str, errors)))
        return _back(request, pk)
    try:
        messages.success(request, act())
    except ProtokolError as error:
        messages.error(request, str(error.detail))
    return _back(request, pk)


def _back(request: HttpRequest, pk: UUID) -> HttpResponseRedirect:
    order = _order(request.POST)
    query = f"?{urlencode({'by': order})}" if order != "talk" else ""
    return HttpResponseRedirect(reverse("transcription:speakers", args=[pk]) + query)


def _order(told: Any) -> str:
    order = str(told.get("by", ""))
    return order if order in ORDERS else "talk"


def _transcript(request: HttpRequest, pk: UUID) -> Transcript:
    meeting = get_object_or_404(Meeting.objects.editable_by(request.user), pk=pk)
    transcript = Transcript.objects.current(meeting)
    if transcript is None:
        raise Http404
    return transcript


def _speaker(request: HttpRequest, pk: UUID, speaker: int) -> Speaker:
    return get_object_or_404(
        Speaker.objects.filter(transcript=_transcript(request, pk)), pk=speaker
    )


def _by(request: HttpRequest) -> User:
    return cast(User, request.user)
