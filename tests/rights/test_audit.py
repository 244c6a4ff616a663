"""Whatever is done at any address leaves a line in the audit log, or stands here with a reason."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from accounts.models import AuditEntry, Workspace
from tests.factories import JobFactory, MeetingFactory
from tests.rights import table
from tests.rights.calls import address, asked
from tests.rights.table import Row

pytestmark = pytest.mark.django_db

SAMPLE = Path(__file__).parents[2] / "samples" / "meeting_ru.ogg"
UNSAFE = ("POST", "PUT", "PATCH", "DELETE")
UNSAFE_ROWS = [row for row in table.rows() if row.method in UNSAFE and row.route != "/api/{path}"]

QUIET = {
    "/sign-in/": "already signed in; the events of signing in have tests of their own",
    "/sign-in/code/": "the same",
    "/sign-in/again/": "the same",
    "/sign-in/again/code/": "the same",
    "/sign-in/cancelled/": "only leads back to the door",
    "/sign-in/with/{provider_id}/": "leads to the provider",
    "/sign-in/with/{provider_id}/back/": "the same events",
    "/register/": "a code is sent; the account that it makes is noted",
    "/register/code/": "the same",
    "/password/reset/": "a code is sent; the password that it sets is noted",
    "/password/reset/code/": "the same",
    "/security/email/": "a code is sent; the address that it proves is noted",
    "/security/email/code/": "the same",
    "/security/password/": "an event, with tests of its own",
    "/security/delete/": "asks for the password first; the event has tests of its own",
    "/security/two-steps/": "only leads to another page",
    "/security/two-steps/on/": "an event, with tests of its own",
    "/security/two-steps/off/": "the same",
    "/security/recovery-codes/new/": "the same",
    "/security/sessions/{kind}/{key}/end/": "no such sign-in; ending one is an event",
    "/api/v1/auth/logout/": "nobody is signed in by a cookie; else an event",
    "/api/v1/uploads/": "a file is on its way; the meeting that it becomes is noted",
    "/api/v1/uploads/{pk}/": "the same",
    "/api/v1/uploads/{pk}/parts/{number}/": "the same",
    "/api/v1/uploads/{pk}/parts/{number}/data/": "the same",
    "/api/v1/meetings/{pk}/ticket/": "opens the socket of a meeting whose page was seen",
    "/api/v1/minutes/{pk}/statements/check/": "says what the checker thinks; stores nothing",
    "/api/v1/statements/{pk}/check/": "the same",
    "/shared/{token}/": "leads to the page, whose opening is noted",
    "/workspaces/{pk}/language-model/test/": "the workspace has no choice that could be tried",
    "/meetings/{pk}/retry/": "the job is done; below",
    "/meetings/{pk}/cancel/": "the same",
    "/workspaces/{pk}/delete/": "it is not empty; below",
    "/meetings/{pk}/speakers/{speaker}/remember/": "the speaker has no name; tests of voices",
    "/meetings/{pk}/speakers/{speaker}/take-back/": "nothing is remembered; the same",
    "/meetings/{pk}/speakers/{speaker}/suggestion/": "nothing is suggested; the same",
    "/api/v1/speakers/{pk}/voice/": "it has no name, nothing is remembered; the same",
    "/api/v1/meetings/{pk}/transcript/restore/": "it is so already; all edits go through one door",
}
"""Where nothing that people could ask about is done, or where the world of the rights cannot."""

ELSEWHERE = {
    "/api/v1/uploads/{pk}/complete/": "its parts are missing; tests of uploads",
    "/api/v1/meetings/": "takes a recording; below",
    "/api/v1/attachments/": "takes a file; below",
    "/api/v1/meetings/{pk}/cancel/": "takes an active job; below",
    "/api/v1/jobs/{pk}/retry/": "takes a failed job; below",
    "/api/v1/jobs/{pk}/cancel/": "takes an active job; below",
    "/api/v1/minutes/{pk}/approve/": "takes a review; below",
    "/api/v1/minutes/{pk}/return/": "the same",
    "/api/v1/workspaces/{pk}/language-model/test/": "takes a choice of one",
    "/api/v1/meetings/{pk}/transcript/undo/": "takes an edit, which was noted in this hour",
    "/api/v1/meetings/{pk}/transcript/redo/": "the same",
    "/api/v1/speakers/{pk}/merge/": "takes another voice; all edits go through one door",
    "/api/v1/speakers/{pk}/suggestion/": "takes one; tests of voices",
    "/api/v1/segments/{pk}/": "takes If-Match; below",
    "/api/v1/templates/previews/": "takes sections; tests of previews",
    "/api/v1/auth/register/": "JSON and tests of its own, as all of these",
    "/api/v1/auth/verify-email/": "the same",
    "/api/v1/auth/token/": "the same",
    "/api/v1/auth/token/refresh/": "the same",
    "/api/v1/auth/password/change/": "the same",
    "/api/v1/auth/password/reset/": "the same",
    "/api/v1/auth/password/reset/confirm/": "the same",
    "/sign-in/again/": "closed to who has no password here",
    "/sign-in/again/code/": "the same",
    "/sign-in/with/{provider_id}/": "no provider in the world of the rights",
    "/sign-in/with/{provider_id}/back/": "the same",
    "/security/two-steps/off/": "there are none",
    "/invitations/{token}/": "no such invitation; tests of invitations",
    "/shared/{token}/": "nobody in particular follows links",
}
"""What the owner of the world is refused, and where it is looked at instead."""

SENT = {
    ("POST", "/profile/"): {"name": "Another"},
    ("POST", "/notifications/"): {"remind_days_before": 3},
    ("POST", "/language/"): {"language": "ru"},
    ("POST", "/api-keys/"): {"name": "x", "scope": "read"},
    ("POST", "/series/{pk}/"): {"name": "x", "workspace": "$home"},
    ("POST", "/workspaces/{pk}/members/"): {"email": "$outsider", "role": "viewer"},
    ("POST", "/workspaces/{pk}/language-model/"): {"provider": "none", "context_tokens": 0},
    ("POST", "/meetings/{pk}/shares/"): {"email": "$outsider", "right": "read"},
    ("POST", "/api/v1/api-keys/"): {"name": "x", "scope": "read"},
    ("POST", "/api/v1/workspaces/{pk}/members/"): {"email": "$outsider"},
    ("POST", "/api/v1/meetings/{pk}/shares/"): {"email": "$outsider", "right": "read"},
    ("POST", "/api/v1/minutes/{pk}/review/"): {"reviewers": ["$viewer"]},
    ("POST", "/api/v1/meetings/{pk}/transcript/replace/"): {
        "find": "в",
        "replace": "у",
        "dry_run": False,
    },
    ("POST", "/api/v1/meetings/{pk}/transcript/restore/"): {"number": 0},
    ("POST", "/api/v1/meetings/{pk}/transcript/reassign/"): {
        "first": "$segment",
        "last": "$segment",
        "new_speaker": "x",
    },
    ("POST", "/api/v1/meetings/{pk}/bookmarks/"): {"at": 1, "text": "x", "shared": True},
    ("POST", "/api/v1/segments/{pk}/split/"): {"word": 1},
    ("POST", "/api/v1/templates/"): {
        "name": "x",
        "sections": [{"key": "a", "kind": "summary", "title": {"en": "A"}}],
    },
}
"""What is sent so that it can be done, where the table sends what cannot."""

READ = {
    "/meetings/{pk}/": "meeting.seen",
    "/meetings/{pk}/attachments/{attachment_pk}/": "meeting.seen",
    "/api/v1/meetings/{pk}/": "meeting.seen",
    "/meetings/{pk}/speakers/": "meeting.seen",
    "/api/v1/meetings/{pk}/transcript/": "meeting.seen",
    "/api/v1/meetings/{pk}/speakers/": "meeting.seen",
    "/api/v1/meetings/{pk}/speakers/export/": "transcript.exported",
    "/api/v1/meetings/{pk}/minutes/": "meeting.seen",
    "/api/v1/minutes/{pk}/": "meeting.seen",
    "/api/v1/attachments/{pk}/pages/{number}/": "meeting.seen",
    "/api/v1/attachments/{pk}/file/": "attachment.downloaded",
    "/api/v1/meetings/{pk}/media/": "media.played",
    "/api/v1/meetings/{pk}/transcript/export/": "transcript.exported",
    "/api/v1/minutes/{pk}/export/": "minutes.exported",
    "/api/v1/action-items/export/": "action_items.exported",
    "/ask/{pk}/": "meeting.seen",
    "/api/v1/ask/": "meeting.seen",
    "/api/v1/ask/{pk}/": "meeting.seen",
    "/shared/{token}/": "link.opened",
    "/shared/{token}/media/": "media.played",
}
"""What is seen, heard or taken away is noted too."""


def noted(world, caller, row):
    """The status of the answer, and the codes that it left; all is taken back."""
    client = world.client_of(caller)
    cache.clear()
    with transaction.atomic():
        before = set(AuditEntry.objects.values_list("pk", flat=True))
        answer = asked(client, row, address(world, row.route, caller), world)
        left = AuditEntry.objects.exclude(pk__in=before)
        codes = [(entry.what, entry.kind, entry.workspace_id) for entry in left]
        transaction.set_rollback(True)
    return answer.status_code, codes


def sent(row):
    body = SENT.get((row.method, row.route))
    return row if body is None else replace(row, body=json.dumps(body))


def test_every_deed_leaves_a_line(world):
    world.names["outsider"] = world.people["stranger"].email
    silent, done, told = [], set(), set()
    rows = [
        row for row in table.rows() if row.method in UNSAFE and not row.route.startswith("/api/{")
    ]
    for row in rows:
        status, codes = noted(world, "owner", sent(row))
        told |= {row.route} if codes else set()
        if status < 400:
            done.add(row.route)
            if not codes and row.route not in QUIET:
                silent.append(f"{row.method} {row.route}: {status}")
    assert silent == []
    assert {row.route for row in UNSAFE_ROWS} - done == set(ELSEWHERE)
    assert {route for route in QUIET if route in told} == set()


def test_what_is_read_leaves_a_line_with_who_read_it(world):
    wrong = []
    for row in table.rows():
        if row.method != "GET" or row.route not in READ:
            continue
        caller = "link" if row.route.startswith("/shared/") else "owner"
        if row.statuses[caller] != 200:
            continue
        _status, codes = noted(world, caller, row)
        kind = "link" if caller == "link" else "person"
        expected = [(READ[row.route], kind, world.names["home"])]
        if codes != expected:
            wrong.append(f"{row.route}: {codes}")
    assert wrong == []


def test_who_is_refused_leaves_no_line_of_a_deed(world):
    left = []
    for row in table.rows():
        if row.method in UNSAFE and row.statuses["stranger"] == 404:
            _status, codes = noted(world, "stranger", row)
            left += [(row.route, code) for code, _kind, _home in codes]
    assert left == []


@pytest.fixture
def recording():
    return SimpleUploadedFile("meeting.ogg", SAMPLE.read_bytes(), "audio/ogg")


def codes():
    return set(AuditEntry.objects.values_list("what", flat=True))


def test_what_the_world_was_not_ready_for_leaves_a_line_too(world, recording):
    home = Workspace.objects.get(pk=world.names["home"])
    owner, api = world.people["owner"], world.client_of("owner")
    job = JobFactory(
        meeting=MeetingFactory(workspace=home), state="failed", stages={"convert": "dead"}
    )
    minutes, segment = world.names["minutes"], world.names["segment"]
    asked = [
        (f"jobs/{job.pk}/retry/", {}, "job.retried"),
        (f"jobs/{job.pk}/cancel/", {}, "job.cancelled"),
        (f"minutes/{minutes}/review/", {"reviewers": [owner.pk]}, "minutes.sent_for_review"),
        (f"minutes/{minutes}/return/", {"reason": "x"}, "minutes.returned"),
        (f"minutes/{minutes}/review/", {"reviewers": [owner.pk]}, "minutes.sent_for_review"),
        (f"minutes/{minutes}/approve/", {}, "minutes.approved"),
    ]
    for path, body, code in asked:
        assert api.post(f"/api/v1/{path}", body, format="json").status_code < 300, path
        assert code in codes()
    api.patch(
        f"/api/v1/segments/{segment}/", {"text": "x"}, format="json", headers={"If-Match": "*"}
    )
    api.post("/api/v1/meetings/", {"recording": recording, "workspace": home.pk})
    paper = SimpleUploadedFile("a.txt", b"words")
    api.post("/api/v1/attachments/", {"meeting": world.names["meeting"], "file": paper})
    made = api.post("/api/v1/workspaces/", {"name": "x"}, format="json").json()
    api.delete(f"/api/v1/workspaces/{made['id']}/")
    expected = {"transcript.edited", "meeting.created", "attachment.added", "workspace.deleted"}
    assert expected <= codes()


def test_a_line_of_a_key_says_which(world):
    row = Row("GET", "/api/v1/meetings/{pk}/", {})
    assert noted(world, "read-key", row) == (200, [("meeting.seen", "key", world.names["home"])])
