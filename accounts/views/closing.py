"""The page on which a person deletes their account."""

from typing import Any

from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from allauth.core.exceptions import ReauthenticationRequired
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.errors import OwnsWorkspaces
from accounts.forms import ClosingForm
from accounts.services import closing


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest) -> HttpResponse:
    """What goes with the account and what stays; the password has been asked for just now."""
    user: Any = request.user
    if not did_recently_reauthenticate(request):
        raise ReauthenticationRequired
    form = ClosingForm(user, request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            closing.close(user=user, request=request)
        except OwnsWorkspaces as error:
            form.add_error(None, str(error.detail))
        else:
            logout(request)
            messages.success(request, _("Your account is deleted."))
            return HttpResponseRedirect(reverse("accounts:sign-in"))
    context = {
        "form": form,
        "blocking": closing.kept_by(user),
        "going": closing.going_with(user),
    }
    return render(request, "accounts/closing.html", context)
