"""Routes of the API."""

from django.urls import path

from accounts.api import audit, keys, me, registering, tokens

urlpatterns = [
    path("me/", me.Me.as_view(), name="me"),
    path("me/audit/", audit.MyAudit.as_view(), name="me-audit"),
    path("me/audit/export/", audit.MyAuditExport.as_view(), name="me-audit-export"),
    path("workspaces/<int:pk>/audit/", audit.WorkspaceAudit.as_view(), name="workspace-audit"),
    path(
        "workspaces/<int:pk>/audit/export/",
        audit.WorkspaceAuditExport.as_view(),
        name="workspace-audit-export",
    ),
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
