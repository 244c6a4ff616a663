"""Exports, heads and mailings over HTTP."""

from urllib.parse import unquote

import pytest

from reports.exports.formats import FORMATS
from reports.models import Mailing, Minutes
from reports.serializers.exports import MailingSerializer
from reports.services import writing
from tests.factories import (
    JobFactory,
    MeetingFactory,
    MembershipFactory,
    MinutesFactory,
    TranscriptFactory,
)

pytestmark = pytest.mark.django_db

MAIL = {"to": ["anna@example.org"], "subject": "Протокол", "format": "md"}


@pytest.fixture
def minutes(user):
    job = JobFactory(meeting=MeetingFactory(owner=user, title="Планёрка №1"), done=True)
    return MinutesFactory.create(transcript=TranscriptFactory(job=job))


@pytest.fixture
def seen(user):
    """Minutes in a workspace where ``user`` may only look."""
    home = MembershipFactory(user=user, role="viewer").workspace
    job = JobFactory(meeting=MeetingFactory(workspace=home), done=True)
    return MinutesFactory.create(transcript=TranscriptFactory(job=job))


def url(minutes, what):
    return f"/api/v1/minutes/{minutes.pk}/{what}/"


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("layout", ["minutes", "protocol"])
def test_every_file_is_a_download_under_the_meetings_name(api, minutes, name, layout):
    response = api.get(url(minutes, "export"), {"format": name, "layout": layout})
    assert response.status_code == 200
    assert response["Content-Type"] == FORMATS[name].content_type
    tail = " — protocol" if layout == "protocol" else ""
    disposition = unquote(response["Content-Disposition"])
    assert disposition == f"attachment; filename*=utf-8''Планёрка №1{tail}.{name}"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert len(response.content) > 500


def test_language_and_transcript_are_the_callers_choice(api, minutes):
    whole = api.get(url(minutes, "export"), {"format": "md", "transcript": 1, "language": "en"})
    said = whole.content.decode()
    assert "Appendix: transcript" in said and "Draft, version 1" in said
    assert "Приложение" not in api.get(url(minutes, "export"), {"format": "md"}).content.decode()


@pytest.mark.parametrize(
    "query", ["", "?format=exe", "?format=md&layout=x", "?format=md&language=de"]
)
def test_an_export_that_makes_no_sense_says_which_option(api, minutes, query):
    response = api.get(url(minutes, "export") + query)
    assert (response.status_code, response.json()["code"]) == (400, "invalid")


@pytest.mark.parametrize("statements", [10, 100])
def test_an_export_costs_constant_queries(api, user, statements, django_assert_num_queries):
    job = JobFactory(meeting=MeetingFactory(owner=user), done=True)
    minutes = MinutesFactory.create(transcript=TranscriptFactory(job=job), statements=statements)
    # session, person, minutes, sections, statements, evidence, segments, their speakers;
    # all speakers, speakers, turns
    with django_assert_num_queries(13):
        assert api.get(url(minutes, "export"), {"format": "md"}).status_code == 200


def test_viewers_export_and_strangers_find_nothing(api, api_of, seen, stranger):
    assert api.get(url(seen, "export"), {"format": "md"}).status_code == 200
    for what in ("export", "mailings"):
        response = api_of(stranger).get(url(seen, what), {"format": "md"})
        assert response.status_code == 404


def test_the_head_is_set_and_stands_in_the_export(api, minutes):
    head = {"place": "Москва", "chair": "А. Ковалёва", "secretary": "Б. Литвин"}
    body = api.patch(url(minutes, "head"), head, format="json").json()
    assert {name: body[name] for name in head} == head
    api.patch(url(minutes, "head"), {"place": ""}, format="json")
    said = api.get(url(minutes, "export"), {"format": "md", "layout": "protocol"}).content.decode()
    assert "**Председатель:** А. Ковалёва" in said and "Москва" not in said


def test_the_head_of_approved_minutes_is_frozen(api, minutes):
    Minutes.objects.update(state="approved")
    response = api.patch(url(minutes, "head"), {"chair": "Иной"}, format="json")
    assert (response.status_code, response.json()["code"]) == (409, "approved")
    assert Minutes.objects.get().chair == ""


def test_viewers_change_no_head_and_send_nothing(api, seen):
    head = api.patch(url(seen, "head"), {"chair": "Иной"}, format="json")
    sent = api.post(url(seen, "mailings"), MAIL, format="json")
    for response in (head, sent):
        assert (response.status_code, response.json()["code"]) == (403, "read_only")
    assert not Mailing.objects.exists()


def test_a_new_version_keeps_the_head_of_the_last(minutes):
    Minutes.objects.update(place="Москва", chair="А. Ковалёва")
    transcript = minutes.transcript
    claim = type("Claim", (), {"job_id": None})()
    written = writing.store(
        claim,
        transcript,
        writing.input_of(transcript),
        writing.writer("extractive").write(writing.input_of(transcript)),
    )
    assert (written.version, written.place, written.chair) == (2, "Москва", "А. Ковалёва")


def test_a_mailing_is_accepted_and_told_with_what_became_of_it(api, minutes):
    response = api.post(url(minutes, "mailings"), MAIL, format="json")
    assert response.status_code == 202
    assert response["Location"].endswith(url(minutes, "mailings"))
    body = response.json()
    assert set(body) == set(MailingSerializer().fields)
    assert body["deliveries"] == [
        {"address": "anna@example.org", "state": "pending", "sent_at": None}
    ]
    assert api.get(url(minutes, "mailings")).json() == [body]


def test_a_mailing_asked_for_twice_is_sent_once(api, minutes):
    for _ in range(2):
        api.post(url(minutes, "mailings"), MAIL, format="json", headers={"Idempotency-Key": "k"})
    assert Mailing.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"to": []}, "to"),
        ({"to": ["anna"]}, "to"),
        ({"to": ["a@example.org\nBcc: b@example.org"]}, "to"),
        ({"to": [f"a{n}@example.org" for n in range(51)]}, "to"),
        ({"subject": ""}, "subject"),
        ({"format": "exe"}, "format"),
    ],
)
def test_a_mailing_that_cannot_be_sent_says_which_field(api, minutes, changes, field):
    response = api.post(url(minutes, "mailings"), MAIL | changes, format="json")
    assert response.status_code == 400
    assert field in response.json()["errors"]
    assert not Mailing.objects.exists()
