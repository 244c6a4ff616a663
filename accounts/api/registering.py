"""Registration and passwords over the API."""

from typing import Any

from django.core.exceptions import ValidationError
from drf_spectacular.utils import extend_schema
from rest_framework import exceptions, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api.door import Door, sent, weak
from accounts.callers import caller
from accounts.errors import SignInRefused
from accounts.openapi import problems
from accounts.serializers import (
    CodeSerializer,
    PasswordChangeSerializer,
    RegisterSerializer,
    ResetRequestSerializer,
    ResetSerializer,
    SentSerializer,
    VerifiedSerializer,
)
from accounts.services import passwords, registration, signing_in
from accounts.throttles import DoorThrottle


def _told(kind: Any, request: Request) -> dict[str, Any]:
    form = kind(data=request.data)
    form.is_valid(raise_exception=True)
    return dict(form.validated_data)


class Register(Door):
    """Become a person here."""

    @extend_schema(
        operation_id="auth_register",
        request=RegisterSerializer,
        responses={202: SentSerializer, **problems(400, 403, 429)},
    )
    def post(self, request: Request) -> Response:
        """A code comes by mail; the answer is the same for addresses that have an account."""
        told = _told(RegisterSerializer, request)
        password = told.pop("password")
        try:
            code = registration.begin(wanted=registration.Wanted(**told), password=password)
        except ValidationError as error:
            raise weak("password", error) from error
        return sent(code)


class VerifyEmail(Door):
    """Prove the address."""

    @extend_schema(
        operation_id="auth_verify_email",
        request=CodeSerializer,
        responses={201: VerifiedSerializer, **problems(400, 403, 429)},
    )
    def post(self, request: Request) -> Response:
        """The code makes the account; `auth/token/` then lets in."""
        told = _told(CodeSerializer, request)
        user = registration.finish(pk=told["id"], code=told["code"], request=request)
        shown = VerifiedSerializer({"email": user.email})
        return Response(shown.data, status=status.HTTP_201_CREATED)


class PasswordReset(Door):
    """A forgotten password."""

    @extend_schema(
        operation_id="auth_password_reset",
        request=ResetRequestSerializer,
        responses={202: SentSerializer, **problems(400, 403, 429)},
    )
    def post(self, request: Request) -> Response:
        """A code comes by mail, if the address is known; the answer is the same if not."""
        return sent(passwords.ask_reset(email=_told(ResetRequestSerializer, request)["email"]))


class PasswordResetConfirm(Door):
    """A new password for a code."""

    @extend_schema(
        operation_id="auth_password_reset_confirm",
        request=ResetSerializer,
        responses={204: None, **problems(400, 403, 429)},
    )
    def post(self, request: Request) -> Response:
        """Set it; every session and token of the person ends."""
        told = _told(ResetSerializer, request)
        try:
            passwords.reset(
                pk=told["id"], code=told["code"], password=told["password"], request=request
            )
        except ValidationError as error:
            raise weak("password", error) from error
        return Response(status=status.HTTP_204_NO_CONTENT)


class PasswordChange(APIView):
    """Another password, for who knows the old one."""

    throttle_classes = [DoorThrottle]

    @extend_schema(
        operation_id="auth_password_change",
        request=PasswordChangeSerializer,
        responses={204: None, **problems(400, 429)},
    )
    def post(self, request: Request) -> Response:
        """Set it; every session and token of the person ends, this one too. Keys stay."""
        told = _told(PasswordChangeSerializer, request)
        user = caller(request)
        try:
            signing_in.by_password(
                request=request._request, email=user.email, password=told["current_password"]
            )
            passwords.change(user=user, password=told["password"], request=request)
        except SignInRefused as error:
            wrong = {"current_password": [str(error.detail)]}
            raise exceptions.ValidationError(wrong) from error
        except ValidationError as error:
            raise weak("password", error) from error
        return Response(status=status.HTTP_204_NO_CONTENT)
