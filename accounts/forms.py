"""Forms about people."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class SignInForm(AuthenticationForm):
    """E-mail and password; a wrong pair gets one sentence that does not say which is wrong."""

    error_messages = {
        "invalid_login": _(
            "This e-mail and password do not go together. Check both; capital letters count."
        ),
        "inactive": _("This account has been closed."),
    }

    def __init__(self, request: HttpRequest | None = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(request, *args, **kwargs)
        self.fields["username"].label = _("E-mail")
        self.fields["username"].widget.input_type = "email"
        self.fields["username"].widget.attrs |= {"autocomplete": "username", "autofocus": True}
        self.fields["password"].label = _("Password")

    def clean_username(self) -> str:
        """Addresses are kept in lower case."""
        return str(self.cleaned_data["username"]).lower()


class NotificationsForm(forms.ModelForm):
    """What a person is told by mail."""

    class Meta:
        model = User
        fields = ["mail_when_done", "mail_reminders", "remind_days_before"]
        labels = {
            "mail_when_done": _("Write to me when a recording is done"),
            "mail_reminders": _("Remind me of my action items"),
            "remind_days_before": _("Days before an item is due"),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["remind_days_before"].required = False

    def clean_remind_days_before(self) -> int:
        """As it was, where nothing is told."""
        told = self.cleaned_data["remind_days_before"]
        return int(self.instance.remind_days_before if told is None else told)
