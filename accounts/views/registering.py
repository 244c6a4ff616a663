"""Becoming a person here: registration, a forgotten password, an invitation."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from accounts.errors import InvitationOver, ProtokolError
from accounts.forms import AskResetForm, CodeForm, PersonForm, RegisterForm, ResetForm
from accounts.models import Invitation, User
from accounts.services import invitations, passwords, registration
from accounts.views.entering import let_in, too_fast

REGISTRATION, RESET = "registration", "password_reset"


def _home() -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("meetings:list"))


def _told(form: Any, field: str | None, error: ProtokolError | ValidationError) -> None:
    """Say on the page what a service refused."""
    sentence: Any = str(error.detail) if isinstance(error, ProtokolError) else error
    form.add_error(field, sentence)


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """Address, name and password; a code comes by mail."""
    if request.user.is_authenticated:
        return _home()
    if not registration.is_open():
        return render(request, "accounts/closed.html", status=403)
    if wait := too_fast(request):
        return wait
    form = RegisterForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        wanted = form.wanted(form.cleaned_data["email"], get_language() or "")
        try:
            code = registration.begin(wanted=wanted, password=form.cleaned_data["password"])
        except ValidationError as error:
            _told(form, "password", error)
        except ProtokolError as error:
            _told(form, "email", error)
        else:
            request.session[REGISTRATION] = [str(code.pk), code.email]
            return HttpResponseRedirect(reverse("accounts:register-code"))
    return render(request, "accounts/register.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def register_code(request: HttpRequest) -> HttpResponse:
    """The code that came by mail; then they are in."""
    if REGISTRATION not in request.session:
        return HttpResponseRedirect(reverse("accounts:register"))
    if wait := too_fast(request):
        return wait
    pk, address = request.session[REGISTRATION]
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            user = registration.finish(pk=pk, code=form.cleaned_data["code"], request=request)
        except ProtokolError as error:
            _told(form, "code", error)
        else:
            del request.session[REGISTRATION]
            return let_in(request, user)
    context = {"form": form, "email": address, "again": reverse("accounts:register")}
    return render(request, "accounts/code.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def ask_reset(request: HttpRequest) -> HttpResponse:
    """Whose password is forgotten; the answer is the same for addresses that nobody has."""
    if wait := too_fast(request):
        return wait
    form = AskResetForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            code = passwords.ask_reset(email=form.cleaned_data["email"])
        except ProtokolError as error:
            _told(form, "email", error)
        else:
            request.session[RESET] = [str(code.pk), code.email]
            return HttpResponseRedirect(reverse("accounts:reset-code"))
    return render(request, "accounts/reset.html", {"form": form})


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def reset_code(request: HttpRequest) -> HttpResponse:
    """The code and a new password; then they are in, by the second step where it is on."""
    if RESET not in request.session:
        return HttpResponseRedirect(reverse("accounts:reset"))
    if wait := too_fast(request):
        return wait
    pk, address = request.session[RESET]
    form = ResetForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        told = form.cleaned_data
        try:
            user = passwords.reset(
                pk=pk, code=told["code"], password=told["password"], request=request
            )
        except ValidationError as error:
            _told(form, "password", error)
        except ProtokolError as error:
            _told(form, "code", error)
        else:
            del request.session[RESET]
            return let_in(request, user)
    context = {"form": form, "email": address, "again": reverse("accounts:reset")}
    return render(request, "accounts/code.html", context)


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """What an invitation's link leads to: registration, or joining for who is here already."""
    if wait := too_fast(request):
        return wait
    try:
        invited = invitations.of_token(token)
        if request.user.is_authenticated:
            return _join(request, invited)
        if User.objects.filter(email=invited.email).exists():
            return render(request, "accounts/invitation.html", {"invitation": invited})
        return _register_invited(request, invited)
    except InvitationOver as error:
        context = {"error": error}
        return render(request, "accounts/invitation_over.html", context, status=error.status)


def _join(request: HttpRequest, invited: Invitation) -> HttpResponse:
    user: Any = request.user
    is_theirs = user.email.lower() == invited.email
    if is_theirs and request.method == "POST":
        invitations.accept(invitation=invited, user=user)
        return _home()
    context = {"invitation": invited, "is_theirs": is_theirs}
    return render(request, "accounts/invitation.html", context)


def _register_invited(request: HttpRequest, invited: Invitation) -> HttpResponse:
    form = PersonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        wanted = form.wanted(invited.email, get_language() or "")
        try:
            user = invitations.register(
                invitation=invited,
                wanted=wanted,
                password=form.cleaned_data["password"],
                request=request,
            )
        except ValidationError as error:
            _told(form, "password", error)
        else:
            return let_in(request, user)
    return render(request, "accounts/invitation.html", {"invitation": invited, "form": form})
