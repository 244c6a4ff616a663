"""People, workspaces and keys for the operator."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin import actions
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.admin import ModelAdmin, TabularInline
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm

from accounts import (
    events,
)
from accounts.acts import (
    Act,
    label_of,
)
from accounts.errors import (
    ProtokolError,
)
from accounts.models import (
    ApiKey,
    AuditEntry,
    Invitation,
    Membership,
    Quota,
    TokenFamily,
    User,
    Workspace,
)
from accounts.services import (
    api_keys,
    audit,
    closing,
    invitations,
    sessions,
    tokens,
    two_steps,
)

for theirs in (
    Group,
    Authenticator,
    EmailAddress,
    SocialAccount,
    SocialApp,
    SocialToken,
    UserSession,
):
    admin.site.unregister(theirs)


@admin.action(permissions=["delete"], description=_("Delete selected %(verbose_name_plural)s"))
def delete_selected(modeladmin: Any, request: HttpRequest, queryset: QuerySet[Any]) -> Any:
    """Django's, with a line of the audit log for each; for a single one Django's log makes it."""
    rows = list(queryset) if request.POST.get("post") else []
    things = [audit.thing_of(row) for row in rows]
    answer = actions.delete_selected(modeladmin, request, queryset)
    if answer is None and len(things) > 1:
        for thing in things:
            audit.record(Act.ADMIN_DELETED, of=thing)
    return answer


admin.site.add_action(delete_selected, "delete_selected")


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
    list_display = ["email", "name", "language", "is_staff", "is_active", "last_login", "closed_at"]
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
    actions = ["sign_out", "take_two_steps_away"]

    @admin.action(description=_("Sign out everywhere"), permissions=["change"])
    def sign_out(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """End all sessions and tokens; keys stay."""
        for person in queryset:
            sessions.end_all(user=person)
            events.tell(events.Event.SESSION_ENDED, user=person, request=request, kind="all")
        self.message_user(request, _("They are signed out."), messages.SUCCESS)

    @admin.action(description=_("Turn off two steps"), permissions=["change"])
    def take_two_steps_away(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """For who has lost the authenticator and the recovery codes; they are told by mail."""
        for person in queryset:
            two_steps.take_away(user=person)
        self.message_user(request, _("A password is enough for them now."), messages.SUCCESS)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Deleting an account closes it; what hangs on it is the service's to delete."""
        return [str(person) for person in objs], {}, set(), []

    def delete_view(self, request: HttpRequest, *args: Any, **options: Any) -> Any:
        """What the service refuses is told, and nothing is changed."""
        try:
            return super().delete_view(request, *args, **options)
        except ProtokolError as error:
            self.message_user(request, str(error.detail), messages.ERROR)
            return HttpResponseRedirect(reverse("admin:accounts_user_changelist"))

    def delete_model(self, request: HttpRequest, obj: User) -> None:
        """Through the service, as the person would do it."""
        closing.close(user=obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """Each through the service; those that it refuses stay."""
        for person in queryset:
            try:
                closing.close(user=person)
            except ProtokolError as error:
                told = f"{person.email}: {error.detail}"
                self.message_user(request, told, messages.ERROR)

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        """New people come through the manager, which gives them a workspace."""
        if change:
            super().save_model(request, obj, form, change)
            if not obj.is_active:
                sessions.end_all(user=obj)
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


@admin.register(Quota)
class QuotaAdmin(ModelAdmin):
    """Limits of single workspaces; without a row here those of the settings hold."""

    list_display = ["workspace", "hours", "storage", "llm_tokens", "jobs", "changed_at"]
    list_select_related = ["workspace"]
    search_fields = ["workspace__name", "workspace__members__email"]
    autocomplete_fields = ["workspace"]
    ordering = ["workspace__name", "pk"]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """A new row begins with the limits that held without it."""
        return {
            "hours": settings.QUOTA_HOURS,
            "storage": settings.QUOTA_STORAGE_GIB,
            "llm_tokens": settings.QUOTA_LLM_TOKENS,
            "jobs": settings.QUOTA_JOBS,
            **super().get_changeform_initial_data(request),
        }


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
        rows = list(queryset.filter(revoked_at=None).select_related("user"))
        for key in rows:
            api_keys.revoke(key=key)
        count = len(rows)
        told = ngettext("%(count)s key was revoked.", "%(count)s keys were revoked.", count)
        self.message_user(request, told % {"count": count}, messages.SUCCESS)


@admin.register(TokenFamily)
class TokenFamilyAdmin(ReadOnly, ModelAdmin):
    """Programs that are signed in by tokens; they can be signed out."""

    list_display = ["user", "agent", "address", "created_at", "last_used_at", "revoked_at"]
    list_filter = [("revoked_at", admin.EmptyFieldListFilter)]
    list_select_related = ["user"]
    search_fields = ["user__email", "agent", "address"]
    fields = ["user", "agent", "address", "created_at", "last_used_at", "expires_at", "revoked_at"]
    actions = ["revoke"]

    def has_revoke_permission(self, request: HttpRequest) -> bool:
        """Who may change people may sign them out."""
        return request.user.has_perm("accounts.change_user")

    @admin.action(description=_("Sign out"), permissions=["revoke"])
    def revoke(self, request: HttpRequest, queryset: QuerySet[TokenFamily]) -> None:
        """Let their tokens open nothing from now on."""
        for family in queryset:
            tokens.revoke(family=family)
            whose = events.Event.SESSION_ENDED
            events.tell(whose, user=family.user, request=request, kind="program")
        self.message_user(request, _("They are signed out."), messages.SUCCESS)


@admin.register(Invitation)
class InvitationAdmin(ReadOnly, ModelAdmin):
    """Invitations that are on their way; they can be withdrawn."""

    list_display = ["email", "workspace", "role", "invited_by", "created_at", "accepted_at"]
    list_filter = [("accepted_at", admin.EmptyFieldListFilter)]
    list_select_related = ["workspace", "invited_by"]
    search_fields = ["email", "workspace__name"]
    fields = [*list_display, "expires_at", "revoked_at"]
    actions = ["withdraw"]

    def has_withdraw_permission(self, request: HttpRequest) -> bool:
        """Who may change invitations may withdraw them."""
        return request.user.has_perm("accounts.change_invitation")

    @admin.action(description=_("Withdraw"), permissions=["withdraw"])
    def withdraw(self, request: HttpRequest, queryset: QuerySet[Invitation]) -> None:
        """Let their links open nothing from now on."""
        for row in queryset:
            invitations.revoke(invitation=row)
        self.message_user(request, _("They are withdrawn."), messages.SUCCESS)


class WhatFilter(admin.SimpleListFilter):
    """By what was done, without asking the whole log which codes there are."""

    title = _("what")
    parameter_name = "what"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        """All codes, in words."""
        return Act.choices

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """Those of the code."""
        return queryset.narrowed(what=self.value() or "")


@admin.register(AuditEntry)
class AuditEntryAdmin(ReadOnly, ModelAdmin):
    """Who did what, for those who have the permission to look; the database keeps it unchanged."""

    list_display = ["created_at", "who", "what_in_words", "object_title", "address", "workspace_id"]
    list_filter = ["kind", WhatFilter, "created_at"]
    search_fields = ["name", "email", "object_title", "object_id", "address", "via", "what"]
    date_hierarchy = "created_at"
    show_full_result_count = False
    fields = [
        *("created_at", "kind", "user_id", "name", "email", "via", "workspace_id"),
        *("what_in_words", "what", "object_type", "object_id", "object_title"),
        *("address", "agent", "details"),
    ]
    readonly_fields = ["what_in_words"]

    @admin.display(description=_("what"))
    def what_in_words(self, entry: AuditEntry) -> str:
        """In the operator's language."""
        return label_of(entry.what)
