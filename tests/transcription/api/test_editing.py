"""Transcripts edited over HTTP."""

import pytest

from accounts.models import Membership
from meetings import events
from tests.factories import (
    JobFactory,
    MeetingFactory,
    MembershipFactory,
    SegmentFactory,
    TranscriptFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def transcript(user):
    workspace = MembershipFactory(user=user).workspace
    job = JobFactory(meeting=MeetingFactory(workspace=workspace), done=True)
    return TranscriptFactory.create(job=job)


@pytest.fixture
def segment(transcript):
    return transcript.segments.first()


@pytest.fixture
def root(transcript):
    return f"/api/v1/meetings/{transcript.meeting_id}/transcript/"


def patch(api, segment, etag=None, **body):
    headers = {} if etag is None else {"HTTP_IF_MATCH": etag}
    return api.patch(f"/api/v1/segments/{segment.pk}/", body, format="json", **headers)


def test_a_change_names_the_state_that_was_read(api, segment):
    read = api.get(f"/api/v1/segments/{segment.pk}/")
    missing = patch(api, segment, text="Раз.")
    assert (missing.status_code, missing.json()["code"]) == (428, "precondition_required")
    done = patch(api, segment, read["ETag"], text="Раз.")
    assert (done.status_code, done.json()["text"], done.json()["revision"]) == (200, "Раз.", 2)
    assert done["ETag"] != read["ETag"]
    stale = patch(api, segment, read["ETag"], text="Два.")
    assert (stale.status_code, stale.json()["code"]) == (412, "precondition_failed")
    assert (stale.json()["current"]["text"], stale["ETag"]) == ("Раз.", done["ETag"])


@pytest.mark.parametrize(
    "body",
    [
        {"text": "  "},
        {"text": "а" * 20_001},
        {"text": "а\0б"},
        {"speaker": "S9"},
        {"speaker": "S1", "new_speaker": "Олег"},
        {"new_speaker": ""},
    ],
)
def test_what_makes_no_sense_is_refused(api, segment, body):
    answer = patch(api, segment, "*", **body)
    assert answer.status_code == 400
    segment.refresh_from_db()
    assert segment.revision == 1


def test_a_segment_is_split_at_a_word_and_merged_again(api, segment):
    split = api.post(f"/api/v1/segments/{segment.pk}/split/", {"word": 2}, format="json")
    assert split.status_code == 201
    assert [s["text"] for s in split.json()["segments"]] == [
        "Предлагаю перенести",
        "выпуск на пятницу.",
    ]
    merged = api.post(f"/api/v1/segments/{segment.pk}/merge/")
    assert merged.json()["text"] == segment.text


def test_what_is_dropped_is_not_in_the_transcript(api, root, segment):
    assert patch(api, segment, "*", dropped=True).json()["dropped"] is True
    assert segment.pk not in {s["id"] for s in api.get(root).json()["segments"]}
    export = api.get(f"{root}export/?format=txt").content.decode()
    assert segment.text not in export
    assert patch(api, segment, "*", dropped=False).json()["dropped"] is False
    assert segment.pk in {s["id"] for s in api.get(root).json()["segments"]}


def test_speakers_are_named_and_merged(api, root, transcript):
    one, two = transcript.speakers.all()
    assert api.patch(f"/api/v1/speakers/{one.pk}/", {"name": "Анна"}).json()["name"] == "Анна"
    merged = api.post(f"/api/v1/speakers/{two.pk}/merge/", {"into": one.pk})
    assert merged.json()["label"] == "S1"
    shown = api.get(root).json()
    assert [s["name"] for s in shown["speakers"]] == ["Анна"]
    assert {s["speaker"] for s in shown["segments"]} == {"S1"}
    assert api.get(f"/api/v1/speakers/{two.pk}/").status_code == 404


def test_a_stretch_is_given_to_a_new_speaker(api, root, transcript):
    first, *_between, last = transcript.segments.all()
    body = {"first": first.pk, "last": last.pk, "new_speaker": "Олег"}
    assert api.post(f"{root}reassign/", body, format="json").json() == {"changed": 4}
    assert {s["speaker"] for s in api.get(root).json()["segments"]} == {"S3"}
    assert api.post(f"{root}reassign/", {"first": 1, "last": 1}, format="json").status_code == 400


def test_replacing_is_looked_at_before_it_is_done(api, root):
    body = {"find": "выпуск", "replace": "релиз"}
    seen = api.post(f"{root}replace/", body, format="json").json()
    assert (seen["places"], seen["segments_count"], seen["edit"]) == (2, 2, None)
    assert seen["hits"][0]["after"] == "Предлагаю перенести релиз на пятницу."
    body |= {"dry_run": False, "segments": [seen["hits"][1]["id"]]}
    done = api.post(f"{root}replace/", body, format="json").json()
    assert (done["places"], done["edit"]["action"]) == (1, "replaced")
    assert sum("релиз" in s["text"] for s in api.get(root).json()["segments"]) == 1


def test_the_history_says_who_did_what_and_goes_back(api, root, user, segment):
    patch(api, segment, "*", text="Раз.")
    assert api.post(f"{root}undo/").json()["action"] == "undone"
    assert api.post(f"{root}redo/").json()["action"] == "redone"
    assert api.post(f"{root}redo/").json()["code"] == "nothing_to_redo"
    entries = api.get(f"{root}edits/").json()["results"]
    assert [e["action"] for e in entries] == ["redone", "undone", "text"]
    assert (entries[2]["by"], entries[2]["text_after"]) == (str(user), "Раз.")
    assert api.post(f"{root}restore/", {"number": 0}, format="json").json()["action"] == "restored"
    assert api.post(f"{root}restore/", {"number": 0}, format="json").status_code == 204
    assert api.get(f"/api/v1/segments/{segment.pk}/").json()["text"] == segment.text


def test_the_history_is_read_in_the_same_number_of_queries(
    api, root, transcript, django_assert_num_queries
):
    for n in (1, 8):
        for k in range(n):
            patch(api, transcript.segments.first(), "*", text=f"Слова {n} {k}.")
        with django_assert_num_queries(8):
            api.get(f"{root}edits/")


def test_pages_hear_which_segments_to_take_anew(
    api, segment, monkeypatch, django_capture_on_commit_callbacks, user
):
    heard = []
    monkeypatch.setattr(events, "_group_send", lambda group, message: heard.append(message))
    with django_capture_on_commit_callbacks(execute=True):
        patch(api, segment, "*", text="Раз.")
    [event] = heard
    assert (event["type"], event["action"], event["by"]) == ("edit", "text", str(user))
    assert (event["segment_ids"], event["whole"]) == ([segment.pk], False)


def calls(transcript, root):
    segment, speaker = transcript.segments.first(), transcript.speakers.first()
    yield "patch", f"/api/v1/segments/{segment.pk}/"
    yield "post", f"/api/v1/segments/{segment.pk}/split/"
    yield "post", f"/api/v1/segments/{segment.pk}/merge/"
    yield "patch", f"/api/v1/speakers/{speaker.pk}/"
    yield "post", f"/api/v1/speakers/{speaker.pk}/merge/"
    for verb in ("undo", "redo", "restore", "replace", "reassign"):
        yield "post", f"{root}{verb}/"


def reads(transcript, root):
    yield f"/api/v1/segments/{transcript.segments.first().pk}/"
    yield f"/api/v1/speakers/{transcript.speakers.first().pk}/"
    yield f"{root}edits/"


def test_strangers_find_nothing_and_viewers_change_nothing(api_of, stranger, transcript, root):
    SegmentFactory(transcript=transcript, start=50)
    viewer = MembershipFactory(
        workspace=transcript.meeting.workspace, role=Membership.Role.VIEWER
    ).user
    for person, code in ((stranger, 404), (viewer, 403), (None, 401)):
        for method, path in calls(transcript, root):
            answer = getattr(api_of(person), method)(path, {}, format="json")
            assert answer.status_code == code, (person, method, path)
    for person, code in ((stranger, 404), (viewer, 200), (None, 401)):
        for path in reads(transcript, root):
            assert api_of(person).get(path).status_code == code, (person, path)
    assert not transcript.edits.exists()


def test_a_split_that_is_sent_twice_is_made_once(api, segment):
    where, key = f"/api/v1/segments/{segment.pk}/split/", {"Idempotency-Key": "once"}
    first, second = (api.post(where, {"word": 2}, format="json", headers=key) for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
