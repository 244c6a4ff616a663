"""Entries of the audit log on pages."""

from django import template

from accounts.agents import device_of
from accounts.audit_words import details_of
from accounts.models import AuditEntry

register = template.Library()

register.filter("details", details_of)


@register.filter
def device(entry: AuditEntry) -> str:
    """The browser and system from which it was done; empty for nothing."""
    return device_of(entry.agent)
