"""Forms about people."""

import zoneinfo
from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.password_validation import password_validators_help_texts
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import ApiKey, User
from accounts.services.registration import Wanted


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


class NewPasswordField(forms.CharField):
    """A password that the person chooses; the validators look at it in the service."""

    def __init__(self, **options: Any) -> None:
        attributes = {"autocomplete": "new-password"}
        super().__init__(
            label=_("New password"),
            strip=False,
            max_length=1000,
            widget=forms.PasswordInput(attributes),
            help_text=" ".join(str(text) for text in password_validators_help_texts()[1:2]),
            **options,
        )


class CodeField(forms.CharField):
    """Six digits, however they were copied."""

    def __init__(self, **options: Any) -> None:
        attributes = {
            "autocomplete": "one-time-code",
            "inputmode": "numeric",
            "autofocus": True,
        }
        super().__init__(
            label=_("Code"), max_length=20, widget=forms.TextInput(attributes), **options
        )

    def to_python(self, value: Any) -> str:
        """Without the spaces that mail programs put in."""
        return "".join(str(super().to_python(value)).split())


class EmailField(forms.EmailField):
    """An address, kept in lower case."""

    def __init__(self, **options: Any) -> None:
        attributes = {"autocomplete": "email", "autofocus": True}
        super().__init__(
            max_length=254, widget=forms.EmailInput(attributes), **{"label": _("E-mail")} | options
        )

    def clean(self, value: Any) -> str:
        """Lower case."""
        return str(super().clean(value)).lower()


class PersonForm(forms.Form):
    """What a new person is asked."""

    name = forms.CharField(
        label=pgettext_lazy("of a person", "Name"),
        max_length=150,
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    password = NewPasswordField()

    def wanted(self, email: str, language: str) -> Wanted:
        """As the services take it."""
        return Wanted(email=email, name=self.cleaned_data["name"], language=language[:2])


class RegisterForm(PersonForm):
    """A new person with their address."""

    email = EmailField()
    field_order = ["email", "name", "password"]


class CodeForm(forms.Form):
    """A code that was sent by mail."""

    code = CodeField()


class AskResetForm(forms.Form):
    """Whose password is forgotten."""

    email = EmailField()


class ResetForm(CodeForm):
    """A code and the password that it sets."""

    password = NewPasswordField()


class PasswordForm(forms.Form):
    """Another password, for who knows the old one."""

    current = forms.CharField(
        label=_("Present password"),
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )
    password = NewPasswordField()


class NewEmailForm(forms.Form):
    """Another address."""

    email = EmailField(label=_("New e-mail"))


class ClosingForm(forms.Form):
    """The person's own address, typed, so that nobody deletes an account by mistake."""

    email = forms.CharField(
        label=_("Type your e-mail to confirm it"),
        max_length=254,
        widget=forms.TextInput({"autocomplete": "off"}),
    )

    def __init__(self, user: User, told: Any = None) -> None:
        super().__init__(told)
        self._user = user

    def clean_email(self) -> str:
        """The address of this account and no other."""
        told = str(self.cleaned_data["email"]).strip().lower()
        if told != self._user.email:
            raise forms.ValidationError(_("This is not the e-mail of this account."))
        return told


class ProfileForm(forms.ModelForm):
    """What a person is called, and how they read the pages."""

    class Meta:
        model = User
        fields = ["name", "organization", "language", "time_zone"]
        labels = {
            "name": pgettext_lazy("of a person", "Name"),
            "organization": _("Organization"),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        self.fields["organization"].widget.attrs["autocomplete"] = "organization"
        languages = [("", _("as the browser asks")), ("ru", "Русский"), ("en", "English")]
        self.fields["language"] = forms.ChoiceField(
            label=pgettext_lazy("of the pages", "Language"), choices=languages, required=False
        )
        zones = [("", _("as this instance")), *((name, name) for name in time_zones())]
        self.fields["time_zone"] = forms.ChoiceField(
            label=_("Time zone"), choices=zones, required=False
        )


class ApiKeyForm(forms.Form):
    """A new key."""

    name = forms.CharField(label=_("What it is for"), max_length=100)
    scope = forms.ChoiceField(
        label=_("It may"),
        choices=[
            (ApiKey.Scope.READ, _("only read")),
            (ApiKey.Scope.WRITE, _("read and write")),
        ],
    )


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


def time_zones() -> list[str]:
    """Those that are named after a place, and UTC."""
    named = {name for name in zoneinfo.available_timezones() if "/" in name}
    return [*sorted(name for name in named if not name.startswith("Etc/")), "UTC"]
