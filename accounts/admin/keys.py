"""What programs come in with: keys and tokens."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.admin import ModelAdmin

from accounts import events
from accounts.admin.base import ReadOnly
from accounts.models import ApiKey, TokenFamily
from accounts.services import api_keys, tokens


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
