"""Who did what: written once, never changed."""

from datetime import datetime
from typing import Any, NoReturn

from django.db import connection, models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.acts import label_of


class NeverChanged(TypeError):  # noqa: N818
    """An entry of the audit log was to be changed or deleted."""

    def __init__(self) -> None:
        super().__init__("Entries of the audit log are never changed.")


class AuditEntryQuerySet(models.QuerySet["AuditEntry"]):
    """The ways to read the log. What writes again is refused here, and by the database."""

    def of_workspace(self, workspace_id: Any) -> "AuditEntryQuerySet":
        """What was done in a workspace."""
        return self.filter(workspace_id=workspace_id)

    def about_account(self, user_id: Any) -> "AuditEntryQuerySet":
        """What happened with a person's account, whoever did it."""
        return self.filter(object_type="user", object_id=str(user_id))

    def narrowed(
        self,
        *,
        who: str = "",
        what: str = "",
        since: datetime | None = None,
        until: datetime | None = None,
    ) -> "AuditEntryQuerySet":
        """By a part of the name or address of who acted, by code or what stands before its dot,
        from ``since`` on and before ``until``.
        """
        found = self
        if who:
            found = found.filter(models.Q(name__icontains=who) | models.Q(email__icontains=who))
        if what:
            found = found.filter(models.Q(what=what) | models.Q(what__startswith=f"{what}."))
        if since:
            found = found.filter(created_at__gte=since)
        if until:
            found = found.filter(created_at__lt=until)
        return found

    def forget(self, before: datetime) -> int:
        """Delete what is older than ``before``, by the one function that may; how many.

        What is younger than thirty days the database keeps in any case.
        """
        with connection.cursor() as cursor:
            cursor.execute("SELECT accounts_auditentry_forget(%s)", [before])
            return int(cursor.fetchone()[0])

    def update(self, **fields: Any) -> NoReturn:
        """Never."""
        raise NeverChanged

    def delete(self) -> NoReturn:
        """Never."""
        raise NeverChanged


class AuditEntry(models.Model):
    """One deed. Names, titles and ids stand here as they were, without references to other rows,
    so that an entry outlives whom and what it tells of.
    """

    class Kind(models.TextChoices):
        PERSON = "person", _("a person")
        KEY = "key", _("an API key")
        LINK = "link", _("a link")
        ANONYMOUS = "anonymous", _("nobody known")
        SYSTEM = "system", _("the system")

    created_at = models.DateTimeField(_("when"), default=timezone.now, db_index=True)
    kind = models.CharField(_("kind"), max_length=9, choices=Kind.choices)
    user_id = models.BigIntegerField(_("person's id"), null=True, blank=True)
    name = models.CharField(_("who"), max_length=254, blank=True)
    email = models.CharField(_("e-mail"), max_length=254, blank=True)
    via = models.CharField(_("by means of"), max_length=150, blank=True)
    """The key by its name and beginning, the link by its number, the terminal."""
    workspace_id = models.BigIntegerField(_("workspace's id"), null=True, blank=True)
    what = models.CharField(_("code"), max_length=50, db_index=True)
    object_type = models.CharField(_("kind of object"), max_length=50, blank=True)
    object_id = models.CharField(_("object's id"), max_length=64, blank=True)
    object_title = models.CharField(_("object"), max_length=300, blank=True)
    address = models.GenericIPAddressField(_("address"), null=True, blank=True)
    agent = models.CharField(_("program"), max_length=300, blank=True)
    details = models.JSONField(_("details"), default=dict, blank=True)
    once = models.CharField(max_length=64, null=True, unique=True, editable=False)  # noqa: DJ001
    """Equal for what is noted once an hour; null for what is noted each time."""

    objects = AuditEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry of the audit log")
        verbose_name_plural = _("audit log")
        ordering = ["-pk"]
        default_permissions = ("view",)
        indexes = [
            models.Index(fields=["workspace_id", "-id"], name="audit_of_workspace"),
            models.Index(fields=["object_type", "object_id", "-id"], name="audit_of_object"),
            models.Index(fields=["user_id", "-id"], name="audit_of_person"),
        ]

    def __str__(self) -> str:
        return " · ".join(part for part in (self.who, self.label, self.object_title) if part)

    def save(self, *args: Any, **options: Any) -> None:
        """For the first time only."""
        if self.pk is not None:
            raise NeverChanged
        super().save(*args, **options)

    def delete(self, *args: Any, **options: Any) -> NoReturn:
        """Never."""
        raise NeverChanged

    @property
    def label(self) -> str:
        """What was done, in the reader's language."""
        return label_of(self.what)

    @property
    def who(self) -> str:
        """Name or address, else what kind of caller it was."""
        return self.name or self.email or str(self.get_kind_display())
