"""Forms about workspaces and who is in them."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, Workspace

ROLES = [
    (Membership.Role.VIEWER, _("may read")),
    (Membership.Role.EDITOR, _("may read and change")),
    (Membership.Role.OWNER, _("owner, may do everything")),
]
"""What a role lets a person do, in words."""


class WorkspaceForm(forms.ModelForm):
    """A workspace's name."""

    class Meta:
        model = Workspace
        fields = ["name"]
        labels = {"name": _("Name")}


class MemberForm(forms.Form):
    """Whom to let in, and as what."""

    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    role = forms.ChoiceField(label=_("Role"), choices=ROLES)


class RoleForm(forms.Form):
    """Another role of a member."""

    role = forms.ChoiceField(choices=ROLES)
