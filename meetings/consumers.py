"""Sockets: a snapshot first, then every event of a meeting, or of the meetings in sight."""

import asyncio
import contextlib
import json
from abc import abstractmethod
from typing import Any
from urllib.parse import parse_qs

import structlog
from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer
from django.conf import settings
from django.db import DatabaseError
from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header
from redis.exceptions import RedisError
from rest_framework.utils.encoders import JSONEncoder

from accounts.models import User, Workspace
from meetings import events
from meetings.documents import job_document
from meetings.errors import shown
from meetings.models import Job, Meeting
from meetings.outcomes import headline
from meetings.serializers import JobBriefSerializer
from meetings.services import tickets

log = structlog.get_logger(__name__)

ANONYMOUS, STRANGER = 4401, 4404
"""Close codes: sign in first; there is nothing here that you may see."""

WATCH_SECONDS = 4.0
"""How often an open socket's permission is checked."""

BRIEF_LIMIT = 200


class Consumer(AsyncJsonWebsocketConsumer):
    """Joins its groups, then sends a snapshot, then forwards; closes when permission ends."""

    user: User | None = None
    watch: asyncio.Task[None] | None = None
    is_page = True
    """Whether a page listens, which shows what its person is told."""

    async def connect(self) -> None:
        """Join first and read afterwards, so that nothing falls between."""
        self.joined: set[str] = set()
        await self.accept()
        self.user = await self.who()
        if self.user is None:
            await self.close(ANONYMOUS)
            return
        if not await self.join():
            await self.close(STRANGER)
            return
        await self.send_snapshot()
        self.watch = asyncio.create_task(self.close_when_withdrawn())

    async def disconnect(self, code: int) -> None:
        """Leave the groups."""
        if self.watch:
            self.watch.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self.watch
        for group in self.joined:
            await self.channel_layer.group_discard(group, self.channel_name)

    async def receive_json(self, content: Any, **kwargs: Any) -> None:
        """A client that saw a gap asks for a snapshot; nothing else is understood."""
        if self.watch and isinstance(content, dict) and content.get("type") == "snapshot":
            await self.send_snapshot()

    async def event(self, message: dict[str, Any]) -> None:
        """An event of the channel layer; what went wrong is said in the listener's language."""
        event = message["event"]
        with translation.override(self.language()):
            if event["type"] == "notification":
                text = headline(event["title"], event["state"], event["error"])
                event = event | {"text": text}
            if event.get("error"):
                event = event | {"error": shown(event["error"])}
        await self.send_json(event)

    async def join(self) -> bool:
        """Join the groups in sight and leave the others; False where there is none in sight."""
        wanted = await database_sync_to_async(self.groups_in_sight)()
        if wanted and self.user and self.is_page:
            wanted = wanted | {events.person_group(self.user.pk)}
        for group in self.joined - wanted:
            await self.channel_layer.group_discard(group, self.channel_name)
        for group in wanted - self.joined:
            await self.channel_layer.group_add(group, self.channel_name)
        self.joined = wanted
        return bool(wanted)

    async def close_when_withdrawn(self) -> None:
        """Look every few seconds whether the socket may stay open."""
        while True:
            await asyncio.sleep(WATCH_SECONDS)
            try:
                if not await self.join():
                    await self.close(STRANGER)
                    return
            except (DatabaseError, RedisError) as error:
                log.warning("permission_not_checked", error=str(error))

    async def send_snapshot(self) -> None:
        """Send the state of now."""
        with translation.override(self.language()):
            await self.send_json(await database_sync_to_async(self.snapshot)())

    def language(self) -> str:
        """The person's language; else the browser's, the instance's."""
        if self.user and self.user.language:
            return self.user.language
        headers = dict(self.scope.get("headers", []))
        for code, _weight in parse_accept_lang_header(
            headers.get(b"accept-language", b"").decode()
        ):
            with contextlib.suppress(LookupError):
                return translation.get_supported_language_variant(code)
        return settings.LANGUAGE_CODE

    async def who(self) -> User | None:
        """The person of the session."""
        user = self.scope.get("user")
        return user if user is not None and user.is_authenticated else None

    def is_active(self) -> bool:
        """Whether the person still is one, and is still signed in where the socket was opened."""
        if self.user is None or not User.objects.filter(pk=self.user.pk, is_active=True).exists():
            return False
        session = self.scope.get("session") if self.is_page else None
        key = getattr(session, "session_key", None)
        return session is None or key is None or session.exists(key)

    @abstractmethod
    def groups_in_sight(self) -> set[str]:
        """The channel groups that the person may hear; empty closes the socket."""

    @abstractmethod
    def snapshot(self) -> dict[str, Any]:
        """The state of now."""

    @classmethod
    async def decode_json(cls, text_data: str) -> Any:
        """What a client said; None where it is not JSON."""
        with contextlib.suppress(ValueError):
            return json.loads(text_data)
        return None

    @classmethod
    async def encode_json(cls, content: Any) -> str:
        """As the API writes JSON."""
        return json.dumps(content, cls=JSONEncoder, ensure_ascii=False)


class MeetingConsumer(Consumer):
    """``/ws/meetings/<id>/``, for a session or for ``?token=`` with a ticket."""

    @property
    def meeting_id(self) -> Any:
        """Of the address."""
        return self.scope["url_route"]["kwargs"]["pk"]

    async def who(self) -> User | None:
        """The person of the ticket, if one is given, else of the session."""
        query = parse_qs(self.scope.get("query_string", b"").decode("ascii", "replace"))
        ticket = query.get("token", [""])[0]
        if not ticket:
            return await super().who()
        self.is_page = False
        return await database_sync_to_async(tickets.redeem)(ticket, meeting_id=self.meeting_id)

    def groups_in_sight(self) -> set[str]:
        """The meeting's group."""
        visible = Meeting.objects.visible_to(self.user).filter(pk=self.meeting_id)
        if not self.is_active() or not visible.exists():
            return set()
        return {events.meeting_group(self.meeting_id)}

    async def event(self, message: dict[str, Any]) -> None:
        """As above; of a meeting that was deleted there is nothing more to hear."""
        await super().event(message)
        if message["event"]["type"] == "gone":
            await self.close(STRANGER)

    def snapshot(self) -> dict[str, Any]:
        """The latest job; ``seq`` is read first, so that later events are never older."""
        seq = events.seq(self.meeting_id)
        meeting = Meeting.objects.with_progress().filter(pk=self.meeting_id).first()
        job = meeting.job if meeting else None
        return {"type": "snapshot", "seq": seq, "job": job_document(job) if job else None}


class MeetingsConsumer(Consumer):
    """``/ws/meetings/``: what goes on in all workspaces of the person, in brief."""

    def groups_in_sight(self) -> set[str]:
        """The groups of the person's workspaces."""
        if not self.is_active():
            return set()
        visible = Workspace.objects.visible_to(self.user).values_list("pk", flat=True)
        groups = {events.workspace_group(pk) for pk in visible}
        return groups | {events.lent_group(self.user.pk)} if groups and self.user else groups

    def snapshot(self) -> dict[str, Any]:
        """The jobs that wait or run."""
        active = (
            Job.objects.filter(
                state__in=Job.ACTIVE, meeting__in=Meeting.objects.visible_to(self.user)
            )
            .select_related("meeting__recording")
            .prefetch_related("stages")
            .order_by("-created_at")[:BRIEF_LIMIT]
        )
        return {
            "type": "snapshot",
            "meetings": [
                {
                    "meeting": str(job.meeting_id),
                    "seq": events.seq(job.meeting_id),
                    "job": JobBriefSerializer(job).data,
                }
                for job in active
            ],
        }
