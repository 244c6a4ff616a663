"""The workspaces that own meetings, and who is in them."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class WorkspaceQuerySet(models.QuerySet["Workspace"]):
    def visible_to(self, user: Any) -> "WorkspaceQuerySet":
        """Workspaces that ``user`` is a member of; none for strangers."""
        return self.filter(members=user) if user.is_authenticated else self.none()

    def editable_by(self, user: Any) -> "WorkspaceQuerySet":
        """Workspaces in which ``user`` may add and change meetings."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(memberships__user=user, memberships__role__in=Membership.EDITORS)

    def as_seen_by(self, user: Any) -> "WorkspaceQuerySet":
        """Those of ``user``, with their ``role`` in each and ``members_count``."""
        mine = Membership.objects.filter(workspace=models.OuterRef("pk"), user=user.pk)
        counted = Membership.objects.filter(workspace=models.OuterRef("pk")).order_by()
        counts = counted.values("workspace").annotate(n=models.Count("pk")).values("n")
        return self.visible_to(user).annotate(
            role=models.Subquery(mine.values("role")[:1]), members_count=models.Subquery(counts)
        )


class Workspace(models.Model):
    """Who pays and who may see; every meeting belongs to one."""

    name = models.CharField(_("name"), max_length=150)
    personal = models.BooleanField(_("personal"), default=False)
    members = models.ManyToManyField(
        settings.AUTH_USER_MODEL, through="Membership", related_name="workspaces"
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    objects = WorkspaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("workspace")
        verbose_name_plural = _("workspaces")
        ordering = ["-personal", "name", "pk"]

    def __str__(self) -> str:
        return self.name


class MembershipQuerySet(models.QuerySet["Membership"]):
    def by_name(self) -> "MembershipQuerySet":
        """With their people, in the order of names."""
        return self.select_related("user").order_by("user__name", "user__email")


class Membership(models.Model):
    """A person's place in a workspace."""

    class Role(models.TextChoices):
        OWNER = "owner", _("owner")
        EDITOR = "editor", _("editor")
        VIEWER = "viewer", _("viewer")

    EDITORS = (Role.OWNER, Role.EDITOR)

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=6, choices=Role.choices)
    created_at = models.DateTimeField(_("since"), auto_now_add=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(fields=["workspace", "user"], name="one_membership_each")
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.workspace} · {self.get_role_display()}"
