"""People, workspaces and keys for the operator."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.admin import ModelAdmin, TabularInline
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm

from accounts.models import ApiKey, Membership, User, Workspace

admin.site.unregister(Group)


class ReadOnly:
    """Rows that only the product writes: looked at here, never added, changed or deleted."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False


@admin.register(User)
class UserAdmin(DjangoUserAdmin, ModelAdmin):
    """People; a new one gets a personal workspace."""

    form = UserChangeForm
    add_form = UserCreationForm
    change_password_form = AdminPasswordChangeForm
    list_display = ["email", "name", "language", "is_staff", "is_active", "last_login"]
    list_filter = ["is_active", "is_staff", "language"]
    search_fields = ["email", "name"]
    ordering = ["email"]
    readonly_fields = ["last_login", "created_at"]
    filter_horizontal = []
    fieldsets = (
        (None, {"fields": ["email", "password", "name", "organization", "language", "time_zone"]}),
        (
            _("Notifications"),
            {"fields": ["mail_when_done", "mail_reminders", "remind_days_before"]},
        ),
        (_("Rights"), {"fields": ["is_active", "is_staff", "is_superuser", "user_permissions"]}),
        (_("Dates"), {"fields": ["last_login", "created_at"]}),
    )
    add_fieldsets = ((None, {"fields": ["email", "name", "language", "password1", "password2"]}),)

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """New people come through the manager, which gives them a workspace."""
        if change:
            super().save_model(request, obj, form, change)
            return
        password = form.cleaned_data.get("password1")
        made = User.objects.create_user(obj.email, password, name=obj.name, language=obj.language)
        obj.__dict__.update(made.__dict__)


class MembershipInline(TabularInline):
    """Who is in a workspace, and as what."""

    model = Membership
    extra = 0
    autocomplete_fields = ["user"]


@admin.register(Workspace)
class WorkspaceAdmin(ModelAdmin):
    """Workspaces with their members."""

    list_display = ["name", "personal", "created_at"]
    list_filter = ["personal"]
    search_fields = ["name", "members__email"]
    readonly_fields = ["created_at"]
    inlines = [MembershipInline]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never here: its meetings' objects would stay behind."""
        return False


@admin.register(ApiKey)
class ApiKeyAdmin(ReadOnly, ModelAdmin):
    """Keys, known by how they begin; they can be revoked."""

    list_display = ["name", "prefix", "user", "scope", "created_at", "last_used_at", "revoked_at"]
    list_filter = ["scope", ("revoked_at", admin.EmptyFieldListFilter)]
    list_select_related = ["user"]
    search_fields = ["name", "prefix", "user__email"]
    fields = ["user", "name", "prefix", "scope", "created_at", "last_used_at", "revoked_at"]
    actions = ["revoke"]

    def has_revoke_permission(self, request: HttpRequest) -> bool:
        """Who may change keys may revoke them."""
        return request.user.has_perm("accounts.change_apikey")

    @admin.action(description=_("Revoke"), permissions=["revoke"])
    def revoke(self, request: HttpRequest, queryset: QuerySet[ApiKey]) -> None:
        """Let the keys open nothing from now on."""
        count = queryset.filter(revoked_at=None).update(revoked_at=timezone.now())
        told = ngettext("%(count)s key was revoked.", "%(count)s keys were revoked.", count)
        self.message_user(request, told % {"count": count}, messages.SUCCESS)
