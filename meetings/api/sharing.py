"""Who is let into one meeting: people, and links."""

from typing import Any

from django.conf import settings
from django.http import Http404
from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from meetings.access import caller, meeting_of
from meetings.models import Meeting, MeetingLink, MeetingShare
from meetings.openapi import problems
from meetings.services import sharing

MOST_DAYS = 365
"""How long a link may be valid."""


class ShareSerializer(serializers.ModelSerializer[MeetingShare]):
    """A person who is let into the meeting alone."""

    name = serializers.CharField(source="user.name", read_only=True, default="")
    email = serializers.EmailField(source="address", max_length=254)
    right = serializers.ChoiceField(choices=MeetingShare.Right.choices)
    waiting = serializers.BooleanField(
        source="is_waiting", read_only=True, help_text="Invited; there is no account yet."
    )

    class Meta:
        model = MeetingShare
        fields = ["id", "name", "email", "right", "waiting", "created_at"]
        read_only_fields = ["id", "created_at"]


class RightSerializer(serializers.Serializer[Any]):
    """Another right."""

    right = serializers.ChoiceField(choices=MeetingShare.Right.choices)


class LinkSerializer(serializers.ModelSerializer[MeetingLink]):
    """A link, without its secret."""

    has_password = serializers.BooleanField(read_only=True)
    is_over = serializers.BooleanField(read_only=True, help_text="Expired or revoked.")

    class Meta:
        model = MeetingLink
        fields = [
            "id",
            "has_password",
            "may_download",
            "is_over",
            "created_at",
            "expires_at",
            "revoked_at",
            "last_opened_at",
        ]
        read_only_fields = fields


class MadeLinkSerializer(LinkSerializer):
    """A link just made: the only time that its address can be read."""

    url = serializers.CharField(read_only=True)

    class Meta(LinkSerializer.Meta):
        fields = ["url", *LinkSerializer.Meta.fields]
        read_only_fields = fields


class NewLinkSerializer(serializers.Serializer[Any]):
    """What the link is to allow."""

    days = serializers.IntegerField(
        min_value=1, max_value=MOST_DAYS, default=7, help_text="How long it is valid."
    )
    password = serializers.CharField(
        max_length=128, required=False, allow_blank=True, trim_whitespace=False
    )
    may_download = serializers.BooleanField(
        default=False, help_text="Also the uploaded file and the exports."
    )


def url_of(token: str) -> str:
    """The address at which a link is opened."""
    return f"{settings.PUBLIC_URL}{reverse('shared:page', args=[token])}"


class MeetingShares(APIView):
    """The people who are let into a meeting alone."""

    @extend_schema(
        operation_id="meeting_shares_list",
        responses={200: ShareSerializer(many=True), **problems(403, 404)},
    )
    def get(self, request: Request, pk: Any) -> Response:
        """Who it is shared with, first come first; for editors of its workspace; not paged."""
        meeting = meeting_of(request.user, pk, to_govern=True)
        return Response(ShareSerializer(meeting.shares.select_related("user"), many=True).data)

    @extend_schema(
        operation_id="meeting_shares_create",
        request=ShareSerializer,
        responses={201: ShareSerializer, **problems(400, 403, 404, 409, 429)},
    )
    def post(self, request: Request, pk: Any) -> Response:
        """Share it with who has this address; who has no account is invited by mail."""
        meeting = meeting_of(request.user, pk, to_govern=True)
        form = ShareSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        made = sharing.share(
            meeting=meeting,
            email=form.validated_data["address"],
            right=form.validated_data["right"],
            by=caller(request),
            request=request,
        )
        return Response(ShareSerializer(made).data, status=status.HTTP_201_CREATED)


SHARE = OpenApiParameter("share", OpenApiTypes.INT, OpenApiParameter.PATH)
LINK = OpenApiParameter("link", OpenApiTypes.INT, OpenApiParameter.PATH)


class MeetingShareDetail(APIView):
    """One of them."""

    @extend_schema(
        operation_id="meeting_shares_update",
        parameters=[SHARE],
        request=RightSerializer,
        responses={200: ShareSerializer, **problems(400, 403, 404)},
    )
    def patch(self, request: Request, pk: Any, share: int) -> Response:
        """Another right."""
        found = _share(meeting_of(request.user, pk, to_govern=True), share)
        form = RightSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        sharing.change(share=found, right=form.validated_data["right"])
        return Response(ShareSerializer(found).data)

    @extend_schema(
        operation_id="meeting_shares_delete",
        parameters=[SHARE],
        responses={204: None, **problems(403, 404)},
    )
    def delete(self, request: Request, pk: Any, share: int) -> Response:
        """Let the person in no more, at once."""
        sharing.withdraw(share=_share(meeting_of(request.user, pk, to_govern=True), share))
        return Response(status=status.HTTP_204_NO_CONTENT)


class MeetingLinks(APIView):
    """The links to a meeting."""

    @extend_schema(
        operation_id="meeting_links_list",
        responses={200: LinkSerializer(many=True), **problems(403, 404)},
    )
    def get(self, request: Request, pk: Any) -> Response:
        """All links, newest first, without their secrets; not paged."""
        meeting = meeting_of(request.user, pk, to_govern=True)
        return Response(LinkSerializer(meeting.links.all(), many=True).data)

    @extend_schema(
        operation_id="meeting_links_create",
        request=NewLinkSerializer,
        responses={201: MadeLinkSerializer, **problems(400, 403, 404)},
    )
    def post(self, request: Request, pk: Any) -> Response:
        """Make a link; its address is in this answer and nowhere else."""
        meeting = meeting_of(request.user, pk, to_govern=True)
        form = NewLinkSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        link, token = sharing.make_link(meeting=meeting, by=caller(request), **form.validated_data)
        body = {"url": url_of(token), **LinkSerializer(link).data}
        return Response(body, status=status.HTTP_201_CREATED, headers={"Cache-Control": "no-store"})


class MeetingLinkDetail(APIView):
    """One of them."""

    @extend_schema(
        operation_id="meeting_links_delete",
        parameters=[LINK],
        responses={204: None, **problems(403, 404)},
    )
    def delete(self, request: Request, pk: Any, link: int) -> Response:
        """Revoke it: it leads nowhere from now on."""
        found = meeting_of(request.user, pk, to_govern=True).links.filter(pk=link).first()
        if found is None:
            raise Http404
        sharing.revoke(link=found)
        return Response(status=status.HTTP_204_NO_CONTENT)


def _share(meeting: Meeting, pk: int) -> MeetingShare:
    found = meeting.shares.select_related("user").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
