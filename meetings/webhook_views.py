"""The pages on which owners have events sent to other programs, and see what came of it."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import workspace_of
from accounts.errors import OwnersOnly, ProtokolError
from accounts.models import User, Workspace
from meetings.access import delivery_of, webhook_of
from meetings.errors import UnfitWebhook
from meetings.models import Webhook, WebhookDelivery
from meetings.services import webhook_deliveries
from meetings.services import webhooks as services
from meetings.webhook_forms import WebhookForm

SHOWN = 50
"""Deliveries on the page; the API has the others."""

State = WebhookDelivery.State


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def webhooks(request: HttpRequest, pk: int) -> HttpResponse:
    """A workspace's webhooks; a new one's secret is shown in the answer that makes it."""
    workspace = _workspace(request, pk)
    form = WebhookForm(request.POST if request.method == "POST" else None)
    made, secret = None, ""
    if form.is_valid():
        try:
            by = cast(User, request.user)
            made, secret = services.create(workspace=workspace, by=by, **form.cleaned_data)
            form = WebhookForm()
        except UnfitWebhook as unfit:
            form.add_error("url", str(unfit.detail))
        except ProtokolError as error:
            form.add_error(None, str(error.detail))
    shown = {
        "workspace": workspace,
        "webhooks": workspace.webhooks.all(),
        "form": form,
        "made": made,
        "secret": secret,
    }
    return render(request, "meetings/webhooks.html", shown, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def webhook(request: HttpRequest, pk: int, hook: UUID) -> HttpResponse:
    """One of them, and what was sent to it; its owners change it."""
    found = _webhook(request, pk, hook)
    form = WebhookForm(request.POST if request.method == "POST" else None, webhook=found)
    if form.is_valid():
        try:
            services.change(webhook=found, **form.cleaned_data)
            return redirect("webhooks:webhook", pk=pk, hook=hook)
        except UnfitWebhook as unfit:
            form.add_error("url", str(unfit.detail))
    deliveries = list(found.deliveries.all()[: SHOWN + 1])
    shown = {
        "workspace": found.workspace,
        "webhook": found,
        "form": form,
        "deliveries": deliveries[:SHOWN],
        "more": len(deliveries) > SHOWN,
        "waits": any(row.state == State.SENDING or _is_new(row) for row in deliveries),
    }
    return render(request, "meetings/webhook.html", shown, status=422 if form.errors else 200)


@login_required
@require_POST
def test(request: HttpRequest, pk: int, hook: UUID) -> HttpResponse:
    """Have a test sent; the page shows what came of it."""
    services.test(webhook=_webhook(request, pk, hook))
    return redirect("webhooks:webhook", pk=pk, hook=hook)


@login_required
@require_POST
def delete(request: HttpRequest, pk: int, hook: UUID) -> HttpResponse:
    """Send no more."""
    services.delete(webhook=_webhook(request, pk, hook))
    messages.success(request, _("The webhook is deleted."))
    return redirect("webhooks:list", pk=pk)


@login_required
@require_POST
def send_again(request: HttpRequest, pk: int, hook: UUID, delivery: UUID) -> HttpResponse:
    """Send an event once more."""
    _webhook(request, pk, hook)
    try:
        webhook_deliveries.send_again(delivery=delivery_of(request.user, hook, delivery))
    except ProtokolError as error:
        messages.error(request, str(error.detail))
    return redirect("webhooks:webhook", pk=pk, hook=hook)


def _is_new(row: WebhookDelivery) -> bool:
    """Whether it will be sent within seconds."""
    return row.state == State.PENDING and not row.error


def _workspace(request: HttpRequest, pk: int) -> Workspace:
    try:
        return workspace_of(request.user, pk, to_change=True)
    except OwnersOnly as error:
        raise PermissionDenied(str(error.detail)) from error


def _webhook(request: HttpRequest, pk: int, hook: UUID) -> Webhook:
    workspace = _workspace(request, pk)
    found = webhook_of(request.user, hook)
    if found.workspace_id != workspace.pk:
        raise Http404
    return found
