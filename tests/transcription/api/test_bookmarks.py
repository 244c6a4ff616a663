"""Moments marked for oneself, and comments for everybody who sees the meeting."""

import pytest

from accounts.services import closing
from reports.services import archive_contents
from tests.factories import JobFactory, MeetingFactory, MembershipFactory, UserFactory
from transcription.models import Bookmark
from transcription.services import bookmarking

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(user):
    home = MembershipFactory(user=user).workspace
    return JobFactory.create(meeting=MeetingFactory(workspace=home), done=True).meeting


@pytest.fixture
def viewer(meeting):
    return MembershipFactory.create(workspace=meeting.workspace, role="viewer").user


@pytest.fixture
def path(meeting):
    return f"/api/v1/meetings/{meeting.pk}/bookmarks/"


def mark(meeting, by, **more):
    return bookmarking.add(meeting=meeting, by=by, at=7.5, **more)


def texts(api, path):
    return [found["text"] for found in api.get(path).json()]


def test_a_bookmark_is_made_with_a_time_alone(api, user, path):
    answer = api.post(path, {"at": 61.5}, format="json")
    assert answer.status_code == 201
    assert answer.json()["at"] == 61.5
    assert answer.json()["shared"] is False
    assert api.get(path).json() == [answer.json()]


def test_bookmarks_are_ones_own_and_comments_everybodys(api, user, viewer, meeting, path):
    mark(meeting, user, text="Сверить.", shared=True)
    mark(meeting, viewer, text="Моё.")
    mark(meeting, user, text="Ничьё больше.")
    assert texts(api, path) == ["Сверить.", "Ничьё больше."]
    api.force_authenticate(viewer)
    assert texts(api, path) == ["Сверить.", "Моё."]
    api.force_authenticate(UserFactory.create())
    assert api.get(path).status_code == 404


def test_they_come_as_the_recording_goes(api, user, meeting, path):
    for at in (9.0, 1.0, 5.0):
        bookmarking.add(meeting=meeting, by=user, at=at)
    assert [found["at"] for found in api.get(path).json()] == [1.0, 5.0, 9.0]


def test_viewers_mark_but_do_not_comment(api, viewer, path):
    api.force_authenticate(viewer)
    assert api.post(path, {"at": 1}, format="json").status_code == 201
    refused = api.post(path, {"at": 1, "text": "x", "shared": True}, format="json")
    assert (refused.status_code, refused.json()["code"]) == (403, "read_only")


@pytest.mark.parametrize(
    "body", [{}, {"at": -1}, {"at": 1e9}, {"at": 1, "shared": True}, {"at": 1, "text": "x" * 5001}]
)
def test_what_makes_no_sense_is_refused(api, user, path, body):
    assert api.post(path, body, format="json").status_code == 400
    assert not Bookmark.objects.exists()


def test_a_comment_is_settled_and_opened_again(api, user, meeting):
    comment = mark(meeting, user, text="Сверить.", shared=True)
    path = f"/api/v1/bookmarks/{comment.pk}/"
    settled = api.patch(path, {"resolved": True}, format="json").json()
    assert settled["resolved_by"] == str(user) and settled["resolved_at"]
    opened = api.patch(path, {"resolved": False}, format="json").json()
    assert opened["resolved_by"] is opened["resolved_at"] is None


def test_only_comments_are_settled_and_they_keep_words(api, user, meeting):
    mine, comment = mark(meeting, user), mark(meeting, user, text="x", shared=True)
    for found, body in ((mine, {"resolved": True}), (comment, {"text": ""})):
        answer = api.patch(f"/api/v1/bookmarks/{found.pk}/", body, format="json")
        assert answer.status_code == 400
    assert (
        api.patch(f"/api/v1/bookmarks/{mine.pk}/", {"text": "да"}, format="json").json()["text"]
        == "да"
    )


def test_editors_remove_what_others_commented_but_do_not_rewrite_it(api, user, meeting):
    colleague = MembershipFactory.create(workspace=meeting.workspace).user
    path = f"/api/v1/bookmarks/{mark(meeting, colleague, text='x', shared=True).pk}/"
    assert api.patch(path, {"text": "y"}, format="json").status_code == 403
    assert api.delete(path).status_code == 204
    assert not Bookmark.objects.exists()


def test_somebody_elses_bookmark_is_out_of_sight(api, user, viewer, meeting):
    path = f"/api/v1/bookmarks/{mark(meeting, viewer).pk}/"
    assert api.delete(path).status_code == 404
    assert api.patch(path, {"text": "y"}, format="json").status_code == 404


def test_a_request_sent_twice_marks_once(api, user, path):
    for _ in range(2):
        api.post(path, {"at": 1}, format="json", headers={"Idempotency-Key": "k"})
    assert Bookmark.objects.count() == 1


def test_open_pages_hear_of_comments_alone(
    user, meeting, monkeypatch, django_capture_on_commit_callbacks
):
    told = []
    monkeypatch.setattr(
        "meetings.events.publish", lambda meeting_id, event: told.append(event["type"])
    )
    mark(meeting, user)
    comment = mark(meeting, user, text="x", shared=True)
    bookmarking.remove(bookmark=comment, by=user)
    assert told == ["bookmark", "bookmark"]


def test_bookmarks_go_with_an_account_and_comments_stay(user, viewer, meeting):
    mark(meeting, viewer)
    comment = mark(meeting, user, text="x", shared=True)
    Bookmark.objects.filter(pk=comment.pk).update(author=viewer)
    closing.close(user=viewer)
    assert list(Bookmark.objects.all()) == [comment]


def test_the_workspaces_export_has_comments_and_no_bookmarks(user, meeting, monkeypatch):
    mark(meeting, user, text="Моё.")
    mark(meeting, user, text="Наше.", shared=True)
    kept = {}

    class Bundle:
        def add(self, name, content, **more):
            kept[name] = b"".join(content).decode()

        def __getattr__(self, name):
            return lambda *arguments, **more: None

    archive_contents.add_meeting(Bundle(), meeting, 1)
    rows = next(text for name, text in kept.items() if name.endswith("Bookmark.jsonl"))
    assert "Наше." in rows and "Моё." not in rows


def test_the_list_costs_the_same_however_much_was_marked(
    api, user, meeting, path, django_assert_num_queries
):
    counted = None
    for _ in range(2):
        mark(meeting, user, text="x", shared=True)
        with django_assert_num_queries(counted or 9, exact=counted is not None) as queries:
            api.get(path)
        counted = len(queries)
