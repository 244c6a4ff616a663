"""People, their workspaces and who is invited into them."""

from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin, TabularInline
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm

from accounts import events
from accounts.admin.base import ReadOnly
from accounts.errors import ProtokolError
from accounts.models import Invitation, Membership, Quota, User, Workspace
from accounts.services import closing, invitations, sessions, two_steps


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
