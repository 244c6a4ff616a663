"""Lockout, throttles, the admin's gate."""

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache
from django.test import Client
from rest_framework.test import APIClient

from accounts.models import User
from accounts.services import api_keys
from tests.accounts.conftest import PASSWORD

pytestmark = pytest.mark.django_db


def try_to(client, email="anna@example.org", password="wrong", **extra):
    return client.post("/sign-in/", {"username": email, "password": password}, **extra)


def try_token(password="wrong", **extra):
    body = {"email": "anna@example.org", "password": password}
    return APIClient().post("/api/v1/auth/token/", body, format="json", **extra)


@pytest.fixture
def patient(settings):
    """The door's own throttle is not what is tested."""
    settings.SIGN_IN_RATE = 0


def test_eight_wrong_passwords_lock_the_address_for_a_quarter_of_an_hour(
    client, anna, patient, later, told
):
    for _ in range(7):
        assert try_to(client).status_code == 200
    assert try_to(client).status_code == 429
    locked = try_to(client, password=PASSWORD)
    assert locked.status_code == 429
    assert int(locked["Retry-After"]) == 900
    assert "locked_out" in [event["event"] for event in told]
    later(901)
    cache.clear()  # Redis counts seconds of its own
    assert try_to(client, password=PASSWORD).status_code == 302


def test_pages_and_api_count_together(client, anna, patient):
    for _ in range(4):
        try_to(client)
        answer = try_token()
    assert answer.status_code == 429
    problem = try_token(PASSWORD)
    assert (problem.status_code, problem.json()["code"]) == (429, "locked_out")
    assert problem["Content-Type"] == "application/problem+json"
    assert int(problem["Retry-After"]) > 0


def test_others_cannot_lock_somebody_out_of_where_they_sit(client, anna, patient):
    for _ in range(9):
        try_to(client, REMOTE_ADDR="192.0.2.66")
    assert try_to(client, password=PASSWORD).status_code == 302


def test_unknown_addresses_are_locked_alike(client, patient):
    answers = [try_to(client, "nobody@example.org").status_code for _ in range(8)]
    assert answers == [200] * 7 + [429]


def test_a_success_forgets_the_failures(client, anna, patient):
    for _ in range(7):
        try_to(client)
    assert try_to(client, password=PASSWORD).status_code == 302
    client.logout()
    assert try_to(client).status_code == 200


def test_an_address_knocks_twenty_times_a_minute(client, settings, time_machine):
    time_machine.move_to("2026-03-02 10:00:15+00:00", tick=False)
    settings.SIGN_IN_RATE = 3
    answers = [try_to(client, f"{n}@example.org") for n in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert answers[-1]["Retry-After"] == "45"
    assert try_token().json()["code"] == "throttled"
    time_machine.shift(46)
    answer = try_to(client)
    assert (answer.status_code, answer.headers.get("Retry-After")) == (200, None)


@pytest.mark.parametrize("who", ["key", "person", "nobody"])
def test_each_has_so_many_requests_a_minute(user, settings, time_machine, who, api_of):
    time_machine.move_to("2026-03-02 10:00:15+00:00", tick=False)
    settings.API_RATE_KEY = settings.API_RATE_PERSON = settings.API_RATE_ADDRESS = 2
    client = api_of(user if who == "person" else None)
    if who == "key":
        key = api_keys.create(user=user, name="busy")
        client.credentials(HTTP_AUTHORIZATION=f"Api-Key {key}")
    path = "/api/v1/schema/" if who == "nobody" else "/api/v1/me/"
    answers = [client.get(path, headers={"Accept": "application/json"}) for _ in range(3)]
    assert answers[1].status_code == 200
    assert (answers[2].status_code, answers[2].json()["code"]) == (429, "throttled")
    assert answers[2]["Retry-After"] == "45"


def test_the_address_is_what_the_last_trusted_proxy_wrote(client, anna, patient, settings):
    settings.TRUSTED_PROXIES = 1
    for n in range(9):
        spoofed = f"203.0.113.{n}, 192.0.2.66"
        answer = try_to(client, HTTP_X_FORWARDED_FOR=spoofed)
    assert answer.status_code == 429
    elsewhere = try_to(client, password=PASSWORD, HTTP_X_FORWARDED_FOR="192.0.2.1")
    assert elsewhere.status_code == 302


def test_without_proxies_the_header_is_not_believed(client, anna, patient):
    for n in range(9):
        answer = try_to(client, HTTP_X_FORWARDED_FOR=f"203.0.113.{n}")
    assert answer.status_code == 429


def test_the_admins_own_sign_in_is_the_one_of_the_pages(client):
    assert client.get("/admin/login/")["Location"] == "/sign-in/?next=%2Fadmin%2F"
    answer = client.post("/admin/login/", {"username": "x", "password": "y"})
    assert answer["Location"] == "/sign-in/?next=%2Fadmin%2F"


def test_the_admin_takes_two_steps_where_the_operator_says_so(settings):
    settings.ADMIN_TWO_STEPS = True
    operator = User.objects.create_superuser("root@example.org", PASSWORD)
    client = Client()
    client.force_login(operator)
    refused = client.get("/admin/accounts/user/")
    assert refused["Location"] == "/security/?next=%2Fadmin%2Faccounts%2Fuser%2F"
    assert client.get(refused["Location"]).context["for_admin"]
    totp.TOTP.activate(operator, totp.generate_totp_secret())
    assert client.get("/admin/accounts/user/").status_code == 200


def test_people_without_the_admins_permission_stay_out(browser, settings, user):
    settings.ADMIN_TWO_STEPS = True
    totp.TOTP.activate(user, totp.generate_totp_secret())
    assert browser.get("/admin/accounts/user/", follow=True).status_code == 403
    assert browser.post("/admin/login/", {"username": "x", "password": "y"}).status_code == 403


def test_the_operator_helps_who_has_lost_the_authenticator(client, anna):
    totp.TOTP.activate(anna, totp.generate_totp_secret())
    client.force_login(User.objects.create_superuser("root@example.org", PASSWORD))
    fields = {"action": "take_two_steps_away", "_selected_action": [anna.pk]}
    assert client.post("/admin/accounts/user/", fields).status_code == 302
    assert not anna.has_two_steps()
