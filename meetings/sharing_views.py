"""What the sharing dialog of a meeting's page sends: each acts and leads back to it."""

from collections.abc import Callable
from typing import cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.errors import ProtokolError
from accounts.models import User
from meetings.api.sharing import url_of
from meetings.models import Meeting
from meetings.services import moving, sharing
from meetings.sharing_forms import LinkForm, MoveForm, RightForm, ShareForm


@login_required
@require_POST
def share(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let somebody into this meeting alone."""
    meeting, form = _governed(request, pk), ShareForm(request.POST)
    if form.is_valid():
        told, by = form.cleaned_data, cast(User, request.user)
        _tried(request, lambda: sharing.share(meeting=meeting, by=by, request=request, **told))
    else:
        messages.error(request, _("Write the e-mail address of the person."))
    return _back(pk)


@login_required
@require_POST
def set_right(request: HttpRequest, pk: UUID, share: int) -> HttpResponse:
    """Another right."""
    found = get_object_or_404(_governed(request, pk).shares, pk=share)
    form = RightForm(request.POST)
    if form.is_valid():
        sharing.change(share=found, right=form.cleaned_data["right"])
    return _back(pk)


@login_required
@require_POST
def withdraw(request: HttpRequest, pk: UUID, share: int) -> HttpResponse:
    """Let them in no more."""
    sharing.withdraw(share=get_object_or_404(_governed(request, pk).shares, pk=share))
    return _back(pk)


@login_required
@require_POST
def make_link(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A link; the page that follows shows its address once."""
    meeting, form = _governed(request, pk), LinkForm(request.POST)
    if form.is_valid():
        by = cast(User, request.user)
        _link, token = sharing.make_link(meeting=meeting, by=by, **form.cleaned_data)
        request.session[f"made-link-{pk}"] = url_of(token)
    else:
        messages.error(request, _("A link is valid for 1 to 365 days."))
    return _back(pk)


@login_required
@require_POST
def revoke_link(request: HttpRequest, pk: UUID, link: int) -> HttpResponse:
    """Let the link lead nowhere any more."""
    sharing.revoke(link=get_object_or_404(_governed(request, pk).links, pk=link))
    return _back(pk)


@login_required
@require_POST
def move(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Let the meeting belong to another workspace of the person's."""
    meeting, form = _governed(request, pk), MoveForm(cast(User, request.user), request.POST)
    if form.is_valid():
        home = form.cleaned_data["workspace"]
        _tried(request, lambda: moving.move(meeting=meeting, workspace=home))
    return _back(pk)


def _governed(request: HttpRequest, pk: UUID) -> Meeting:
    return get_object_or_404(Meeting.objects.governed_by(request.user), pk=pk)


def _back(pk: UUID) -> HttpResponseRedirect:
    return HttpResponseRedirect(f"{reverse('meetings:meeting', args=[pk])}#sharing")


def _tried(request: HttpRequest, act: Callable[[], object]) -> None:
    try:
        act()
    except ProtokolError as error:
        messages.error(request, str(error.detail))
