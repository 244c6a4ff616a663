"""Pages about people."""

from django.urls import path

from accounts.views import (
    audit,
    closing,
    entering,
    profile,
    registering,
    security,
)

app_name = "accounts"
urlpatterns = [
    path("sign-in/", entering.SignIn.as_view(), name="sign-in"),
    path("sign-out/", entering.SignOut.as_view(), name="sign-out"),
    path("language/", entering.language, name="language"),
    path("register/", registering.register, name="register"),
    path("register/code/", registering.register_code, name="register-code"),
    path("password/reset/", registering.ask_reset, name="reset"),
    path("password/reset/code/", registering.reset_code, name="reset-code"),
    path("invitations/<str:token>/", registering.invitation, name="invitation"),
    path("profile/", profile.profile, name="profile"),
    path("notifications/", profile.notifications, name="notifications"),
    path("api-keys/", profile.keys, name="keys"),
    path("api-keys/<int:pk>/revoke/", profile.revoke_key, name="revoke-key"),
    path("activity/", audit.mine, name="activity"),
    path("workspaces/<int:pk>/audit/", audit.workspace, name="workspace-audit"),
    path("security/", security.security, name="security"),
    path("security/delete/", closing.close, name="close"),
    path("security/password/", security.password, name="password"),
    path("security/email/", security.email, name="email"),
    path("security/email/code/", security.email_code, name="email-code"),
    path("security/sessions/end-others/", security.end_others, name="end-others"),
    path("security/sessions/<str:kind>/<str:key>/end/", security.end_session, name="end-session"),
]
