"""Unfinished uploads take room: from their beginning until they are meetings, given up or swept."""

import hashlib
import io
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import Membership, Quota
from meetings.errors import QuotaExceeded
from meetings.models import Recording, Upload
from meetings.services import uploads, usage
from tests.factories import MeetingFactory, MembershipFactory, SeriesFactory, UserFactory
from tests.meetings.api.test_meetings import SAMPLE, sample

pytestmark = pytest.mark.django_db

GIB = 1024**3
UPLOADS, MEETINGS = "/api/v1/uploads/", "/api/v1/meetings/"


@pytest.fixture(autouse=True)
def objects(settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path / "objects"},
        }
    }
    return tmp_path / "objects"


@pytest.fixture
def home(user):
    """A workspace that may keep one GiB."""
    home = user.workspaces.get()
    Quota.objects.create(workspace=home, storage=1)
    return home


def begin(by, home, size):
    return uploads.begin(by=by, workspace=home, filename="talk.ogg", size=size)


def whole(by, home):
    """The sample as an upload that only has to become a meeting."""
    content = SAMPLE.read_bytes()
    upload = begin(by, home, len(content))
    source = io.BytesIO(content)
    uploads.receive(upload=upload, number=1, size=len(content), source=source)
    return uploads.complete(upload=upload)


def files(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_second_upload_is_402_while_the_first_takes_the_room(api, home, objects):
    told = {"filename": "talk.ogg", "size": GIB - 1000}
    assert api.post(UPLOADS, told, format="json").status_code == 201
    answer = api.post(UPLOADS, told, format="json")
    body = answer.json()
    assert (answer.status_code, body["code"], body["quota"]) == (402, "quota_exceeded", "storage")
    assert (body["limit"], body["used"], body["asked"]) == (GIB, GIB - 1000, GIB - 1000)
    assert "by unfinished uploads" in body["detail"] and "%" not in body["detail"]
    assert Upload.objects.count() == len(files(objects)) == 1


def test_a_form_with_its_file_finds_no_room_beside_an_upload(api, user, home):
    begin(user, home, GIB - 1000)
    answer = api.post(MEETINGS, {"recording": sample()})
    assert (answer.status_code, answer.json()["used"]) == (402, GIB - 1000)


def test_what_was_given_up_or_forgotten_takes_no_room(user, home):
    uploads.discard(upload=begin(user, home, GIB))
    left = begin(user, home, GIB)
    with pytest.raises(QuotaExceeded):
        begin(user, home, 1)
    Upload.objects.filter(pk=left.pk).update(touched_at=timezone.now() - timedelta(days=4))
    assert uploads.forget() == 1
    begin(user, home, GIB)


def test_an_upload_that_fills_the_workspace_becomes_a_meeting_and_counts_once(api, user, home):
    size = SAMPLE.stat().st_size
    MeetingFactory.create(workspace=home, recording__bytes=GIB - size)
    upload = whole(user, home)
    assert usage.bytes_on_their_way(home.pk) == size
    answer = api.post(MEETINGS, {"upload": upload.pk}, format="json")
    assert answer.status_code == 202, answer.content
    assert (usage.bytes_on_their_way(home.pk), usage.bytes_stored(home.pk)) == (0, GIB)


def test_a_meeting_that_is_refused_leaves_its_upload_counted(api, user, home):
    upload = whole(user, home)
    Quota.objects.update(hours=0)
    assert api.post(MEETINGS, {"upload": upload.pk}, format="json").status_code == 402
    assert usage.bytes_on_their_way(home.pk) == upload.bytes


def test_elsewhere_it_needs_room_there_and_takes_none_here_any_more(api, user, home):
    upload = whole(user, home)
    other = MembershipFactory(user=user, role="editor").workspace
    quota = Quota.objects.create(workspace=other, storage=0)
    told = {"upload": str(upload.pk), "workspace": other.pk}
    assert api.post(MEETINGS, told, format="json").status_code == 402
    quota.delete()
    assert api.post(MEETINGS, told, format="json").status_code == 202
    assert usage.bytes_on_their_way(home.pk) == usage.bytes_on_their_way(other.pk) == 0


def test_it_counts_where_it_is_told_else_with_its_series_else_with_its_person(api, user, home):
    other = MembershipFactory(user=user, role="editor").workspace
    series = SeriesFactory.create(workspace=other)
    for more in ({"workspace": other.pk}, {"series": str(series.pk)}, {}):
        told = {"filename": "talk.ogg", "size": 10} | more
        assert api.post(UPLOADS, told, format="json").status_code == 201
    assert usage.bytes_on_their_way(other.pk) == 20
    assert usage.bytes_on_their_way(home.pk) == 10


def test_nobody_takes_room_where_they_may_add_nothing(api, user, home):
    theirs = MembershipFactory(user=user, role="viewer").workspace
    told = {"filename": "talk.ogg", "size": 10, "workspace": theirs.pk}
    answer = api.post(UPLOADS, told, format="json")
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["workspace"])


def test_whoever_may_add_no_more_takes_no_more_room(home):
    guest = UserFactory.create()
    MembershipFactory(workspace=home, user=guest, role="editor")
    begin(guest, home, GIB)
    Membership.objects.filter(user=guest, workspace=home).update(role="viewer")
    assert usage.bytes_on_their_way(home.pk) == 0


@pytest.mark.django_db(transaction=True)
def test_of_uploads_begun_at_once_only_those_get_in_for_which_there_is_room(user, home, objects):
    together = Barrier(6)

    def attempt(_number):
        try:
            together.wait(timeout=20)
            begin(user, home, 2 * GIB // 5)
        except QuotaExceeded:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(6) as pool:
        let_in = list(pool.map(attempt, range(6)))
    assert sum(let_in) == Upload.objects.count() == len(files(objects)) == 2


@pytest.mark.django_db(transaction=True)
def test_recordings_and_uploads_that_come_at_once_see_each_other(api_of, user, home):
    upload = whole(user, home)
    fills = GIB - upload.bytes
    together = Barrier(2)

    def use():
        together.wait(timeout=20)
        answer = api_of(user).post(MEETINGS, {"upload": str(upload.pk)}, format="json")
        connection.close()
        return answer.status_code

    def add():
        together.wait(timeout=20)
        told = {"filename": "talk.ogg", "size": fills + 1}
        answer = api_of(user).post(UPLOADS, told, format="json")
        connection.close()
        return answer.status_code

    with ThreadPoolExecutor(2) as pool:
        used, added = pool.submit(use), pool.submit(add)
    assert (used.result(), added.result()) == (202, 402)
    assert Recording.objects.get().sha256 == hashlib.sha256(SAMPLE.read_bytes()).hexdigest()
