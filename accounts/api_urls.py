"""Routes of the API."""

from django.urls import path

from accounts.api import keys, me, registering, tokens

urlpatterns = [
    path("me/", me.Me.as_view(), name="me"),
    path("api-keys/", keys.ApiKeys.as_view(), name="api-keys"),
    path("api-keys/<int:pk>/", keys.ApiKeyDetail.as_view(), name="api-key"),
    path("auth/register/", registering.Register.as_view(), name="auth-register"),
    path("auth/verify-email/", registering.VerifyEmail.as_view(), name="auth-verify-email"),
    path("auth/token/", tokens.Token.as_view(), name="auth-token"),
    path("auth/token/refresh/", tokens.TokenRefresh.as_view(), name="auth-token-refresh"),
    path("auth/logout/", tokens.Logout.as_view(), name="auth-logout"),
    path(
        "auth/password/change/", registering.PasswordChange.as_view(), name="auth-password-change"
    ),
    path("auth/password/reset/", registering.PasswordReset.as_view(), name="auth-password-reset"),
    path(
        "auth/password/reset/confirm/",
        registering.PasswordResetConfirm.as_view(),
        name="auth-password-reset-confirm",
    ),
]
