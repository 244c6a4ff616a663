"""Secrets of authenticators at rest, and events that must not break what they tell of."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from django.core.management import CommandError, call_command

from accounts import events
from accounts.services import two_steps

pytestmark = pytest.mark.django_db


def now_code(secret):
    return totp.format_hotp_value(
        totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time()))
    )


def test_authenticators_outlive_a_change_of_keys(anna, settings, standing_clock):
    settings.SECRETS_KEYS = ["the first key"]
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(anna, secret)
    codes = RecoveryCodes.activate(anna).generate_codes()
    settings.SECRETS_KEYS = ["the second key", "the first key"]
    call_command("reseal")
    settings.SECRETS_KEYS = ["the second key"]
    rows = {row.type: row.wrap() for row in Authenticator.objects.all()}
    assert rows["totp"].validate_code(now_code(secret))
    assert rows["recovery_codes"].generate_codes() == codes


def test_a_lost_key_is_told(anna, settings):
    settings.SECRETS_KEYS = ["the first key"]
    totp.TOTP.activate(anna, totp.generate_totp_secret())
    settings.SECRETS_KEYS = ["the second key"]
    with pytest.raises(CommandError):
        call_command("reseal")


def test_taking_away_what_is_not_there_is_no_event(anna, told):
    assert not two_steps.take_away(user=anna)
    assert told == []


def test_a_receiver_that_fails_stops_nothing(anna, told):
    def fail(**event):
        raise ValueError

    events.happened.connect(fail)
    try:
        events.tell(events.Event.SIGNED_OUT, user=anna)
    finally:
        events.happened.disconnect(fail)
    assert len(told) == 1
