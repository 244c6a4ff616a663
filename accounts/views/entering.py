"""Sign in, sign out, and the language of the pages."""

from typing import Any

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django.conf import settings
from django.contrib.auth import views as auth_views
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from accounts.callers import address_of
from accounts.forms import SignInForm
from accounts.models import User
from accounts.services import profiles, registration
from accounts.throttles import spend

A_YEAR = 31_536_000  # seconds


def wait_page(request: HttpRequest, seconds: int) -> HttpResponse:
    """429: when to come again."""
    page = render(request, "accounts/wait.html", {"minutes": -(-seconds // 60)}, status=429)
    page["Retry-After"] = str(seconds)
    return page


def too_fast(request: HttpRequest) -> HttpResponse | None:
    """A page that asks to wait, where an address posts to the door more often than it may."""
    if request.method != "POST":
        return None
    seconds = spend(f"door:{address_of(request)}", allowed=settings.SIGN_IN_RATE)
    return wait_page(request, seconds) if seconds else None


def let_in(request: HttpRequest, user: User, *, to: str | None = None) -> HttpResponse:
    """Sign in who has shown a password; where a second step is on, its page comes first."""
    login = Login(user=user, redirect_url=to)
    return perform_password_login(request, {"email": user.email}, login)


class SignIn(auth_views.LoginView):
    """The page for people who are not signed in; others go on to their meetings."""

    form_class = SignInForm
    template_name = "accounts/sign_in.html"
    redirect_authenticated_user = True

    def dispatch(self, request: HttpRequest, *args: Any, **options: Any) -> HttpResponseBase:
        """Not too often from one address."""
        return too_fast(request) or super().dispatch(request, *args, **options)

    def form_valid(self, form: Any) -> HttpResponse:
        """In, or on to the second step."""
        return let_in(self.request, form.get_user(), to=self.get_success_url())

    def get_context_data(self, **options: Any) -> dict[str, Any]:
        """Other ways in."""
        ways = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]
        extra = {"providers": ways, "may_register": registration.is_open()}
        return super().get_context_data(**options) | extra


class SignOut(auth_views.LogoutView):
    """POST only, so that no other page can sign a person out."""

    http_method_names = ["post", "options"]


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
        profiles.keep(person=user, fields=["language"])
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
