"""Tokens: in by e-mail and password, on by the cookie, out."""

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import events
from accounts.api.door import COOKIE, Door, with_cookie, without_cookie
from accounts.callers import address_of, agent_of
from accounts.errors import TokenRefused
from accounts.openapi import problems
from accounts.serializers import TokenRequestSerializer, TokenSerializer
from accounts.services import signing_in, tokens


def _answer(pair: tokens.Pair) -> Response:
    shown = TokenSerializer({"access": pair.access, "expires_in": pair.expires_in})
    return with_cookie(Response(shown.data), pair)


class Token(Door):
    """Sign in."""

    @extend_schema(
        operation_id="auth_token",
        request=TokenRequestSerializer,
        responses={200: TokenSerializer, **problems(400, 401, 403, 429)},
    )
    def post(self, request: Request) -> Response:
        """An access token, and a refresh token in a cookie; `code` where two steps are on."""
        form = TokenRequestSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        told = form.validated_data
        user = signing_in.by_password(
            request=request._request, email=told["email"], password=told["password"]
        )
        signing_in.by_second_step(user=user, code=told.get("code", "").strip())
        pair = tokens.begin(user=user, address=address_of(request), agent=agent_of(request))
        signing_in.succeeded(request=request._request, user=user)
        return _answer(pair)


class TokenRefresh(Door):
    """Stay in."""

    @extend_schema(
        operation_id="auth_token_refresh",
        request=None,
        responses={200: TokenSerializer, **problems(401, 403, 429)},
    )
    def post(self, request: Request) -> Response:
        """A new access token for the cookie, which is exchanged too.

        An old cookie that comes again ends the whole sign-in: `token_reused`.
        """
        return _answer(tokens.rotate(refresh=request.COOKIES.get(COOKIE, ""), request=request))

    def handle_exception(self, exc: Exception) -> Response:
        """A cookie that is good for nothing is taken back."""
        response = super().handle_exception(exc)
        return without_cookie(response) if isinstance(exc, TokenRefused) else response


class Logout(Door):
    """Sign out."""

    @extend_schema(operation_id="auth_logout", request=None, responses={204: None, **problems(403)})
    def post(self, request: Request) -> Response:
        """End the sign-in of the cookie, with all its tokens; 204 also where it was over."""
        user = tokens.end(refresh=request.COOKIES.get(COOKIE, ""))
        if user is not None:
            events.tell(events.Event.SIGNED_OUT, user=user, request=request)
        return without_cookie(Response(status=status.HTTP_204_NO_CONTENT))
