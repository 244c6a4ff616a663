"""One workspace with everything in it, and everybody who may or may not come near it."""

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.models import ApiKey, Invitation, Membership, User
from accounts.services import api_keys
from meetings import storage
from meetings.models import Attachment, Meeting, MeetingLink
from meetings.services import (
    binning,
    sharing,
    uploads,
    webhook_events,
    webhooks,
)
from reports.models import (
    Archive,
    Comment,
    Question,
    Statement,
    TemplatePreview,
)
from reports.services import calendar_feeds
from tests.factories import (
    ActionItemFactory,
    AttachmentFactory,
    JobFactory,
    KnownVoiceFactory,
    MeetingFactory,
    MembershipFactory,
    MinutesFactory,
    SeriesFactory,
    TemplateFactory,
    TranscriptFactory,
    UserFactory,
    WorkspaceFactory,
)
from transcription.models import Bookmark, Segment

INSIDE = "Bernsteinzimmer"
"""Stands in the meeting; whoever is let in reads it, others never do."""

BESIDE = "Nachbarhaus"
"""Stands in all that lies beside the meeting: workspace, series, members, other meetings."""


@dataclass
class World:
    """The rows, and the people by the names of the table's columns."""

    people: dict[str, User]
    keys: dict[str, str]
    names: dict[str, object]
    """What addresses and bodies of the table name: ``meeting``, ``minutes``, …"""
    tokens: dict[str, str] = field(default_factory=dict)
    """The link that a caller follows; others try one that was never made."""

    def __post_init__(self) -> None:
        self._sessions = {name: _signed_in(person) for name, person in self.people.items()}
        self._handler = APIClient().handler  # one: each reads all static files when it begins

    def identity(self, caller: str, route: str) -> str:
        """Callers that send the same have the same: who follows a link is nobody elsewhere."""
        is_nobody = caller not in self.keys and caller not in self.people
        return "nobody" if is_nobody and not route.startswith("/shared/") else caller

    def client_of(self, caller: str) -> APIClient:
        """A client that calls as ``caller``; links are followed by nobody in particular."""
        client = APIClient()
        client.handler = self._handler
        if caller in self.keys:
            client.credentials(HTTP_AUTHORIZATION=f"Api-Key {self.keys[caller]}")
        elif caller in self.people:
            client.cookies[settings.SESSION_COOKIE_NAME] = self._sessions[caller]
        return client


def _signed_in(person: User) -> str:
    client = APIClient()
    client.force_login(person)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def made() -> World:
    """The world; a withdrawn member was signed in when they were removed."""
    home = WorkspaceFactory.create(name=f"{BESIDE} GmbH")
    people = {
        role: MembershipFactory.create(
            workspace=home, role=role, user__name=f"{BESIDE} {role}"
        ).user
        for role in Membership.Role.values
    }
    people["stranger"] = UserFactory.create()
    people["withdrawn"] = MembershipFactory.create(workspace=home, role="editor").user
    Membership.objects.filter(workspace=home, user=people["withdrawn"]).delete()
    keys = {
        "read-key": api_keys.create(user=people["owner"], name="reads", scope="read"),
        "revoked": api_keys.create(user=people["owner"], name="revoked"),
    }
    ApiKey.objects.filter(name="revoked").update(revoked_at="2026-01-01T00:00:00Z")
    people |= {"reader": UserFactory.create(), "writer": UserFactory.create()}
    series = SeriesFactory.create(workspace=home, name=f"{BESIDE} weekly")
    MeetingFactory.create(workspace=home, series=series, title=f"{BESIDE} board")
    world = World(people, keys, _rows(home, series, people))
    _let_in(world)
    return world


def _let_in(world: World) -> None:
    """Two people and two links for the meeting alone; one of the links is over."""
    meeting = Meeting.objects.get(pk=str(world.names["meeting"]))
    by = world.people["owner"]
    for name, right in (("reader", "read"), ("writer", "edit")):
        email = world.people[name].email
        lent = sharing.share(meeting=meeting, email=email, right=right, by=by)
        world.names["share"] = lent.pk
    link, world.tokens["link"] = sharing.make_link(meeting=meeting, by=by, days=7)
    over, world.tokens["expired"] = sharing.make_link(meeting=meeting, by=by, days=7)
    MeetingLink.objects.filter(pk=over.pk).update(expires_at=timezone.now())
    world.names["made"] = link.pk


def _rows(home: Any, series: Any, people: dict[str, User]) -> dict[str, object]:
    meeting = _meeting(home, series)
    job = JobFactory.create(meeting=meeting, done=True)
    minutes = MinutesFactory.create(transcript=TranscriptFactory(job=job), chair=INSIDE)
    statement = Statement.objects.filter(section__minutes=minutes).earliest("pk")
    comment = Comment.objects.create(minutes=minutes, author=people["withdrawn"], text=INSIDE)
    segment = minutes.transcript.segments.earliest("pk")
    empty = WorkspaceFactory.create(name="Empty")
    MembershipFactory.create(workspace=empty, user=people["owner"], role="owner")
    return {
        "home": home.pk,
        "other": people["owner"].workspaces.get(personal=True).pk,
        "series": series.pk,
        "meeting": meeting.pk,
        "job": job.pk,
        "minutes": minutes.pk,
        "section": statement.section_id,
        "statement": statement.pk,
        "segment": segment.pk,
        "speaker": segment.speaker_id,
        "voice": minutes.transcript.speakers.latest("position").pk,
        "known": KnownVoiceFactory.create(workspace=home, name=f"{BESIDE} voice").pk,
        "bookmark": Bookmark.objects.create(
            meeting=meeting, author=people["withdrawn"], at=1.0, text=INSIDE, is_shared=True
        ).pk,
        "comment": comment.pk,
        "item": ActionItemFactory.create(meeting=meeting, text=INSIDE).pk,
        "viewer": people["viewer"].pk,
        "attachment": _attachment(meeting).pk,
        "number": 1,
        "upload": uploads.begin(
            by=people["owner"], workspace=home, filename=INSIDE, size=len("{}")
        ).pk,
        "template": TemplateFactory.create(workspace=home, name=f"{BESIDE} report").pk,
        "preview": TemplatePreview.objects.create(
            meeting=meeting, asked_by=people["owner"], sections=[]
        ).pk,
        "nowhere": "nowhere",
        "chapter": "search",
        "binned": _binned(home, people["owner"]).pk,
        "export": _export(home, people["owner"]).pk,
        "question": _question(home, people["owner"], segment).pk,
        "kind": "token",
        "key": ApiKey.objects.get(name="reads").pk,
        "invitation": Invitation.objects.create(
            email="invited@example.org",
            workspace=home,
            role="viewer",
            digest="never-made",
            expires_at=timezone.now() + Invitation.LIFE,
        ).pk,
        **_webhook(home, people["owner"]),
        "calendar": calendar_feeds.create(user=people["owner"]),
    }


def _attachment(meeting: Meeting) -> Attachment:
    """A document of one page."""
    made = AttachmentFactory.create(meeting=meeting, filename=f"{INSIDE}.pdf", pages=(INSIDE,))
    default_storage.save(made.key, ContentFile(b"%PDF-"))
    return made


def _binned(home: Any, by: User) -> Meeting:
    """A meeting that was thrown away."""
    meeting = MeetingFactory.create(workspace=home, title=f"{BESIDE} binned")
    binning.delete(meeting=meeting, by=by)
    return meeting


def _export(home: Any, by: User) -> Archive:
    """An export that can be downloaded."""
    made = Archive.objects.create(workspace=home, asked_by=by, state="ready")
    made.key = f"meetings/{made.pk}.zip"
    made.save()
    default_storage.save(made.key, ContentFile(b"zip"))
    return made


def _question(home: Any, by: User, segment: Segment) -> Question:
    """An answer that quotes the meeting."""
    made = Question.objects.create(workspace=home, asked_by=by, text=BESIDE, state="done")
    sentence = made.sentences.create(position=0, text=INSIDE, verdict="supported")
    meeting = segment.transcript.meeting
    sentence.citations.create(
        number=1, meeting=meeting, segment=segment, start=0.0, end=1.0, quote=INSIDE
    )
    return made


def _webhook(home: Any, by: User) -> dict[str, object]:
    """Where events go, and one that went there."""
    url = f"https://{BESIDE}.example.com/"
    hook, _secret = webhooks.create(workspace=home, by=by, url=url, events=["job.succeeded"])
    return {"webhook": hook.pk, "delivery": webhook_events.test_of(hook).pk}


def _meeting(home: Any, series: Any) -> Meeting:
    """A meeting that can be played."""
    meeting = MeetingFactory.create(workspace=home, series=series, title=INSIDE)
    recording = meeting.recording
    recording.key = f"meetings/{meeting.pk}/original-1.ogg"
    recording.rendition_key = storage.output_key(meeting.pk, "convert", "t", "player.m4a")
    recording.peaks_key = storage.output_key(meeting.pk, "convert", "t", "peaks.json")
    recording.save()
    default_storage.save(recording.key, ContentFile(b"original"))
    default_storage.save(recording.rendition_key, ContentFile(b"rendition"))
    storage.put_json(recording.peaks_key, {"version": 1, "duration": 1.0, "peaks": [0.5]})
    return meeting
