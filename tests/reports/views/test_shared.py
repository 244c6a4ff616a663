"""What links to a meeting lead to."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from config.logs import without_secrets
from meetings import storage
from meetings.models import MeetingLink
from meetings.services import sharing
from tests.factories import (
    JobFactory,
    MeetingFactory,
    MembershipFactory,
    MinutesFactory,
    SegmentFactory,
    SeriesFactory,
    TranscriptFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(user):
    home = MembershipFactory(user=user, role="owner", workspace__name="Геликон").workspace
    series = SeriesFactory(workspace=home, name="Совет Геликона")
    made = MeetingFactory.create(workspace=home, series=series, title="Планёрка")
    MinutesFactory(transcript=TranscriptFactory(job=JobFactory(meeting=made, done=True)))
    made.recording.rendition_key = storage.output_key(made.pk, "convert", "t", "player.m4a")
    made.recording.save()
    default_storage.save(made.recording.rendition_key, ContentFile(bytes(range(100))))
    default_storage.save(made.recording.key, ContentFile(b"original"))
    yield made
    storage.delete_meeting(made.pk)


@pytest.fixture
def path_of(user, meeting):
    """The address of a new link."""

    def make(**allowed):
        _link, token = sharing.make_link(meeting=meeting, by=user, **{"days": 1} | allowed)
        return f"/shared/{token}/"

    return make


def test_the_page_has_the_meeting_and_nothing_beside_it(client, user, path_of):
    response = client.get(path_of())
    page = response.content.decode()
    assert response.status_code == 200
    for told in ("Планёрка", "Согласна, решили: выпуск в пятницу.", "segment__text"):
        assert told in page
    for kept in ("Геликон", user.email, user.name, "data-csrf", "/api/v1/", 'href="/"'):
        assert kept not in page


def test_nobody_keeps_finds_or_passes_on_the_page(client, path_of):
    path = path_of()
    for address in (path, f"{path}media/", "/shared/unknown/"):
        response = client.get(address)
        assert response["Cache-Control"] == "no-store"
        assert response["Referrer-Policy"] == "no-referrer"
        assert "noindex" in response["X-Robots-Tag"]


def test_the_sound_comes_in_ranges_and_without_the_original(client, path_of):
    path = path_of()
    response = client.get(f"{path}media/", HTTP_RANGE="bytes=10-19")
    assert (response.status_code, response["Content-Range"]) == (206, "bytes 10-19/100")
    for refused in ("media/?original=1", "transcript/?format=txt", "minutes/?format=md"):
        assert client.get(path + refused).status_code == 404
    assert client.get(f"{path}media/", HTTP_RANGE="bytes=500-").status_code == 416


def test_with_the_download_there_are_files(client, path_of):
    path = path_of(may_download=True)
    for allowed in ("media/?original=1", "transcript/?format=txt", "minutes/?format=md"):
        response = client.get(path + allowed)
        assert response.status_code == 200
        assert response["Content-Disposition"].startswith("attachment")
    assert "Геликон" not in client.get(f"{path}minutes/?format=md").content.decode()
    assert client.get(f"{path}minutes/?format=exe").status_code == 404


@pytest.mark.parametrize("over", ["expires_at", "revoked_at"])
def test_a_link_that_is_over_leads_nowhere(client, path_of, over):
    path = path_of()
    MeetingLink.objects.update(**{over: timezone.now()})
    for address in ("", "media/", "peaks/"):
        assert client.get(path + address).status_code == 404
    assert "Планёрка" not in client.get(path).content.decode()


def test_a_password_opens_the_link_in_this_browser_alone(client, path_of):
    path = path_of(password="тайна")
    assert "Планёрка" not in client.get(path).content.decode()
    assert client.get(f"{path}media/").status_code == 404
    assert client.post(path, {"password": "другое"}).status_code == 403
    assert client.post(path, {"password": "тайна"}).status_code == 302
    assert "Планёрка" in client.get(path).content.decode()
    assert client.get(f"{path}media/").status_code == 200
    assert type(client)().get(f"{path}media/").status_code == 404


def test_passwords_are_not_guessed(client, path_of, monkeypatch):
    monkeypatch.setattr(sharing, "check_password", lambda given, kept: given == "тайна")
    path = path_of(password="тайна")
    for _ in range(sharing.TRIES):
        assert client.post(path, {"password": "?"}).status_code == 403
    assert client.post(path, {"password": "тайна"}).status_code == 429
    assert "Планёрка" not in client.get(path).content.decode()


def test_the_last_opening_is_noted(client, path_of):
    path = path_of()
    client.get(path)
    first = MeetingLink.objects.get().last_opened_at
    assert first is not None
    client.get(path)
    assert MeetingLink.objects.get().last_opened_at == first


def test_the_token_is_in_no_log(client, path_of, caplog):
    path = path_of()
    token = path.split("/")[2]
    with caplog.at_level("INFO"):
        client.get(path)
    lines = [dict(record.msg) for record in caplog.records if isinstance(record.msg, dict)]
    shown = [without_secrets(None, "", line) for line in lines]
    assert any("request" in line for line in shown)
    assert token not in str(shown)


def test_the_page_costs_the_same_however_much_was_said(
    client, user, path_of, meeting, django_assert_max_num_queries
):
    path = path_of()
    client.get(path)
    with django_assert_max_num_queries(17) as few:
        client.get(path)
    MinutesFactory(transcript=meeting.transcripts.get(), statements=30)
    with django_assert_max_num_queries(len(few)):
        client.get(path)


def test_the_parts_of_a_long_transcript_come_by_the_link_alone(client, meeting, path_of):
    path = path_of()
    transcript = meeting.transcripts.get()
    ids = list(transcript.segments.values_list("pk", flat=True))
    dropped = SegmentFactory(transcript=transcript, start=99.0, text="Шум.", is_dropped=True)
    assert f'data-outline="{path}outline/"' in client.get(path).content.decode()
    outline = client.get(f"{path}outline/")
    assert outline.json()["ids"] == ids
    assert "no-store" in outline.headers["Cache-Control"]
    shown = client.get(f"{path}segments/?segments={ids[1]},{dropped.pk}").content.decode()
    assert f'id="segment-{ids[1]}"' in shown and "Шум" not in shown


def test_behind_a_password_the_parts_are_out_of_sight(client, path_of):
    path = path_of(password="secret")
    assert client.get(f"{path}outline/").status_code == 404
    assert client.get(f"{path}segments/").status_code == 404
