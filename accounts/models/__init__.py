"""People, the workspaces that own meetings, and the keys that programs use."""

from accounts.models.api_key import ApiKey
from accounts.models.user import User, UserManager
from accounts.models.workspace import Membership, Workspace, WorkspaceQuerySet

__all__ = ["ApiKey", "Membership", "User", "UserManager", "Workspace", "WorkspaceQuerySet"]
