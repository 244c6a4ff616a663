"""Workspaces as the operator looks at what they use."""

from django.utils.translation import gettext_lazy as _

from accounts.models import Workspace


class WorkspaceUsage(Workspace):
    """All workspaces; whose permission to view opens the admin's list of usage."""

    class Meta:
        proxy = True
        default_permissions = ("view",)
        verbose_name = _("usage of a workspace")
        verbose_name_plural = _("usage of workspaces")
