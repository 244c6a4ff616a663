"""Where django-allauth does as we do: sealed secrets, our sentences, our people."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts import secrets
from accounts.callers import address_of
from accounts.errors import ProtokolError
from accounts.services import providers


class AccountAdapter(DefaultAccountAdapter):
    """Signing in; registration, passwords and addresses are our own services."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "too_many_login_attempts": _("Too many attempts. Wait a little and try again."),
        "incorrect_password": _("This is not your password."),
    }

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address that everything else goes by."""
        return address_of(request)

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never by allauth's own form."""
        return False

    def add_message(self, request: HttpRequest, *args: Any, **options: Any) -> None:
        """Pages say what has happened; none of allauth's sentences is added."""

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        """As for a wrong password: back to the door."""
        return HttpResponseRedirect(reverse("accounts:sign-in"))


class TwoStepsAdapter(DefaultMFAAdapter):
    """Authenticators, their secrets encrypted at rest."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("This code is not right. Codes change every 30 seconds."),
        "rate_limited": _("Too many attempts. Wait a little and try again."),
    }

    def encrypt(self, text: str) -> str:
        """As all secrets that must be used again."""
        return secrets.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """What was encrypted."""
        return secrets.unseal(encrypted_text)


class ProviderAdapter(DefaultSocialAccountAdapter):
    """People who come by a provider that the operator has named."""

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Find or make the person by the address that the provider has verified; else refuse."""
        if sociallogin.is_existing:
            return
        try:
            person = providers.person_of(
                addresses=[(a.email, bool(a.verified)) for a in sociallogin.email_addresses],
                name=str(
                    (sociallogin.account.extra_data or {}).get("userinfo", {}).get("name", "")
                ),
                request=request,
            )
        except ProtokolError as error:
            raise ImmediateHttpResponse(_back(request, error)) from error
        sociallogin.connect(request, person)

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Exception | None = None,
        extra_context: dict[str, Any] | None = None,
    ) -> None:
        """Back to the door with a sentence, whatever went wrong."""
        raise ImmediateHttpResponse(_back(request, providers.NotAnswered()))

    def send_notification_mail(self, *args: Any, **options: Any) -> None:
        """The operator's provider is no news to the person."""


def _back(request: HttpRequest, error: ProtokolError) -> HttpResponse:
    messages.error(request, str(error.detail))
    return HttpResponseRedirect(reverse("accounts:sign-in"))
