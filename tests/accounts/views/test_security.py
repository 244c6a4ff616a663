"""What keeps an account safe: password, address, second step, sessions."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.test import Client

from accounts import secrets
from accounts.errors import TokenRefused
from accounts.models import TokenFamily
from accounts.services import tokens
from tests.accounts.conftest import PASSWORD
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

NEW = "another long passphrase"


def signed_in(email="anna@example.org", password=PASSWORD):
    client = Client(headers={"User-Agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"})
    response = client.post("/sign-in/", {"username": email, "password": password})
    assert response.status_code == 302
    return client


def now_code(person):
    """What the authenticator shows."""
    sealed = Authenticator.objects.get(user=person, type="totp").data["secret"]
    counter = list(totp.yield_hotp_counters_from_time())[-1]
    return totp.format_hotp_value(totp.hotp_value(secrets.unseal(sealed), counter))


def turn_on(client):
    """Two steps, by the pages; the person's recovery codes."""
    page = client.get("/security/two-steps/on/", follow=True)
    assert page.request["PATH_INFO"] == "/sign-in/again/"
    page = client.post(
        page.request["PATH_INFO"] + "?next=/security/two-steps/on/",
        {"password": PASSWORD},
        follow=True,
    )
    secret = page.context["form"].secret
    code = totp.format_hotp_value(
        totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time()))
    )
    page = client.post("/security/two-steps/on/", {"code": code}, follow=True)
    assert page.context["can_view_codes"]
    return page.context["unused_codes"]


def test_another_password_signs_out_everywhere_else(
    anna, mailoutbox, django_capture_on_commit_callbacks
):
    here, there = signed_in(), signed_in()
    tokens.begin(user=anna)
    with django_capture_on_commit_callbacks(execute=True):
        here.post("/security/password/", {"current": PASSWORD, "password": NEW})
    assert here.get("/").status_code == 200
    assert [place.is_current for place in here.get("/security/").context["places"]] == [True]
    assert there.get("/").status_code == 302
    assert not TokenFamily.objects.usable().exists()
    assert signed_in(password=NEW).get("/").status_code == 200
    assert [mail.subject for mail in mailoutbox] == ["Your password was changed"]


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"current": "not this", "password": NEW}, "current"),
        ({"current": PASSWORD, "password": "short"}, "password"),
    ],
)
def test_a_password_is_changed_by_who_knows_it_and_to_a_good_one(anna, fields, wrong):
    page = signed_in().post("/security/password/", fields)
    assert list(page.context["form"].errors) == [wrong]
    anna.refresh_from_db()
    assert anna.check_password(PASSWORD)


def test_the_address_changes_once_the_new_one_is_proven(
    anna, code_in, mailoutbox, django_capture_on_commit_callbacks
):
    client = signed_in()
    assert client.get("/security/email/")["Location"].startswith("/sign-in/again/")
    client.post("/sign-in/again/?next=/security/email/", {"password": PASSWORD})
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/security/email/", {"email": "New@Example.org"})
    anna.refresh_from_db()
    assert anna.email == "anna@example.org"
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/security/email/code/", {"code": code_in("new@example.org")})
    anna.refresh_from_db()
    assert anna.email == "new@example.org"
    assert mailoutbox[-1].to == ["anna@example.org"]


def test_an_address_that_somebody_has_is_not_taken(
    anna, mailoutbox, django_capture_on_commit_callbacks
):
    UserFactory(email="boris@example.org")
    client = signed_in()
    client.post("/sign-in/again/?next=/security/email/", {"password": PASSWORD})
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post("/security/email/", {"email": "boris@example.org"})
    assert response["Location"] == "/security/email/code/"
    assert [mail.to for mail in mailoutbox] == [["boris@example.org"]]
    assert "code" not in mailoutbox[0].subject


def test_two_steps_ask_for_a_code_that_is_good_once(anna, standing_clock):
    turn_on(signed_in())
    client = Client()
    response = client.post("/sign-in/", {"username": anna.email, "password": PASSWORD})
    assert response["Location"] == "/sign-in/code/"
    assert client.get("/").status_code == 302
    code = now_code(anna)
    assert client.post("/sign-in/code/", {"code": "000000"}).context["form"].errors
    assert client.post("/sign-in/code/", {"code": code}).status_code == 302
    assert client.get("/").status_code == 200
    other = Client()
    other.post("/sign-in/", {"username": anna.email, "password": PASSWORD})
    assert other.post("/sign-in/code/", {"code": code}).status_code == 200
    assert other.get("/").status_code == 302


def test_a_recovery_code_lets_in_once(anna, standing_clock):
    codes = turn_on(signed_in())
    for status in (302, 200):
        client = Client()
        client.post("/sign-in/", {"username": anna.email, "password": PASSWORD})
        assert client.post("/sign-in/code/", {"code": codes[0]}).status_code == status


def test_recovery_codes_are_shown_once_and_sealed(anna, standing_clock):
    client = signed_in()
    codes = turn_on(client)
    assert codes[0] not in client.get("/security/recovery-codes/").content.decode()
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert all(code not in kept for code in codes)


def test_two_steps_are_turned_off_by_who_has_shown_the_password(
    anna, told, standing_clock, django_capture_on_commit_callbacks
):
    client = signed_in()
    with django_capture_on_commit_callbacks(execute=True):
        turn_on(client)
    assert client.post("/security/two-steps/off/").status_code == 302
    assert not Authenticator.objects.exists()
    assert {"two_steps_on", "two_steps_off"} <= {event["event"] for event in told}


def test_the_page_shows_where_one_is_signed_in_and_ends_it(anna):
    here, there = signed_in(), signed_in()
    program = tokens.begin(user=anna, address="192.0.2.7", agent="curl/8.0")
    page = here.get("/security/")
    places = page.context["places"]
    assert places[0].is_current
    assert places[0].kind == "browser"
    assert {p.device for p in places} == {"Firefox, Linux", "curl"}
    for place in places[1:]:
        assert here.post(f"/security/sessions/{place.kind}/{place.key}/end/").status_code == 302
    assert there.get("/").status_code == 302
    assert here.get("/").status_code == 200
    with pytest.raises(TokenRefused):
        tokens.rotate(refresh=program.refresh)


def test_sessions_of_others_cannot_be_ended(anna):
    here = signed_in()
    UserFactory(email="boris@example.org", password=PASSWORD)
    other = signed_in("boris@example.org")
    key = other.get("/security/").context["places"][0].key
    here.post(f"/security/sessions/browser/{key}/end/")
    for made_up in ("browser/not-a-number", "browser/99999999999999999999", "program/not-an-id"):
        assert here.post(f"/security/sessions/{made_up}/end/").status_code == 302
    assert other.get("/").status_code == 200


def test_signing_out_everywhere_else_leaves_this_one(anna):
    here, there = signed_in(), signed_in()
    here.post("/security/sessions/end-others/")
    assert (here.get("/").status_code, there.get("/").status_code) == (200, 302)


def test_many_sessions_cost_as_much_as_few(anna, django_assert_max_num_queries):
    here = signed_in()
    for _ in range(5):
        signed_in()
        tokens.begin(user=anna)
    with django_assert_max_num_queries(8):
        here.get("/security/")


def test_a_session_in_use_says_so_every_ten_minutes(anna, later):
    client = signed_in()
    before = client.get("/security/").context["places"][0].last_seen
    later(300)
    assert client.get("/security/").context["places"][0].last_seen == before
    later(301)
    assert client.get("/security/").context["places"][0].last_seen > before


def test_a_closed_accounts_session_ends_at_once(anna):
    client = signed_in()
    anna.is_active = False
    anna.save()
    assert client.get("/").status_code == 302
