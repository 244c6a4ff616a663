"""Files in parts over HTTP: begun, sent in any order, sent again, made whole, given up."""

import hashlib
import uuid
from pathlib import Path

import pytest
from django.core.files.storage import default_storage

from meetings import fingerprints
from meetings.models import Meeting, Upload, UploadPart
from tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db

SAMPLE = Path(__file__).parents[3] / "samples" / "meeting_ru.ogg"
PART = 100_000
OCTETS = "application/octet-stream"


@pytest.fixture(autouse=True)
def small_parts(settings, tmp_path):
    settings.UPLOAD_PART_BYTES = PART
    settings.TEMP_DIR = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "objects"},
        }
    }


@pytest.fixture
def content():
    return SAMPLE.read_bytes()


def begin(api, content, **more):
    told = {"filename": "планёрка.ogg", "size": len(content), "type": "audio/ogg"} | more
    response = api.post("/api/v1/uploads/", told, format="json")
    assert response.status_code == 201, response.content
    return response.json()


def at(begun, *rest):
    return "/".join(["/api/v1/uploads", begun["id"], *map(str, rest), ""])


def piece(content, number):
    return content[(number - 1) * PART : number * PART]


def put(api, begun, number, content):
    return api.put(at(begun, "parts", number, "data"), content, content_type=OCTETS)


def send(api, content, numbers=None, **more):
    """An upload of which these parts, or all, have been sent."""
    begun = begin(api, content, **more)
    for number in numbers or range(begun["parts"], 0, -1):
        assert put(api, begun, number, piece(content, number)).status_code == 200
    return begun


def whole(api, content, **more):
    begun = send(api, content, **more)
    response = api.post(at(begun, "complete"))
    assert response.status_code == 200, response.content
    return begun


def files_left():
    folder = Path(default_storage.path(""))
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_the_answer_says_how_to_divide_the_file(api, user, content):
    begun = begin(api, content)
    assert begun["part_size"] == PART
    assert begun["parts"] == -(-len(content) // PART)
    assert (begun["state"], begun["filename"]) == ("open", "планёрка.ogg")
    assert api.get(at(begun, "parts")).json()["arrived"] == []


def test_parts_in_any_order_become_the_file_and_then_a_meeting(api, user, content):
    begun = whole(api, content, sha256=hashlib.sha256(content).hexdigest())
    told = {"upload": begun["id"], "language": "ru", "agenda": ["Бюджет"]}
    response = api.post("/api/v1/meetings/", told, format="json")
    assert response.status_code == 202, response.content
    body = response.json()
    assert (body["title"], body["agenda"]) == ("планёрка", ["Бюджет"])
    assert body["recording"]["sha256"] == hashlib.sha256(content).hexdigest()
    assert body["recording"]["duration"] == pytest.approx(135, abs=60)
    assert body["job"]["state"] == "queued"
    meeting = Meeting.objects.get()
    with default_storage.open(meeting.recording.key) as stored:
        assert stored.read() == content
    assert files_left() == [meeting.recording.key]


def test_what_has_arrived_is_told_by_numbers(api, content):
    begun = send(api, content, [3, 1])
    arrived = api.get(at(begun, "parts")).json()["arrived"]
    assert [(part["number"], part["size"]) for part in arrived] == [(1, PART), (3, PART)]
    assert arrived[0]["etag"] == hashlib.sha256(piece(content, 1)).hexdigest()


def test_a_part_sent_twice_is_replaced(api, content):
    begun = begin(api, content)
    for number in range(1, begun["parts"] + 1):
        wrong = bytes(len(piece(content, number)))
        assert put(api, begun, number, wrong).status_code == 200
        assert put(api, begun, number, piece(content, number)).status_code == 200
    done = api.post(at(begun, "complete")).json()
    assert done["sha256"] == hashlib.sha256(content).hexdigest()


def test_the_address_of_a_part_is_where_it_is_taken(api, content):
    begun = begin(api, content)
    last = begun["parts"]
    how = api.post(at(begun, "parts", last)).json()
    assert how["url"] == f"http://testserver{at(begun, 'parts', last, 'data')}"
    assert (how["method"], how["size"]) == ("PUT", len(piece(content, last)))
    for number in (0, last + 1, 10**30):
        assert api.post(at(begun, "parts", number)).status_code == 404
        assert put(api, begun, number, b"x").status_code == 404


@pytest.mark.parametrize(("length", "status"), [(PART - 1, 400), (PART + 1, 413)])
def test_a_part_of_another_size_is_refused_and_nothing_of_it_kept(api, content, length, status):
    begun = begin(api, content)
    response = put(api, begun, 1, bytes(length))
    assert (response.status_code, response.json()["code"]) == (status, "wrong_part_size")
    assert not UploadPart.objects.exists()


def test_a_part_without_its_length_is_refused(api, content):
    begun = begin(api, content)
    response = api.generic("PUT", at(begun, "parts", 1, "data"), b"", OCTETS, CONTENT_LENGTH="")
    assert (response.status_code, response.json()["code"]) == (411, "length_required")


def test_what_is_not_whole_cannot_be_finished_nor_used(api, content):
    begun = send(api, content, [1, 3])
    for ask in (
        lambda: api.post(at(begun, "complete")),
        lambda: api.post("/api/v1/meetings/", {"upload": begun["id"]}, format="json"),
    ):
        response = ask()
        assert (response.status_code, response.json()["code"]) == (409, "parts_missing")
        assert response.json()["missing"][0] == 2
    assert not Meeting.objects.exists()


def test_another_file_than_was_announced_is_not_made_whole_and_can_be_mended(api, content):
    begun = send(api, content, sha256=hashlib.sha256(content).hexdigest())
    put(api, begun, 2, bytes(PART))
    response = api.post(at(begun, "complete"))
    assert (response.status_code, response.json()["code"]) == (422, "checksum_mismatch")
    put(api, begun, 2, piece(content, 2))
    assert api.post(at(begun, "complete")).status_code == 200


def test_finishing_twice_is_finishing_once_and_then_no_part_is_taken(api, content):
    begun = whole(api, content)
    assert api.post(at(begun, "complete")).json()["state"] == "complete"
    response = put(api, begun, 1, piece(content, 1))
    assert (response.status_code, response.json()["code"]) == (409, "upload_whole")
    assert api.post(at(begun, "parts", 1)).status_code == 409


def test_an_upload_becomes_one_meeting(api, content):
    begun = whole(api, content)
    first = api.post("/api/v1/meetings/", {"upload": begun["id"]}, format="json")
    second = api.post("/api/v1/meetings/", {"upload": begun["id"]}, format="json")
    assert (second.status_code, second.json()["code"]) == (409, "upload_used")
    assert second.json()["meeting"] == first.json()["id"]
    assert Meeting.objects.count() == 1
    used = Upload.objects.get()
    assert (used.filename, used.key) == ("", "")


def test_the_same_key_and_upload_give_the_same_answer(api, content):
    begun = whole(api, content)
    told, headers = {"upload": begun["id"]}, {"Idempotency-Key": "k"}
    answers = [
        api.post("/api/v1/meetings/", told, format="json", headers=headers) for _ in range(2)
    ]
    assert [answer.status_code for answer in answers] == [202, 202]
    assert answers[0].json() == answers[1].json()


def test_beginning_is_done_once_a_key(api, content):
    told, headers = {"filename": "x.ogg", "size": 10}, {"Idempotency-Key": "k"}
    answers = [api.post("/api/v1/uploads/", told, format="json", headers=headers) for _ in "ab"]
    assert answers[0].json() == answers[1].json()
    assert Upload.objects.count() == 1


@pytest.mark.parametrize("headers", [{}, {"Idempotency-Key": "k"}])
def test_what_is_no_recording_is_refused_and_nothing_is_kept(api, headers):
    begun = whole(api, b"only text, and some more of it" * 10_000, filename="talk.mp3")
    told = {"upload": begun["id"]}
    response = api.post("/api/v1/meetings/", told, format="json", headers=headers)
    assert (response.status_code, response.json()["code"]) == (422, "not_media")
    assert not Meeting.objects.exists()
    assert not Upload.objects.exists()
    assert files_left() == []


@pytest.mark.parametrize(
    ("told", "status", "code"),
    [
        ({"size": 0}, 400, "invalid"),
        ({"size": -5}, 400, "invalid"),
        ({"size": "many"}, 400, "invalid"),
        ({"size": 10**30}, 400, "invalid"),
        ({"size": 30 * 1024**3}, 413, "too_large"),
        ({"filename": ""}, 400, "invalid"),
        ({"filename": "a\0b"}, 400, "invalid"),
        ({"filename": "x" * 1001}, 400, "invalid"),
        ({"sha256": "abc"}, 400, "invalid"),
    ],
)
def test_a_beginning_that_makes_no_sense_is_refused(api, told, status, code):
    told = {"filename": "x.ogg", "size": 10} | told
    response = api.post("/api/v1/uploads/", told, format="json")
    assert (response.status_code, response.json()["code"]) == (status, code)
    assert files_left() == []


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\talks\\a.mp3", "a.mp3"),
        ("a\u202egpj.exe\nb", "agpj.exe b"),
        ("я" * 300, "я" * 255),
        ("..", ".."),
        ("///", "recording"),
    ],
)
def test_a_hostile_name_is_shown_harmless_and_never_a_path(api, name, kept):
    begun = begin(api, b"1", filename=name)
    assert begun["filename"] == kept
    upload = Upload.objects.get()
    assert files_left() == [f"uploads/{upload.pk}"]
    folder, _, last = upload.key.rpartition("/")
    assert folder == f"meetings/{upload.for_meeting}"
    assert last.startswith("original-") and last.isascii()


def test_nobody_else_can_touch_it(api, api_of, user, content):
    begun = send(api, content, [1])
    colleague = MembershipFactory(workspace=user.workspaces.get(), role="editor").user
    for other in (api_of(colleague), api_of(None)):
        statuses = {
            other.get(at(begun, "parts")).status_code,
            other.post(at(begun, "parts", 2)).status_code,
            put(other, begun, 2, piece(content, 2)).status_code,
            other.post(at(begun, "complete")).status_code,
            other.delete(at(begun)).status_code,
        }
        assert statuses <= {401, 404}
    response = api_of(colleague).post("/api/v1/meetings/", {"upload": begun["id"]}, format="json")
    assert (response.status_code, list(response.json()["errors"])) == (400, ["upload"])


def test_giving_up_deletes_what_has_arrived(api, content):
    for begun in (send(api, content, [1]), whole(api, content)):
        assert api.delete(at(begun)).status_code == 204
        assert api.get(at(begun, "parts")).status_code == 404
    assert files_left() == []


def test_giving_up_what_became_a_meeting_leaves_the_meeting(api, content):
    begun = whole(api, content)
    made = api.post("/api/v1/meetings/", {"upload": begun["id"]}, format="json").json()
    assert api.delete(at(begun)).status_code == 204
    assert api.get(f"/api/v1/meetings/{made['id']}/").status_code == 200
    assert len(files_left()) == 1


def test_an_unknown_upload_is_nowhere(api):
    assert api.get(f"/api/v1/uploads/{uuid.uuid4()}/parts/").status_code == 404


def test_nobody_begins_uploads_without_end(api, monkeypatch):
    monkeypatch.setattr("meetings.services.uploads.MOST_OPEN", 2)
    for _ in range(2):
        begin(api, b"1")
    response = api.post("/api/v1/uploads/", {"filename": "x", "size": 1}, format="json")
    assert (response.status_code, response.json()["code"]) == (409, "too_many_uploads")


def test_what_is_there_already_is_found_by_its_content(api, api_of, stranger, content):
    begun = whole(api, content)
    made = api.post("/api/v1/meetings/", {"upload": begun["id"]}, format="json").json()
    told = fingerprints.of_file(SAMPLE)
    for query in (f"fingerprint={told}", f"sha256={hashlib.sha256(content).hexdigest()}"):
        found = api.get(f"/api/v1/meetings/?{query}").json()["results"]
        assert [meeting["id"] for meeting in found] == [made["id"]]
        assert api_of(stranger).get(f"/api/v1/meetings/?{query}").json()["results"] == []
    assert api.get(f"/api/v1/meetings/?fingerprint={'0' * 64}").json()["results"] == []


@pytest.mark.parametrize("parts", [2, 7])
def test_asking_what_arrived_costs_as_many_queries_for_many_parts(
    api, content, parts, django_assert_num_queries
):
    begun = send(api, content, range(1, parts + 1))
    with django_assert_num_queries(4):  # session, person, upload, parts
        assert len(api.get(at(begun, "parts")).json()["arrived"]) == parts
