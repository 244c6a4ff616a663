"""People, the workspaces that own meetings, and the keys that programs use."""

from accounts.models.api_key import ApiKey
from accounts.models.audit import AuditEntry, AuditEntryQuerySet, NeverChanged
from accounts.models.email_code import EmailCode
from accounts.models.invitation import Invitation
from accounts.models.letter import Letter
from accounts.models.outgoing import OutgoingMail
from accounts.models.quota import Quota
from accounts.models.token_family import TokenFamily
from accounts.models.user import User, UserManager
from accounts.models.workspace import Membership, Workspace, WorkspaceQuerySet

__all__ = [
    "ApiKey",
    "AuditEntry",
    "AuditEntryQuerySet",
    "EmailCode",
    "Invitation",
    "Letter",
    "Membership",
    "NeverChanged",
    "OutgoingMail",
    "Quota",
    "TokenFamily",
    "User",
    "UserManager",
    "Workspace",
    "WorkspaceQuerySet",
]
