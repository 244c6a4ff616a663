"""People."""

from typing import Any, ClassVar

from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.validators import MaxValueValidator
from django.db import models, transaction
from django.db.models.functions import Lower
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models.workspace import Membership, Workspace


class UserManager(BaseUserManager["User"]):
    """Creates people, each with a personal workspace."""

    @transaction.atomic
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A new person and their personal workspace; without a password nobody can sign in."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        workspace = Workspace.objects.create(
            name=user.name or user.email.split("@")[0], personal=True
        )
        Membership.objects.create(workspace=workspace, user=user, role=Membership.Role.OWNER)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A person who may do everything in the admin."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """A person, known by their e-mail address."""

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=150, blank=True)
    organization = models.CharField(_("organization"), max_length=150, blank=True)
    language = models.CharField(
        _("language"),
        max_length=2,
        blank=True,
        choices=[("ru", _("Russian")), ("en", _("English"))],
    )
    time_zone = models.CharField(_("time zone"), max_length=64, blank=True)
    mail_when_done = models.BooleanField(_("mail when a recording is done"), default=True)
    mail_reminders = models.BooleanField(_("mail before an action item is due"), default=True)
    remind_days_before = models.PositiveSmallIntegerField(
        _("days before it is due"), default=1, validators=[MaxValueValidator(30)]
    )
    is_staff = models.BooleanField(_("may use the admin"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    created_at = models.DateTimeField(_("registered"), auto_now_add=True)
    closed_at = models.DateTimeField(_("account deleted"), null=True, blank=True, editable=False)
    """Since when the row names nobody any more; see ``services.closing``."""

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_is_unique")]

    def __str__(self) -> str:
        return gettext("deleted account") if self.closed_at else self.name or self.email

    def has_two_steps(self) -> bool:
        """Whether signing in takes a code of an authenticator besides the password."""
        return is_mfa_enabled(self)
