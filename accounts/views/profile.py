"""The profile, notifications, and API keys."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.forms import ApiKeyForm, NotificationsForm, ProfileForm
from accounts.models import ApiKey, User
from accounts.services import api_keys, profiles


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """What the person is called, and how they read the pages."""
    user: Any = request.user
    own = User.objects.get(pk=user.pk)  # what is not saved must not be shown elsewhere
    form = ProfileForm(request.POST if request.method == "POST" else None, instance=own)
    if form.is_valid():
        profiles.keep(person=own, fields=form.changed_data)
        return HttpResponseRedirect(request.path)
    return render(request, "accounts/profile.html", {"form": form})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def notifications(request: HttpRequest) -> HttpResponse:
    """What the person is told, and how."""
    form = NotificationsForm(
        request.POST if request.method == "POST" else None, instance=request.user
    )
    if form.is_valid():
        profiles.keep(person=form.instance, fields=form.changed_data)
        return HttpResponseRedirect(request.path)
    return render(request, "accounts/notifications.html", {"form": form})


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def keys(request: HttpRequest) -> HttpResponse:
    """The person's API keys; a new one is shown in the answer that makes it and never again."""
    user: Any = request.user
    form = ApiKeyForm(request.POST if request.method == "POST" else None)
    made = ""
    if form.is_valid():
        made = api_keys.create(user=user, request=request, **form.cleaned_data)
        form = ApiKeyForm()
    rows = ApiKey.objects.filter(user=user, revoked_at=None)
    return render(request, "accounts/keys.html", {"form": form, "keys": rows, "made": made})


@login_required
@require_POST
def revoke_key(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a key of the person's open nothing from now on."""
    key = ApiKey.objects.filter(user=request.user.pk, pk=pk).select_related("user").first()
    if key is None:
        raise Http404
    api_keys.revoke(key=key, request=request)
    messages.success(request, _("The key “%(name)s” is revoked.") % {"name": key.name})
    return HttpResponseRedirect(reverse("accounts:keys"))
