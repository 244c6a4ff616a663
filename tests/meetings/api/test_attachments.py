"""Attachments over HTTP: who adds, sees and removes them, and what is told of each."""

import hashlib

import pytest
from asgiref.sync import async_to_sync
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from meetings.models import Attachment
from meetings.services import attachments
from tests.factories import (
    AttachmentFactory,
    AttachmentPageFactory,
    MeetingFactory,
    MembershipFactory,
)
from tests.meetings.reading import documents

pytestmark = pytest.mark.django_db

URL = "/api/v1/attachments/"


@pytest.fixture(autouse=True)
def objects(settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "objects"},
        }
    }
    settings.TEMP_DIR = tmp_path


@pytest.fixture
def meeting(user):
    return MeetingFactory(owner=user)


def send(api, meeting, data=b"Agenda\n1. Budget\n2. Hiring", name="agenda.txt", **options):
    file = SimpleUploadedFile(name, data)
    return api.post(URL, {"meeting": str(meeting.pk), "file": file}, **options)


def test_a_document_is_attached_read_downloaded_and_removed(api, meeting):
    made = send(api, meeting, documents.budget(), "Смета.pdf")
    assert made.status_code == 202, made.content
    assert (made.json()["state"], made.json()["media_type"]) == ("waiting", "")
    attachments.read(attachment_id=made.json()["id"])
    body = api.get(made["Location"]).json()
    assert (body["state"], body["unit"], body["pages_count"]) == ("read", "page", 3)
    assert (body["filename"], body["media_type"]) == ("Смета.pdf", "application/pdf")
    page = api.get(f"{made['Location']}pages/2/").json()
    assert "480 000" in page["text"]
    assert api.get(f"{made['Location']}pages/4/").status_code == 404
    file = api.get(f"{made['Location']}file/")
    assert hashlib.sha256(content(file)).hexdigest() == body["sha256"]
    assert file["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert (file["X-Content-Type-Options"], file["Content-Type"]) == ("nosniff", "application/pdf")
    assert api.delete(made["Location"]).status_code == 204
    assert not Attachment.objects.exists()


def content(response):
    async def collect():
        return b"".join([chunk async for chunk in response.streaming_content])

    return async_to_sync(collect)()


def test_a_removed_attachment_leaves_no_object(api, meeting, django_capture_on_commit_callbacks):
    made = send(api, meeting)
    key = Attachment.objects.get().key
    assert default_storage.exists(key)
    with django_capture_on_commit_callbacks(execute=True):
        api.delete(made["Location"])
    assert not default_storage.exists(key)


def test_the_agenda_is_proposed_and_nothing_is_set(api, meeting):
    made = send(api, meeting)
    waiting = api.get(f"{made['Location']}agenda/")
    assert (waiting.status_code, waiting.json()["code"]) == (409, "attachment_waiting")
    attachments.read(attachment_id=made.json()["id"])
    assert api.get(f"{made['Location']}agenda/").json() == {"items": ["Budget", "Hiring"]}
    meeting.refresh_from_db()
    assert meeting.agenda == []


def test_the_same_key_attaches_once_and_another_body_is_refused(api, meeting):
    headers = {"Idempotency-Key": "once"}
    first = send(api, meeting, headers=headers)
    assert send(api, meeting, headers=headers).json() == first.json()
    assert Attachment.objects.count() == 1
    other = send(api, meeting, b"something else", headers=headers)
    assert (other.status_code, other.json()["code"]) == (409, "idempotency_key_reused")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\temp\\plan.docx", "plan.docx"),
        ("plan\u202efdp.exe", "planfdp.exe"),
        ("a\r\nSet-Cookie: x.txt", "a Set-Cookie: x.txt"),
        ("…", "…"),
    ],
)
def test_a_name_is_data_and_never_a_path(meeting, user, name, shown):
    file = SimpleUploadedFile("x", b"text")
    file._name = name
    made = attachments.attach(meeting=meeting, upload=file, by=user)
    assert made.filename == shown
    assert made.key.startswith(f"meetings/{meeting.pk}/attachment-")
    assert "." not in made.key


def test_the_download_of_a_hostile_name_has_one_safe_header(api, meeting):
    made = AttachmentFactory(meeting=meeting, filename='a"b; filename=c.html\n.txt')
    default_storage.save(made.key, SimpleUploadedFile("x", b"<script>"))
    file = api.get(f"{URL}{made.pk}/file/")
    assert "\n" not in file["Content-Disposition"]
    assert file["Content-Disposition"].startswith("attachment;")
    assert not file["Content-Type"].startswith("text/html")


@pytest.mark.parametrize(
    ("data", "limits", "expected"),
    [
        (b"", {}, (422, "empty_file")),
        (b"12345", {"ATTACHMENT_MAX_BYTES": 4}, (413, "attachment_too_large")),
        (b"12345", {"ATTACHMENTS_MOST": 0}, (409, "too_many_attachments")),
    ],
)
def test_what_is_too_much_is_refused_and_not_kept(api, meeting, settings, data, limits, expected):
    for name, value in limits.items():
        setattr(settings, name, value)
    response = send(api, meeting, data)
    assert (response.status_code, response.json()["code"]) == expected
    assert not Attachment.objects.exists()
    assert not default_storage.exists(f"meetings/{meeting.pk}") or not any(
        default_storage.listdir(f"meetings/{meeting.pk}")
    )


def test_a_document_without_text_stays_and_says_why(api, meeting, user):
    made = send(api, meeting, documents.scanned(), "scan.pdf")
    attachments.read(attachment_id=made.json()["id"])
    body = api.get(made["Location"]).json()
    assert (body["state"], body["error"]["code"]) == ("unreadable", "no_text")
    assert "scan" in body["error"]["detail"]
    assert api.get(f"{made['Location']}file/").status_code == 200
    assert api.get(f"{made['Location']}agenda/").json() == {"items": []}


def test_it_can_be_called_otherwise(api, meeting):
    made = AttachmentFactory(meeting=meeting)
    response = api.patch(f"{URL}{made.pk}/", {"filename": "../Budget.pdf"}, format="json")
    assert response.json()["filename"] == "Budget.pdf"
    assert api.patch(f"{URL}{made.pk}/", {"state": "waiting"}).json()["state"] == "read"


def test_strangers_find_nothing_and_viewers_change_nothing(api_of, meeting, stranger):
    made = AttachmentFactory(meeting=meeting)
    AttachmentPageFactory(attachment=made)
    paths = ["", "file/", "agenda/", "pages/1/"]
    outside, reader = api_of(stranger), api_of(viewer_of(meeting))
    for path in paths:
        assert outside.get(f"{URL}{made.pk}/{path}").status_code == 404
    assert outside.get(URL).json()["results"] == []
    assert send(outside, meeting).status_code == 404
    for path in ("", "agenda/", "pages/1/"):
        assert reader.get(f"{URL}{made.pk}/{path}").status_code == 200
    answers = [
        reader.patch(f"{URL}{made.pk}/", {"filename": "x"}),
        reader.delete(f"{URL}{made.pk}/"),
        send(reader, meeting),
    ]
    assert {(a.status_code, a.json()["code"]) for a in answers} == {(403, "read_only")}


def viewer_of(meeting):
    return MembershipFactory(workspace=meeting.workspace, role="viewer").user


def test_the_list_is_narrowed_by_meeting_and_state(api, user, meeting):
    mine = AttachmentFactory(meeting=meeting)
    AttachmentFactory(meeting=meeting, state="waiting", pages_count=0)
    AttachmentFactory(meeting=MeetingFactory(owner=user))
    found = api.get(f"{URL}?meeting={meeting.pk}&state=read").json()["results"]
    assert [one["id"] for one in found] == [str(mine.pk)]


@pytest.mark.parametrize("rows", [10, 100])
def test_the_list_costs_constant_queries(api, meeting, rows, django_assert_num_queries):
    AttachmentFactory.create_batch(rows, meeting=meeting)
    with django_assert_num_queries(3):  # session, person, attachments
        assert len(api.get(f"{URL}?page_size=200").json()["results"]) == rows
