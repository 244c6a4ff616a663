"""Sign in, sign out, and the language of the pages."""

from typing import Any

from django.conf import settings
from django.contrib.auth import views as auth_views
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from accounts.forms import NotificationsForm, SignInForm

A_YEAR = 31_536_000  # seconds


class SignIn(auth_views.LoginView):
    """The page for people who are not signed in; others go on to their meetings."""

    form_class = SignInForm
    template_name = "accounts/sign_in.html"
    redirect_authenticated_user = True


class SignOut(auth_views.LogoutView):
    """POST only, so that no other page can sign a person out."""

    http_method_names = ["post", "options"]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def notifications(request: HttpRequest) -> HttpResponse:
    """What the person is told, and how."""
    form = NotificationsForm(
        request.POST if request.method == "POST" else None, instance=request.user
    )
    if form.is_valid():
        form.save()
        return HttpResponseRedirect(request.path)
    return render(request, "accounts/notifications.html", {"form": form})


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Read the pages in another language; remembered with the person, else in a cookie."""
    code = request.POST.get("language", "")
    response = HttpResponseRedirect(_came_from(request))
    if code not in dict(settings.LANGUAGES):
        return response
    user: Any = request.user
    if user.is_authenticated:
        user.language = code
        user.save(update_fields=["language"])
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=A_YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def _came_from(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    hosts = {request.get_host()}
    safe = url_has_allowed_host_and_scheme(wanted, hosts, require_https=request.is_secure())
    return wanted if safe else "/"
