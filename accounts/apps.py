from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("People and workspaces")

    def ready(self) -> None:
        """Listen to what the frameworks tell."""
        import_module("accounts.receivers")
        import_module("accounts.audit_receivers")
