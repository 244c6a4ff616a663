"""Tokens over the API: in, on, out, and what happens to those that are stolen."""

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from rest_framework.test import APIClient

from accounts.models import TokenFamily
from tests.accounts.conftest import PASSWORD
from tests.factories import MeetingFactory

pytestmark = pytest.mark.django_db

COOKIE = "protokol_refresh"
NEW = "another long passphrase"


def post(client, path, body=None, **headers):
    return client.post(f"/api/v1/auth/{path}/", body or {}, format="json", **headers)


def sign_in(client, email="anna@example.org", password=PASSWORD, **more):
    return post(client, "token", {"email": email, "password": password, **more})


def bearing(access):
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {access}")
    return client


def me(access):
    return bearing(access).get("/api/v1/me/").status_code


def test_a_pair_opens_the_api_and_says_who_calls(anna):
    answer = sign_in(APIClient(), email="Anna@Example.org")
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    body = answer.json()
    assert set(body) == {"access", "expires_in"}
    assert bearing(body["access"]).get("/api/v1/me/").json()["email"] == anna.email


def test_the_refresh_token_is_where_no_script_and_no_other_page_gets_it(anna, settings):
    settings.SESSION_COOKIE_SECURE = True
    cookie = sign_in(APIClient()).cookies[COOKIE]
    assert (cookie["httponly"], cookie["secure"], cookie["samesite"]) == (True, True, "Strict")
    assert cookie["path"] == "/api/v1/auth/"


def test_signing_in_by_token_opens_no_session(anna):
    client = APIClient()
    assert "protokol_session" not in sign_in(client).cookies
    assert client.get("/api/v1/me/").status_code == 401


@pytest.mark.parametrize(
    ("email", "password"), [("anna@example.org", "wrong"), ("nobody@example.org", PASSWORD)]
)
def test_a_wrong_pair_gets_one_answer_whether_the_address_is_known_or_not(anna, email, password):
    response = sign_in(APIClient(), email, password)
    assert response.status_code == 401
    problem = response.json()
    assert problem["code"] == "wrong_credentials"
    assert email not in str(problem)
    assert COOKIE not in response.cookies


def test_closed_accounts_get_the_same_answer(anna):
    anna.is_active = False
    anna.save()
    assert sign_in(APIClient()).json()["code"] == "wrong_credentials"


def test_an_access_token_lives_five_minutes_and_the_cookie_renews_it(anna, standing_clock, later):
    client = APIClient()
    first = sign_in(client).json()["access"]
    later(299)
    assert me(first) == 200
    later(2)
    assert me(first) == 401
    again = post(client, "token/refresh")
    assert again.status_code == 200
    assert me(again.json()["access"]) == 200


def test_a_sign_in_that_is_not_used_for_two_weeks_is_over(anna, later):
    client = APIClient()
    sign_in(client)
    later(13 * 86_400)
    assert post(client, "token/refresh").status_code == 200
    later(15 * 86_400)
    assert post(client, "token/refresh").json()["code"] == "token_refused"


def test_a_refresh_token_that_comes_again_ends_the_whole_sign_in(anna, told):
    client = APIClient()
    sign_in(client)
    stolen = client.cookies[COOKIE].value
    fresh = post(client, "token/refresh").json()["access"]
    thief = APIClient()
    thief.cookies[COOKIE] = stolen
    refused = post(thief, "token/refresh")
    assert (refused.status_code, refused.json()["code"]) == (401, "token_reused")
    assert refused.cookies[COOKIE].value == ""
    assert me(fresh) == 401
    assert post(client, "token/refresh").status_code == 401
    assert "token_reused" in [event["event"] for event in told]


def test_another_sign_in_of_the_person_stays(anna):
    one, other = APIClient(), APIClient()
    sign_in(one)
    access = sign_in(other).json()["access"]
    stolen = one.cookies[COOKIE].value
    post(one, "token/refresh")
    one.cookies[COOKIE] = stolen
    assert post(one, "token/refresh").status_code == 401
    assert me(access) == 200


def test_signing_out_ends_both_tokens_at_once(anna):
    client = APIClient()
    access = sign_in(client).json()["access"]
    refresh = client.cookies[COOKIE].value
    assert post(client, "logout").status_code == 204
    assert me(access) == 401
    client.cookies[COOKIE] = refresh
    assert post(client, "token/refresh").status_code == 401
    assert post(client, "logout").status_code == 204


@pytest.mark.parametrize("path", ["token", "token/refresh", "logout"])
def test_pages_of_other_hosts_are_refused(anna, path):
    client = APIClient()
    sign_in(client)
    body = {"email": anna.email, "password": PASSWORD}
    response = post(client, path, body, HTTP_ORIGIN="https://elsewhere.example.org")
    assert (response.status_code, response.json()["code"]) == (403, "csrf_failed")
    assert post(client, path, body, HTTP_ORIGIN="http://testserver").status_code < 300


def test_forms_cannot_sign_anybody_in(anna):
    body = {"email": anna.email, "password": PASSWORD}
    assert APIClient().post("/api/v1/auth/token/", body, format="multipart").status_code == 415


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "e30.e30.e30", "\u0416"])
def test_what_is_no_token_opens_nothing(db, token):
    client = APIClient()
    client.cookies[COOKIE] = token.encode("ascii", "ignore").decode()
    assert post(client, "token/refresh").json()["code"] == "token_refused"
    assert me(token) == 401


def test_a_refresh_token_is_no_access_token(anna):
    client = APIClient()
    access = sign_in(client).json()["access"]
    assert me(client.cookies[COOKIE].value) == 401
    client.cookies[COOKIE] = access
    assert post(client, "token/refresh").status_code == 401


def test_closed_accounts_tokens_open_nothing(anna):
    client = APIClient()
    access = sign_in(client).json()["access"]
    anna.is_active = False
    anna.save()
    assert me(access) == 401
    assert post(client, "token/refresh").status_code == 401


def test_another_password_ends_all_tokens(anna):
    client = APIClient()
    access = sign_in(client).json()["access"]
    answer = post(
        bearing(access), "password/change", {"current_password": PASSWORD, "password": NEW}
    )
    assert answer.status_code == 204
    assert me(access) == 401
    assert post(client, "token/refresh").status_code == 401
    assert sign_in(APIClient(), password=NEW).status_code == 200


def test_a_password_set_by_the_operator_ends_them_too(anna):
    access = sign_in(APIClient()).json()["access"]
    anna.set_password(NEW)
    anna.save()
    assert me(access) == 401


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"current_password": "wrong", "password": NEW}, "current_password"),
        ({"current_password": PASSWORD, "password": "12345678"}, "password"),
    ],
)
def test_a_password_is_changed_by_who_knows_it_and_to_a_good_one(anna, body, field):
    access = sign_in(APIClient()).json()["access"]
    response = post(bearing(access), "password/change", body)
    assert response.status_code == 400
    assert list(response.json()["errors"]) == [field]
    anna.refresh_from_db()
    assert anna.check_password(PASSWORD)


def test_two_steps_hold_for_programs_too(anna, standing_clock):
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(anna, secret)
    recovery = RecoveryCodes.activate(anna).get_unused_codes()[0]
    client = APIClient()
    assert sign_in(client).json()["code"] == "two_step_code_needed"
    assert sign_in(client, code="000000").json()["code"] == "wrong_two_step_code"
    assert COOKIE not in client.cookies
    counter = next(totp.yield_hotp_counters_from_time())
    code = totp.format_hotp_value(totp.hotp_value(secret, counter))
    assert sign_in(client, code=code).status_code == 200
    assert sign_in(APIClient(), code=code).status_code == 401
    assert sign_in(APIClient(), code=recovery).status_code == 200
    assert sign_in(APIClient(), code=recovery).status_code == 401


def test_codes_cannot_be_guessed_for_long(anna):
    totp.TOTP.activate(anna, totp.generate_totp_secret())
    answers = [sign_in(APIClient(), code="000000") for _ in range(6)]
    assert answers[-1].status_code == 429
    assert int(answers[-1]["Retry-After"]) > 0


def test_a_token_gets_a_ticket_for_the_socket(anna):
    meeting = MeetingFactory(owner=anna)
    access = sign_in(APIClient()).json()["access"]
    response = bearing(access).post(f"/api/v1/meetings/{meeting.pk}/ticket/")
    assert response.status_code == 201


def test_who_came_by_token_is_noted(anna, told):
    sign_in(APIClient())
    anna.refresh_from_db()
    assert anna.last_login is not None
    assert [event["event"] for event in told] == ["signed_in"]
    assert TokenFamily.objects.get().user == anna


def test_a_token_costs_one_query(anna, django_assert_num_queries):
    access = sign_in(APIClient()).json()["access"]
    with django_assert_num_queries(2):
        assert me(access) == 200
