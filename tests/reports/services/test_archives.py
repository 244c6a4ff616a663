"""An export holds everything, once, for who may have it, as long as it may be kept."""

import hashlib
import io
import json
from datetime import timedelta
from zipfile import ZipFile

import pytest
from asgiref.sync import async_to_sync
from django.apps import apps
from django.core import mail
from django.core.files.storage import default_storage
from django.db.models.functions import Now

from accounts.models import Membership
from meetings import storage
from meetings.errors import StorageAway
from meetings.models import Deletion, Meeting
from meetings.services import deletion
from reports.archives import tables
from reports.errors import ExportRunning
from reports.models import Archive, ArchiveMail
from reports.services import archives
from reports.tasks import make_archive, tend_archives
from tests import canary, s3_server
from tests.factories import (
    AttachmentFactory,
    JobFactory,
    MeetingFactory,
    MembershipFactory,
    MinutesFactory,
    TranscriptFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def objects(settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "objects"},
        }
    }


@pytest.fixture
def team(user):
    return MembershipFactory(user=user, role="owner", workspace__name="Совет").workspace


def put(key, content):
    with storage.writing(key) as target:
        target.write(content)


@pytest.fixture
def meeting(team):
    made = MeetingFactory.create(workspace=team, title="../Планёрка", recording__filename="a/b.ogg")
    MinutesFactory.create(transcript=TranscriptFactory(job=JobFactory(meeting=made, done=True)))
    paper = AttachmentFactory.create(meeting=made, pages=("Смета",))
    put(made.recording.key, b"sound" * 1000)
    put(paper.key, b"%PDF-")
    return made


def made(by, workspace=None):
    """The archive, and its zip opened."""
    row = archives.ask(by=by, workspace=workspace)
    make_archive(str(row.pk))
    row.refresh_from_db()
    return row, ZipFile(io.BytesIO(storage.get_bytes(row.key)))


def test_a_workspaces_export_holds_all_of_it(user, team, meeting, monkeypatch):
    monkeypatch.setattr("reports.services.archive_contents.PAPERS", ())  # rendered elsewhere
    row, found = made(user, team)
    assert (row.state, row.progress, row.left_out_count) == ("ready", 1.0, 0)
    names = {name.rpartition("/")[2]: name for name in found.namelist()}
    assert found.testzip() is None
    assert all(".." not in name and not name.startswith("/") for name in found.namelist())
    assert found.read(names["a b.ogg"]) == b"sound" * 1000
    assert found.read(names["Смета.pdf"]) == b"%PDF-"
    assert "Предлагаю" in found.read(names["transcript.txt"]).decode()
    assert {"transcript.srt", "transcript.json", "minutes-v1.json", "minutes-v1.md"} <= set(names)
    segments = found.read(names["transcription.Segment.jsonl"]).decode().splitlines()
    assert json.loads(segments[0])["text"].startswith("Предлагаю")
    assert "embedding" not in found.read(names["transcription.Speaker.jsonl"]).decode()
    people = json.loads(found.read("workspace/people.json"))
    assert people[0]["email"] == user.email
    manifest = json.loads(found.read("manifest.json"))
    for file in manifest["files"]:
        assert hashlib.sha256(found.read(file["path"])).hexdigest() == file["sha256"]
    assert len(manifest["files"]) + 1 == len(found.namelist())


def test_papers_are_made_of_the_newest_version(user, team, meeting):
    _row, found = made(user, team)
    made_of = {name.rpartition("/")[2] for name in found.namelist()}
    assert {"minutes-v1.docx", "minutes-v1.pdf"} <= made_of


def test_an_accounts_export_holds_the_person_and_the_personal_workspace(user, team, meeting):
    user.set_password("long-enough-1")
    user.save()
    mine = MeetingFactory.create(owner=user, title="Mine")
    put(mine.recording.key, b"x")
    _row, found = made(user)
    text = "".join(found.read(name).decode(errors="replace") for name in found.namelist())
    assert user.email in text
    assert "Mine" in text
    assert "Планёрка" not in text
    assert user.password not in text


def test_every_table_is_exported_or_said_why_not():
    told = [tables.OF_MEETING, tables.OF_WORKSPACE, tables.OF_PERSON, tables.NOT_EXPORTED]
    listed = {label for one in told for label in one}
    ours = {
        model._meta.label
        for name in ("accounts", "meetings", "transcription", "reports")
        for model in apps.get_app_config(name).get_models()
        if not model._meta.proxy
    }
    assert ours - listed == set()
    assert listed - ours == set()
    for label, hidden in tables.SECRETS.items():
        names = {field.name for field in apps.get_model(label)._meta.concrete_fields}
        assert set(hidden) <= names


def test_what_is_missing_is_told_of(user, team, meeting):
    default_storage.delete(meeting.recording.key)
    row, found = made(user, team)
    [left] = json.loads(found.read("manifest.json"))["left_out"]
    assert (row.left_out_count, left["reason"]) == (1, "missing in the store")


def test_a_store_that_is_away_costs_only_time(user, team, meeting, monkeypatch):
    row = archives.ask(by=user, workspace=team)

    def away(key):
        raise StorageAway

    with monkeypatch.context() as patched:
        patched.setattr(storage, "writing", away)
        make_archive(str(row.pk))
    row.refresh_from_db()
    assert (row.state, row.attempts_left) == ("waiting", 2)
    sent = []
    monkeypatch.setattr(
        "accounts.services.outgoing.queue", lambda task, pks: sent.extend((task, pk) for pk in pks)
    )
    Archive.objects.update(due_at=Now() - timedelta(seconds=1))
    tend_archives()
    tend_archives()
    assert sent == [(archives.TASK, str(row.pk))]


def test_what_cannot_be_made_fails_and_is_told(user, team):
    row = archives.ask(by=user, workspace=team)
    Archive.objects.update(attempts_left=0, due_at=Now() - timedelta(seconds=1))
    tend_archives()
    row.refresh_from_db()
    assert row.state == "failed"
    archives.deliver(mail_id=ArchiveMail.objects.get().pk)
    assert "could not be made" in mail.outbox[0].subject


def test_one_at_a_time(user, team):
    archives.ask(by=user, workspace=team)
    archives.ask(by=user)
    for home in (team, None):
        with pytest.raises(ExportRunning):
            archives.ask(by=user, workspace=home)


def test_who_asked_is_told_once(user, team):
    made(user, team)
    [row] = ArchiveMail.objects.all()
    for _ in range(2):
        archives.deliver(mail_id=row.pk)
    [sent] = mail.outbox
    assert sent.to == [user.email]
    assert "Совет" in sent.body
    assert "/exports/" in sent.body


def test_after_its_time_the_zip_is_gone(user, team):
    row, _found = made(user, team)
    Archive.objects.update(expires_at=Now() - timedelta(seconds=1))
    tend_archives()
    for gone in Deletion.objects.all():
        deletion.work_off(deletion_id=gone.pk)
    row.refresh_from_db()
    assert (row.state, row.key) == ("expired", "")
    assert list(storage.objects_under("exports/")) == []


def test_with_a_meeting_go_the_exports_that_hold_it(user, team, meeting):
    other = MeetingFactory.create(owner=user)
    put(other.recording.key, b"x")
    holds, _found = made(user, team)
    mine, _found = made(user)
    deletion.purge(meeting_id=meeting.pk, cause=Deletion.Cause.PERSON)
    states = dict(Archive.objects.values_list("pk", "state"))
    assert states == {holds.pk: "expired", mine.pk: "ready"}


def test_one_in_the_making_begins_anew_without_what_was_deleted(user, team, meeting, monkeypatch):
    row = archives.ask(by=user, workspace=team)
    begun = archives.archive_contents.add_meeting

    def deleted_meanwhile(bundle, one, number):
        begun(bundle, one, number)
        deletion.purge(meeting_id=one.pk, cause=Deletion.Cause.PERSON)

    with monkeypatch.context() as patched:
        patched.setattr("reports.services.archive_contents.PAPERS", ())
        patched.setattr(archives.archive_contents, "add_meeting", deleted_meanwhile)
        make_archive(str(row.pk))
    row.refresh_from_db()
    assert (row.state, row.meetings) == ("waiting", [])
    assert list(storage.objects_under("exports/")) == []
    assert not Meeting.objects.exists()
    make_archive(str(row.pk))
    row.refresh_from_db()
    assert row.state == "ready"


def test_who_owns_it_no_more_gets_nothing(user, team):
    row = archives.ask(by=user, workspace=team)
    Membership.objects.filter(workspace=team, user=user).update(role="editor")
    make_archive(str(row.pk))
    row.refresh_from_db()
    assert row.state == "failed"
    assert not Archive.objects.visible_to(user).exists()


@pytest.mark.slow
def test_the_same_on_s3(user, team, meeting, settings, tmp_path_factory, monkeypatch):
    monkeypatch.setattr("reports.services.archive_contents.PAPERS", ())
    with s3_server.running(tmp_path_factory.mktemp("s3")) as server:
        settings.AWS_STORAGE_BUCKET_NAME = s3_server.BUCKET
        settings.AWS_S3_ENDPOINT_URL = server.endpoint
        settings.AWS_S3_ACCESS_KEY_ID = s3_server.ACCESS
        settings.AWS_S3_SECRET_ACCESS_KEY = s3_server.SECRET
        backend = {"BACKEND": "storages.backends.s3.S3Storage"}
        settings.STORAGES = settings.STORAGES | {"default": backend}
        settings.AWS_S3_FILE_BUFFER_SIZE = 5 * 1024**2
        put(meeting.recording.key, b"sound" * 4_000_000)  # several parts
        row, found = made(user, team)
        names = {name.rpartition("/")[2]: name for name in found.namelist()}
        assert found.testzip() is None
        assert len(found.read(names["a b.ogg"])) == 20_000_000
        assert row.left_out_count == 1  # the attachment lies in the folder
        with pytest.raises(RuntimeError), storage.writing("exports/x/broken.zip") as target:
            target.write(b"half")
            raise RuntimeError
        assert not default_storage.exists("exports/x/broken.zip")


def content_of(response):
    async def gathered():
        return [chunk async for chunk in response.streaming_content]

    return b"".join(async_to_sync(gathered)())


def test_exports_over_the_api(api, api_of, user, team, stranger):
    asked = api.post("/api/v1/exports/", {"workspace": team.pk}, format="json")
    assert (asked.status_code, asked.json()["state"]) == (202, "waiting")
    one = asked["Location"]
    assert api.get(f"{one}file/").json()["code"] == "not_ready"
    again = api.post("/api/v1/exports/", {"workspace": team.pk}, format="json")
    assert (again.status_code, again.json()["code"]) == (409, "export_running")
    make_archive(asked.json()["id"])
    assert api.get(one).json()["state"] == "ready"
    content = content_of(api.get(f"{one}file/"))
    assert ZipFile(io.BytesIO(content)).testzip() is None
    part = api.get(f"{one}file/", headers={"Range": "bytes=0-3"})
    assert part.status_code == 206
    editor = MembershipFactory(workspace=team).user
    assert api_of(editor).get(one).status_code == 404
    assert api_of(stranger).get(f"{one}file/").status_code == 404
    refused = api_of(editor).post("/api/v1/exports/", {"workspace": team.pk}, format="json")
    assert (refused.status_code, refused.json()["code"]) == (403, "owners_only")
    unseen = api_of(stranger).post("/api/v1/exports/", {"workspace": team.pk}, format="json")
    assert unseen.status_code == 404
    assert api.delete(one).status_code == 204
    assert api.get("/api/v1/exports/").json()["results"][0]["state"] == "expired"


def test_exports_on_the_page(browser, user, team):
    browser.post("/exports/new/", {"workspace": str(team.pk)})
    page = browser.get("/exports/").content.decode()
    assert "being made" in page
    assert "data-poll" in page
    row = Archive.objects.get()
    assert browser.get(f"/exports/{row.pk}/file/").status_code == 404
    make_archive(str(row.pk))
    page = browser.get("/exports/").content.decode()
    assert f'href="/exports/{row.pk}/file/"' in page
    assert browser.get(f"/exports/{row.pk}/file/").status_code == 200
    browser.post(f"/exports/{row.pk}/delete/")
    assert str(row.pk) not in browser.get("/exports/").content.decode()


def test_a_canary_is_in_no_export_of_others(user, stranger):
    canary.stained_meeting(stranger)
    _row, found = made(user)
    assert all(canary.WORD.encode() not in found.read(name) for name in found.namelist())
