"""The operator's desk as a page: who may open it, what it shows, what its buttons do."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from meetings.models import Operation
from meetings.services import queues
from tests.factories import AttemptFactory, JobFactory

pytestmark = pytest.mark.django_db

DESK = reverse("admin:meetings_pipeline_changelist")
REPLAY = reverse("admin:meetings_pipeline_replay")
RELEASE = reverse("admin:meetings_pipeline_release")


@pytest.fixture(autouse=True)
def quiet_broker(monkeypatch):
    monkeypatch.setattr(queues, "depths", lambda names: dict.fromkeys(names, 7))
    monkeypatch.setattr(queues, "answering", lambda: ["cpu@one"])


@pytest.fixture
def staff(client):
    person = User.objects.create_user("operator@example.org", is_staff=True)
    client.force_login(person)
    return person


@pytest.fixture
def operator(staff):
    staff.user_permissions.add(Permission.objects.get(codename="operate_pipeline"))
    return staff


@pytest.fixture
def dead():
    job = JobFactory.create(state="failed", stages={"convert": "dead"})
    AttemptFactory(
        stage=job.stages.get(name="convert"),
        outcome="failed",
        worker="cpu@lost",
        traceback="Traceback: <b>boom</b>",
    )
    return job


@pytest.mark.parametrize("url", [DESK, REPLAY, RELEASE])
def test_staff_without_the_permission_get_no_further(client, staff, dead, url):
    assert client.get(url).status_code == 403
    assert client.post(url, {"job": dead.pk}).status_code == 403
    dead.refresh_from_db()
    assert dead.state == "failed"


def test_who_is_no_staff_is_asked_to_sign_in(browser):
    assert browser.get(DESK).status_code == 302


def test_the_index_leads_operators_to_the_desk(client, operator):
    assert DESK in client.get(reverse("admin:index")).content.decode()


def test_the_index_hides_the_desk_from_others(client, staff):
    staff.user_permissions.add(Permission.objects.get(codename="view_job"))
    assert DESK not in client.get(reverse("admin:index")).content.decode()


def test_the_desk_shows_dead_letters_with_traceback_as_text(client, operator, dead):
    page = client.get(DESK).content.decode()
    assert "Traceback: &lt;b&gt;boom" in page
    assert "cpu@lost" in page
    assert dead.meeting.recording.key in page
    assert f'value="{dead.pk}"' in page


def test_the_desk_opens_where_the_broker_is_away(client, operator, monkeypatch):
    def away(names):
        raise OSError("refused")

    monkeypatch.setattr(queues, "depths", away)
    page = client.get(DESK, headers={"Accept-Language": "en"}).content.decode()
    assert "OSError: refused" in page


def test_many_dead_letters_are_replayed_at_once_with_a_trail(client, operator, dead):
    other = JobFactory.create(state="failed", stages={"transcribe": "dead"})
    left = JobFactory.create(state="failed", stages={"align": "dead"})
    client.post(REPLAY, {"job": [dead.pk, other.pk, "no id"]})
    for job, state in ((dead, "queued"), (other, "queued"), (left, "failed")):
        job.refresh_from_db()
        assert job.state == state
    trail = Operation.objects.values_list("user", "operator", "source", "action")
    assert set(trail) == {(operator.pk, operator.email, "admin", "replay")}
    assert LogEntry.objects.filter(user=operator, change_message="replay").count() == 2


def test_a_running_stage_is_released(client, operator):
    job = JobFactory.create(
        state="running", admitted_at=timezone.now(), stages={"convert": "running"}
    )
    client.post(RELEASE, {"job": job.pk})
    assert job.stages.get(name="convert").state == "pending"
    assert Operation.objects.get().action == "release"


def test_a_refusal_is_shown(client, operator):
    job = JobFactory.create(done=True)
    page = client.post(REPLAY, {"job": job.pk}, follow=True).content.decode()
    assert str(job) in page
    assert Operation.objects.get().refusal
    assert not LogEntry.objects.exists()


@pytest.mark.parametrize("url", [REPLAY, RELEASE])
def test_reading_changes_nothing(client, operator, dead, url):
    assert client.get(url).status_code == 405
