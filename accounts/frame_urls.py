"""Pages of django-allauth, under the names that it looks for: the second step, and providers."""

from allauth.account.views import reauthenticate
from allauth.mfa.base import views as steps
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as authenticator
from allauth.socialaccount.providers.openid_connect import views as provider
from django.urls import path
from django.views.generic import RedirectView

from accounts.views.entering import SignIn

security = RedirectView.as_view(pattern_name="accounts:security")
door = RedirectView.as_view(pattern_name="accounts:sign-in")

urlpatterns = [
    path("sign-in/", SignIn.as_view(), name="account_login"),
    path("sign-in/code/", steps.authenticate, name="mfa_authenticate"),
    path("sign-in/again/", reauthenticate, name="account_reauthenticate"),
    path("sign-in/again/code/", steps.reauthenticate, name="mfa_reauthenticate"),
    path("sign-in/cancelled/", door, name="socialaccount_login_cancelled"),
    path("sign-in/with/<slug:provider_id>/", provider.login, name="openid_connect_login"),
    path(
        "sign-in/with/<slug:provider_id>/back/", provider.callback, name="openid_connect_callback"
    ),
    path("security/two-steps/", security, name="mfa_index"),
    path("security/two-steps/on/", authenticator.activate_totp, name="mfa_activate_totp"),
    path("security/two-steps/off/", authenticator.deactivate_totp, name="mfa_deactivate_totp"),
    path("security/recovery-codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "security/recovery-codes/new/",
        codes.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
]
