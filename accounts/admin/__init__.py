"""The operator's pages of this app."""

from accounts.admin import audit, keys, mails, people

__all__ = ["audit", "keys", "mails", "people"]
