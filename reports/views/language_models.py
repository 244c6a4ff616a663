"""The page on which a workspace's language model is chosen and tried."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import workspace_of
from accounts.errors import OwnersOnly
from accounts.models import Membership, Workspace
from reports.documents.language_models import host_of, language_model_document
from reports.errors import UnfitLanguageModel
from reports.forms.language_models import INSTANCE, LanguageModelForm
from reports.models import LanguageModel
from reports.services import language_models, trials


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def language_model(request: HttpRequest, pk: int) -> HttpResponse:
    """Members see who writes, owners choose."""
    workspace = _workspace(request, pk)
    row = LanguageModel.objects.filter(workspace=workspace).first()
    form = LanguageModelForm(
        request.POST if request.method == "POST" else None, row=row, instance=_of_instance()
    )
    if form.is_valid() and _kept(request, workspace, form):
        return HttpResponseRedirect(_page(pk))
    status = 422 if form.is_bound else 200
    return render(
        request, "reports/language_model.html", _shown(request, workspace, form), status=status
    )


@login_required
@require_POST
def try_language_model(request: HttpRequest, pk: int) -> HttpResponse:
    """Have the choice tried by a worker; the page shows what came of it."""
    workspace = _workspace(request, pk)
    if not trials.ask_for(workspace=workspace):
        messages.error(request, _("Choose a language model first."))
    return HttpResponseRedirect(_page(pk))


@login_required
@require_http_methods(["GET", "HEAD"])
def language_models_of_mine(request: HttpRequest) -> HttpResponse:
    """The workspace's page where there is one workspace, else a choice of them."""
    workspaces = list(Workspace.objects.visible_to(request.user))
    if len(workspaces) == 1:
        return HttpResponseRedirect(_page(workspaces[0].pk))
    return render(request, "reports/language_models.html", {"workspaces": workspaces})


def _workspace(request: HttpRequest, pk: int) -> Workspace:
    try:
        return workspace_of(request.user, pk, to_change=request.method == "POST")
    except OwnersOnly as error:
        raise PermissionDenied(str(error.detail)) from error


def _kept(request: HttpRequest, workspace: Workspace, form: LanguageModelForm) -> bool:
    choice = form.choice()
    if choice.provider == INSTANCE:
        language_models.forget(workspace=workspace)
        return True
    try:
        language_models.choose(workspace=workspace, by=request.user, choice=choice)  # type: ignore[arg-type]
    except UnfitLanguageModel as unfit:
        form.add_error(unfit.field if unfit.field in form.fields else None, str(unfit.detail))
        return False
    return True


def _shown(request: HttpRequest, workspace: Workspace, form: LanguageModelForm) -> dict[str, Any]:
    row = LanguageModel.objects.filter(workspace=workspace).first()
    owns = Membership.objects.filter(
        workspace=workspace,
        user=request.user.pk,
        role=Membership.Role.OWNER,
    ).exists()
    return {
        "workspace": workspace,
        "form": form,
        "row": row,
        "owns": owns,
        "chosen": language_model_document(workspace),
        "waits": bool(row and row.trial == LanguageModel.Trial.WAITING),
    }


def _of_instance() -> str:
    host = host_of(None)
    if host is None:
        return _("As on this instance: without a language model")
    provider = language_models.of_instance()
    assert provider is not None
    return _("As on this instance: %(model)s (%(host)s)") % {"model": provider.model, "host": host}


def _page(pk: int) -> str:
    return reverse("language-models:of-workspace", args=[pk])
