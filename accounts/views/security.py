"""What keeps an account safe: password, address, second step, and where it is signed in."""

from typing import Any

from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from allauth.core.exceptions import ReauthenticationRequired
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts import events
from accounts.errors import ProtokolError
from accounts.forms import CodeForm, NewEmailForm, PasswordForm
from accounts.services import addresses, passwords, sessions, signing_in

NEW_EMAIL = "new_email"


@login_required
@never_cache
@require_http_methods(["GET", "HEAD"])
def security(request: HttpRequest) -> HttpResponse:
    """All of it on one page."""
    user: Any = request.user
    rows = {row.type: row.wrap() for row in Authenticator.objects.filter(user=user)}
    codes = rows.get(Authenticator.Type.RECOVERY_CODES)
    context = {
        "has_two_steps": Authenticator.Type.TOTP in rows,
        "codes_left": len(codes.get_unused_codes()) if codes else 0,
        "places": sessions.of(user=user, session_key=request.session.session_key),
        "for_admin": request.GET.get("next", "").startswith(reverse("admin:index")),
    }
    return render(request, "accounts/security.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Another password; signed out everywhere else."""
    user: Any = request.user
    form = PasswordForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _changed(request, user, form):
        before = request.session.session_key
        update_session_auth_hash(request, user)
        sessions.moved(before=before, after=request.session.session_key)
        messages.success(request, _("Your password is changed; everywhere else you are out."))
        return HttpResponseRedirect(reverse("accounts:security"))
    return render(request, "accounts/password.html", {"form": form})


def _changed(request: HttpRequest, user: Any, form: PasswordForm) -> bool:
    told = form.cleaned_data
    try:
        signing_in.by_password(request=request, email=user.email, password=told["current"])
        passwords.change(
            user=user,
            password=told["password"],
            request=request,
            keep=request.session.session_key,
        )
    except ValidationError as error:
        form.add_error("password", error)
    except ProtokolError:
        form.add_error("current", _("This is not your password."))
    return form.is_valid()


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def email(request: HttpRequest) -> HttpResponse:
    """Another address; it gets a code first. The password has been asked for just now."""
    user: Any = request.user
    if not did_recently_reauthenticate(request):
        raise ReauthenticationRequired
    form = NewEmailForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            code = addresses.ask(user=user, email=form.cleaned_data["email"])
        except ProtokolError as error:
            form.add_error("email", str(error.detail))
        else:
            request.session[NEW_EMAIL] = [str(code.pk), code.email]
            return HttpResponseRedirect(reverse("accounts:email-code"))
    return render(request, "accounts/email.html", {"form": form})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def email_code(request: HttpRequest) -> HttpResponse:
    """The code that came to the new address."""
    user: Any = request.user
    if NEW_EMAIL not in request.session:
        return HttpResponseRedirect(reverse("accounts:email"))
    pk, address = request.session[NEW_EMAIL]
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            addresses.change(user=user, pk=pk, code=form.cleaned_data["code"], request=request)
        except ProtokolError as error:
            form.add_error("code", str(error.detail))
        else:
            del request.session[NEW_EMAIL]
            messages.success(request, _("Your address is changed."))
            return HttpResponseRedirect(reverse("accounts:security"))
    context = {"form": form, "email": address, "again": reverse("accounts:email")}
    return render(request, "accounts/code.html", context)


@login_required
@require_POST
def end_session(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """Sign out one place; ended or not there, it is gone."""
    user: Any = request.user
    if sessions.end(user=user, kind=kind, key=key):
        events.tell(events.Event.SESSION_ENDED, user=user, request=request, kind=kind)
        messages.success(request, _("This sign-in is ended."))
    return HttpResponseRedirect(reverse("accounts:security"))


@login_required
@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    """Sign out everywhere but here."""
    user: Any = request.user
    sessions.end_all(user=user, but=request.session.session_key)
    events.tell(events.Event.SESSION_ENDED, user=user, request=request, kind="all others")
    messages.success(request, _("You are signed out everywhere else."))
    return HttpResponseRedirect(reverse("accounts:security"))
