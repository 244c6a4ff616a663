"""docs/webhooks.md against the code: its types, its codes, and its program, which is run."""

import re
import time

import pytest
from django.conf import settings

from meetings.models import Webhook, WebhookEvent
from meetings.models.webhook import REASONS, TEST
from meetings.outbound.posting import HEAD_MOST
from meetings.services import webhook_deliveries, webhook_events
from meetings.signatures import HEADER, signature

PAGE = (settings.BASE_DIR / "docs" / "webhooks.md").read_text()
SECRET, BODY = "whsec_x", '{"type":"тест"}'.encode()


@pytest.fixture
def is_from_protokol():
    """The receiver's program, as the page has it."""
    [program] = re.findall(r"```python\n(.+?)```", PAGE, re.S)
    names = {}
    exec(compile(program, "docs/webhooks.md", "exec"), names)
    return names["is_from_protokol"]


def test_every_type_has_its_line_and_no_other():
    assert re.findall(r"^\| `(\w+\.\w+)` \|", PAGE, re.M) == [*WebhookEvent.values, TEST]


def test_every_code_of_a_failure_is_told():
    assert {code for code in REASONS if f"`{code}`" not in PAGE} == set()


def test_what_is_promised_is_what_is_done():
    hours = sum(webhook_deliveries.PAUSES) / 3600
    assert (webhook_events.ATTEMPTS, len(webhook_deliveries.PAUSES)) == (10, 9)
    assert 20 < hours < 28
    for promise in (
        "ten attempts in all, after 30 s, 2 min, 10 min, 30 min, 1 h, 2 h, 4 h, 8 h and 8 h",
        f"within {webhook_deliveries.SECONDS:.0f} seconds",
        f"at most {HEAD_MOST} bytes",
        f"`{HEADER}`",
    ):
        assert promise in PAGE
    assert (Webhook.MOST, webhook_deliveries.AT_ONCE, webhook_deliveries.KEPT.days) == (20, 2, 30)


def test_the_receivers_program_believes_what_is_ours(is_from_protokol):
    assert is_from_protokol(SECRET, signature(SECRET, BODY, int(time.time())), BODY)


@pytest.mark.parametrize(
    "header",
    [
        signature("another", BODY, int(time.time())),
        signature(SECRET, BODY + b" ", int(time.time())),
        signature(SECRET, BODY, int(time.time()) - 3600),
        signature(SECRET, BODY, int(time.time()) + 3600),
        f"t={int(time.time())},v1=",
        f"t={int(time.time())},v1=ё",
        "t=²,v1=x",
        "v1=x",
        "nonsense",
        "",
    ],
    ids=range(10),  # the same in all processes of the tests, whatever the time
)
def test_the_receivers_program_believes_nothing_else(is_from_protokol, header):
    assert not is_from_protokol(SECRET, header, BODY)


def test_the_signature_is_what_it_was_yesterday():
    """Receivers rely on it: the value is computed with ``openssl dgst -sha256 -hmac``."""
    assert signature("whsec_test", b"{}", 1_700_000_000) == (
        "t=1700000000,v1=35495024f4ef3f94e5a93e22221544c4b75e9a42300cd965ab81cb85cd994e91"
    )
