"""Registration and forgotten passwords over the API."""

import pytest
from django.test import Client
from rest_framework.test import APIClient

from accounts.models import EmailCode, TokenFamily, User
from accounts.services import tokens
from accounts.tasks import forget
from tests.accounts.conftest import PASSWORD

pytestmark = pytest.mark.django_db

NEW = "another long passphrase"
BORIS = {"email": "boris@example.org", "password": PASSWORD, "name": "Борис", "language": "ru"}


@pytest.fixture
def post(django_capture_on_commit_callbacks):
    client = APIClient()

    def send(path, body):
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(f"/api/v1/auth/{path}/", body, format="json")

    return send


@pytest.fixture
def opened(settings):
    settings.REGISTRATION = "open"


def test_an_account_is_made_once_the_address_is_proven(opened, post, code_in):
    asked = post("register", BORIS)
    assert asked.status_code == 202
    assert not User.objects.filter(email=BORIS["email"]).exists()
    answer = {"id": asked.json()["id"], "code": code_in(BORIS["email"])}
    assert post("verify-email", answer).json() == {"email": BORIS["email"]}
    boris = User.objects.get(email=BORIS["email"])
    assert (boris.name, boris.language) == ("Борис", "ru")
    assert boris.workspaces.get().personal
    let_in = post("token", {"email": BORIS["email"], "password": PASSWORD})
    assert let_in.status_code == 200
    assert post("verify-email", answer).json()["code"] == "wrong_code"


def test_nothing_of_a_registration_is_kept_in_the_clear(opened, post, code_in):
    post("register", BORIS)
    row = EmailCode.objects.get()
    assert PASSWORD not in str(row.payload)
    assert code_in(BORIS["email"]) not in (row.digest, str(row.payload))


def test_a_known_address_gets_the_same_answer_and_another_mail(opened, post, anna, mailoutbox):
    new = post("register", BORIS)
    known = post("register", BORIS | {"email": anna.email})
    assert new.status_code == known.status_code == 202
    assert new.json().keys() == known.json().keys()
    told = {mail.to[0]: mail.subject for mail in mailoutbox}
    assert told[anna.email] == "You have an account at Protokol already"
    wrong = post("verify-email", {"id": known.json()["id"], "code": "123456"})
    assert (wrong.status_code, wrong.json()["code"]) == (400, "wrong_code")
    anna.refresh_from_db()
    assert anna.check_password(PASSWORD)


def test_a_code_belongs_to_the_registration_that_it_was_sent_for(opened, post, code_in):
    """Who registers somebody else's address does not get their password into the account."""
    theirs = post("register", BORIS | {"password": "the thief's passphrase"}).json()["id"]
    mine = post("register", BORIS).json()["id"]
    code = code_in(BORIS["email"])
    assert post("verify-email", {"id": theirs, "code": code}).status_code == 400
    assert post("verify-email", {"id": mine, "code": code}).status_code == 201
    assert User.objects.get(email=BORIS["email"]).check_password(PASSWORD)


def test_five_wrong_codes_are_enough(opened, post, code_in):
    pk = post("register", BORIS).json()["id"]
    right = code_in(BORIS["email"])
    wrong = f"{(int(right) + 1) % 10**6:06}"
    for _ in range(5):
        assert post("verify-email", {"id": pk, "code": wrong}).status_code == 400
    assert post("verify-email", {"id": pk, "code": right}).json()["code"] == "wrong_code"


def test_a_code_is_good_for_a_quarter_of_an_hour(opened, post, code_in, later):
    pk = post("register", BORIS).json()["id"]
    later(901)
    late = post("verify-email", {"id": pk, "code": code_in(BORIS["email"])})
    assert late.status_code == 400


def test_an_address_is_sent_five_codes_an_hour(opened, post, mailoutbox, time_machine):
    time_machine.move_to("2026-03-02 10:00:00+00:00", tick=False)
    answers = [post("register", BORIS) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [202] * 5 + [429]
    assert int(answers[-1]["Retry-After"]) > 600
    assert len(mailoutbox) == 5


@pytest.mark.parametrize("email", ["boris@example.org", "anna@example.org"])
def test_registration_is_closed_unless_the_operator_opens_it(post, anna, email, mailoutbox):
    response = post("register", BORIS | {"email": email})
    assert (response.status_code, response.json()["code"]) == (403, "registration_closed")
    assert mailoutbox == []


def test_registration_is_open_to_some_domains(settings, post):
    settings.REGISTRATION, settings.REGISTRATION_DOMAINS = "domains", ["example.org"]
    assert post("register", BORIS).status_code == 202
    for email in ("x@example.com", "x@sub.example.org", "x@example.org.example.com"):
        assert post("register", BORIS | {"email": email}).json()["code"] == "domain_not_allowed"


@pytest.mark.parametrize(
    "wrong",
    [{"email": "no address"}, {"password": "short"}, {"name": "x" * 151}, {"time_zone": "Moon"}],
)
def test_what_cannot_be_is_refused_by_field(opened, post, wrong):
    response = post("register", BORIS | wrong)
    assert response.status_code == 400
    assert list(response.json()["errors"]) == list(wrong)
    assert not EmailCode.objects.exists()


def test_a_forgotten_password_is_set_anew_and_everybody_is_out(post, anna, code_in, told):
    pair = tokens.begin(user=anna)
    session = Client()
    session.force_login(anna)
    asked = post("password/reset", {"email": "Anna@example.org"})
    assert asked.status_code == 202
    body = {"id": asked.json()["id"], "code": code_in(anna.email), "password": NEW}
    assert post("password/reset/confirm", body | {"password": "1"}).status_code == 400
    assert post("password/reset/confirm", body).status_code == 204
    assert post("password/reset/confirm", body).status_code == 400
    anna.refresh_from_db()
    assert anna.check_password(NEW)
    assert not TokenFamily.objects.usable().exists()
    assert session.get("/").status_code == 302
    assert pair
    assert "password_reset" in [event["event"] for event in told]


def test_who_asks_for_another_password_learns_nothing_of_the_address(post, anna, mailoutbox):
    known = post("password/reset", {"email": anna.email})
    unknown = post("password/reset", {"email": "nobody@example.org"})
    assert known.status_code == unknown.status_code == 202
    assert known.json().keys() == unknown.json().keys()
    assert [mail.to for mail in mailoutbox] == [[anna.email]]
    body = {"id": unknown.json()["id"], "code": "123456", "password": NEW}
    assert post("password/reset/confirm", body).json()["code"] == "wrong_code"


def test_a_code_to_register_sets_no_password(opened, post, anna, code_in):
    pk = post("register", BORIS).json()["id"]
    body = {"id": pk, "code": code_in(BORIS["email"]), "password": NEW}
    assert post("password/reset/confirm", body).status_code == 400


def test_mails_are_in_their_readers_language(post, anna, mailoutbox):
    anna.language = "ru"
    anna.save()
    post("password/reset", {"email": anna.email})
    assert "пароль" in mailoutbox[0].subject


def test_what_is_over_is_forgotten(opened, post, later):
    post("register", BORIS)
    forget()
    assert EmailCode.objects.exists()
    later(901)
    forget()
    assert not EmailCode.objects.exists()
