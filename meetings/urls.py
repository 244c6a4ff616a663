"""Pages about meetings, workspaces and sharing."""

from django.urls import include, path

from meetings import (
    deletion_views,
    retention_views,
    sharing_views,
    views,
    webhook_views,
    workspace_views,
)

of_meetings = [
    path("", views.meetings, name="list"),
    path("meetings/new/", views.new, name="new"),
    path("meetings/<uuid:pk>/", views.meeting, name="meeting"),
    path(
        "meetings/<uuid:pk>/attachments/<uuid:attachment_pk>/",
        views.attachment,
        name="attachment",
    ),
    path("meetings/<uuid:pk>/series/", views.assign, name="assign"),
    path("meetings/<uuid:pk>/retry/", views.retry, name="retry"),
    path("meetings/<uuid:pk>/process/", views.process, name="process"),
    path("meetings/<uuid:pk>/cancel/", views.cancel, name="cancel"),
    path("meetings/<uuid:pk>/delete/", deletion_views.delete, name="delete"),
    path("bin/", deletion_views.bin_page, name="bin"),
    path("bin/<uuid:pk>/restore/", deletion_views.restore, name="restore"),
    path("bin/<uuid:pk>/delete/", deletion_views.delete_binned, name="delete-binned"),
    path("series/", views.series_list, name="series-list"),
    path("series/new/", views.new_series, name="new-series"),
    path("series/<uuid:pk>/", views.series, name="series"),
    path("series/<uuid:pk>/delete/", views.delete_series, name="delete-series"),
]
of_workspaces = [
    path("workspaces/", workspace_views.workspaces, name="list"),
    path("workspaces/<int:pk>/", workspace_views.workspace, name="workspace"),
    path("workspaces/<int:pk>/delete/", workspace_views.delete, name="delete"),
    path("workspaces/<int:pk>/members/", workspace_views.add_member, name="add-member"),
    path(
        "workspaces/<int:pk>/invitations/<int:invitation>/revoke/",
        workspace_views.revoke_invitation,
        name="revoke-invitation",
    ),
    path(
        "workspaces/<int:pk>/members/<int:person>/role/",
        workspace_views.set_role,
        name="set-role",
    ),
    path(
        "workspaces/<int:pk>/members/<int:person>/remove/",
        workspace_views.remove_member,
        name="remove-member",
    ),
]
of_sharing = [
    path("meetings/<uuid:pk>/workspace/", sharing_views.move, name="move"),
    path("meetings/<uuid:pk>/shares/", sharing_views.share, name="share"),
    path("meetings/<uuid:pk>/shares/<int:share>/right/", sharing_views.set_right, name="set-right"),
    path("meetings/<uuid:pk>/shares/<int:share>/remove/", sharing_views.withdraw, name="withdraw"),
    path("meetings/<uuid:pk>/links/", sharing_views.make_link, name="make-link"),
    path(
        "meetings/<uuid:pk>/links/<int:link>/revoke/", sharing_views.revoke_link, name="revoke-link"
    ),
]
of_retention = [
    path("workspaces/<int:pk>/retention/", retention_views.set_rule, name="set-rule"),
    path("meetings/<uuid:pk>/exempt/", retention_views.exempt, name="exempt"),
]
of_webhooks = [
    path("workspaces/<int:pk>/webhooks/", webhook_views.webhooks, name="list"),
    path("workspaces/<int:pk>/webhooks/<uuid:hook>/", webhook_views.webhook, name="webhook"),
    path("workspaces/<int:pk>/webhooks/<uuid:hook>/test/", webhook_views.test, name="test"),
    path("workspaces/<int:pk>/webhooks/<uuid:hook>/delete/", webhook_views.delete, name="delete"),
    path(
        "workspaces/<int:pk>/webhooks/<uuid:hook>/deliveries/<uuid:delivery>/again/",
        webhook_views.send_again,
        name="again",
    ),
]
urlpatterns = [
    path("", include((of_meetings, "meetings"))),
    path("", include((of_workspaces, "workspaces"))),
    path("", include((of_sharing, "sharing"))),
    path("", include((of_retention, "retention"))),
    path("", include((of_webhooks, "webhooks"))),
]
