"""Webhooks over the API: made with a secret shown once, changed, tried, their log read."""

import pytest
from drf_spectacular.generators import SchemaGenerator

from meetings.models import Webhook, WebhookDelivery, WebhookEvent
from meetings.services import webhook_events
from tests.factories import MeetingFactory, MembershipFactory

pytestmark = pytest.mark.django_db

URL = "https://example.com/hook"


@pytest.fixture
def home(user):
    return user.workspaces.get()


@pytest.fixture
def made(api, home):
    body = {"workspace": home.pk, "url": URL, "events": ["job.succeeded", "meeting.binned"]}
    answer = api.post("/api/v1/webhooks/", body, format="json")
    assert answer.status_code == 201, answer.json()
    return answer


def happen(home):
    webhook_events.note_meeting(WebhookEvent.MEETING_BINNED, MeetingFactory(workspace=home))


def test_the_answer_that_makes_one_alone_shows_the_secret(api, made, home):
    told = made.json()
    assert told.pop("secret").startswith("whsec_")
    assert made["Location"] == f"http://testserver/api/v1/webhooks/{told['id']}/"
    assert told == {
        "id": told["id"],
        "workspace": home.pk,
        "url": URL,
        "events": ["meeting.binned", "job.succeeded"],
        "enabled": True,
        "disabled_at": None,
        "succeeded_at": None,
        "created_at": told["created_at"],
    }
    assert api.get(made["Location"]).json() == told
    assert api.get("/api/v1/webhooks/").json()["results"] == [told]


def test_the_list_can_be_narrowed_to_a_workspace(api, made, user, home):
    other = MembershipFactory.create(user=user, role="owner").workspace
    assert api.get(f"/api/v1/webhooks/?workspace={home.pk}").json()["results"]
    for elsewhere in (other.pk, 10**9, 10**30):  # whether there is such a one is not told
        answer = api.get(f"/api/v1/webhooks/?workspace={elsewhere}")
        assert (answer.status_code, answer.json()["results"]) == (200, [])


@pytest.mark.parametrize(
    ("wrong", "status", "code"),
    [
        ({"url": "https://127.0.0.1/"}, 422, "unfit_webhook"),
        ({"url": "http://example.com/"}, 422, "unfit_webhook"),
        ({"url": ""}, 400, "invalid"),
        ({"url": "https://example.com/" + "x" * 1000}, 400, "invalid"),
        ({"events": []}, 400, "invalid"),
        ({"events": ["meeting.seen"]}, 400, "invalid"),
        ({"events": "job.succeeded"}, 400, "invalid"),
        ({"workspace": 10**9}, 404, "not_found"),
    ],
)
def test_what_cannot_be_is_said(api, home, wrong, status, code):
    body = {"workspace": home.pk, "url": URL, "events": ["job.succeeded"]} | wrong
    answer = api.post("/api/v1/webhooks/", body, format="json")
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert not Webhook.objects.exists()


def test_an_unfit_address_is_told_by_field(api, made):
    answer = api.patch(made["Location"], {"url": "https://localhost/"}, format="json")
    assert answer.status_code == 422
    assert list(answer.json()["errors"]) == ["url"]


def test_one_is_changed_switched_off_and_deleted(api, made):
    change = {"url": f"{URL}2", "events": ["job.failed"], "enabled": False}
    told = api.patch(made["Location"], change, format="json").json()
    assert {name: told[name] for name in change} == change
    assert api.delete(made["Location"]).status_code == 204
    assert api.get(made["Location"]).status_code == 404


def test_a_workspace_is_not_changed(api, made, user, home):
    other = MembershipFactory.create(user=user, role="owner").workspace
    api.patch(made["Location"], {"workspace": other.pk}, format="json")
    assert Webhook.objects.get().workspace == home


def test_a_test_is_accepted_and_can_be_watched(api, made):
    answer = api.post(f"{made['Location']}test/")
    assert (answer.status_code, answer.json()["type"]) == (202, "webhook.test")
    told = api.get(answer["Location"]).json()
    assert told == answer.json()
    assert (told["state"], told["attempts"], told["status"]) == ("pending", 0, None)
    assert told["payload"]["id"] == told["id"]


def test_the_log_tells_what_was_sent_and_answered(api, made, home):
    happen(home)
    happen(home)
    first, second = WebhookDelivery.objects.order_by("created_at")
    first.state, first.attempts, first.status, first.head = "delivered", 1, 200, "ok"
    first.save()
    second.error, second.said, second.attempts = "timeout", "TimeoutError: ", 2
    second.save()
    log = api.get(f"{made['Location']}deliveries/").json()["results"]
    assert [row["id"] for row in log] == [str(second.pk), str(first.pk)]
    assert log[0]["error"]["code"] == "timeout"
    assert log[0]["error"]["detail"]
    assert log[0]["next_attempt_at"]
    assert (log[1]["answer"], log[1]["error"], log[1]["next_attempt_at"]) == ("ok", None, None)
    assert log[1]["payload"]["type"] == "meeting.binned"
    for query, found in (("state=delivered", 1), ("state=failed", 0), ("type=meeting.binned", 2)):
        answer = api.get(f"{made['Location']}deliveries/?{query}")
        assert len(answer.json()["results"]) == found
    assert api.get(f"{made['Location']}deliveries/?state=nonsense").status_code == 400


def test_one_is_sent_again(api, made, home):
    happen(home)
    WebhookDelivery.objects.update(state="failed", attempts=10, attempts_left=0)
    address = f"{made['Location']}deliveries/{WebhookDelivery.objects.get().pk}/"
    answer = api.post(f"{address}again/")
    assert (answer.status_code, answer.json()["state"]) == (202, "pending")
    assert answer["Location"] == address
    api.patch(made["Location"], {"enabled": False}, format="json")
    answer = api.post(f"{address}again/")
    assert (answer.status_code, answer.json()["code"]) == (409, "webhook_off")


def test_deliveries_of_one_are_not_those_of_another(api, made, home):
    happen(home)
    body = {"workspace": home.pk, "url": URL, "events": ["job.failed"]}
    other = api.post("/api/v1/webhooks/", body, format="json")["Location"]
    row = WebhookDelivery.objects.get()
    assert api.get(f"{other}deliveries/{row.pk}/").status_code == 404
    assert api.post(f"{other}deliveries/{row.pk}/again/").status_code == 404


@pytest.mark.parametrize("role", ["editor", "viewer"])
def test_who_does_not_own_the_workspace_finds_nothing(api_of, made, home, role):
    member = api_of(MembershipFactory.create(workspace=home, role=role).user)
    assert member.get("/api/v1/webhooks/").json()["results"] == []
    assert member.get(made["Location"]).status_code == 404
    assert member.get(f"{made['Location']}deliveries/").status_code == 404


@pytest.mark.parametrize("rows", [2, 12])
def test_the_log_costs_constant_queries(api, made, home, rows, django_assert_num_queries):
    for _ in range(rows):
        happen(home)
    api.get(made["Location"])
    with django_assert_num_queries(4):
        api.get(f"{made['Location']}deliveries/")


def test_the_schema_names_the_events():
    schema = SchemaGenerator().get_schema(request=None, public=True)["components"]["schemas"]
    assert schema["WebhookEvent"]["enum"] == WebhookEvent.values
    assert schema["DeliveryState"]["enum"] == WebhookDelivery.State.values
