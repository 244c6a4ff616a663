"""Requests made from the schema, sensible ones and others: never a 5xx, never off the schema.

Every operation is called with every way to sign in and with none. ``FUZZ_EXAMPLES`` (by default 1)
is how many sensible and how many broken requests each of them gets; ``make fuzz`` sends more.
Everything that a request changes is taken back.
"""

import os
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import nullcontext, suppress
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pytest
import schemathesis
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.middleware.csrf import _get_new_csrf_string
from django.test import Client
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from accounts.models import User
from accounts.services import api_keys, tokens
from tests.rights.calls import OF_SEGMENT
from tests.rights.world import World

pytestmark = [pytest.mark.slow, pytest.mark.timeout(3600)]

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "1"))
SCHEMA = "/api/v1/schema/?format=json"
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
SENT_ANYWAY = {429}
"""Statuses that every address may answer with, which docs/api.md says once."""


Credentials = dict[str, dict[str, str]]
"""Headers and cookies that are sent with every request."""


def nobody(_person: User) -> Credentials:
    """No credentials."""
    return {}


def by_session(person: User) -> Credentials:
    """A browser's cookies, with the proof against forged requests."""
    client = Client()
    client.force_login(person)
    name, proof = settings.SESSION_COOKIE_NAME, _get_new_csrf_string()
    cookies = {name: client.cookies[name].value, settings.CSRF_COOKIE_NAME: proof}
    return {"headers": {"X-CSRFToken": proof, "Referer": "http://localhost/"}, "cookies": cookies}


def by_token(person: User) -> Credentials:
    """A program's short token."""
    return {"headers": {"Authorization": f"Bearer {tokens.begin(user=person).access}"}}


def by_key(person: User) -> Credentials:
    """An API key that reads and writes."""
    key = api_keys.create(user=person, name="fuzz")
    return {"headers": {"Authorization": f"Api-Key {key}"}}


@dataclass
class Found:
    """What came of the requests."""

    answers: Counter[int] = field(default_factory=Counter)
    operations: int = 0
    wrong: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        told = ", ".join(f"{status}: {count}" for status, count in sorted(self.answers.items()))
        sent = sum(self.answers.values())
        return f"{self.operations} operations, {sent} requests ({told}), {len(self.wrong)} wrong"


@pytest.mark.parametrize("sign_in", [nobody, by_session, by_token, by_key])
def test_every_operation_keeps_to_the_schema(world, application, sign_in, capsys):
    schema = schemathesis.openapi.from_wsgi(SCHEMA, application)
    credentials = sign_in(world.people["owner"])
    found = Found()
    for operation in operations(schema):
        found.operations += 1
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            fuzz(operation, mode, world, credentials, found)
    with capsys.disabled():
        sys.stdout.write(f"\nfuzz {sign_in.__name__}: {found}\n")
    assert bool(found.answers[200]) == bool(credentials)  # who is let in sees something
    assert not found.wrong, "\n".join(found.wrong)


def operations(schema: Any) -> Iterator[Any]:
    """What the schema describes; a part of it that cannot be read fails the test."""
    for result in schema.get_all_operations():
        yield result.ok()


def fuzz(
    operation: Any, mode: GenerationMode, world: World, credentials: Credentials, found: Found
) -> None:
    """Send EXAMPLES requests, half of them to what is really there."""

    @hypothesis_settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode), is_there=st.booleans())
    def send(case: Case, is_there: bool) -> None:
        if is_there:
            case.path_parameters = named(operation.path, world)
        trouble = asked(case, credentials, found.answers)
        if trouble:
            found.wrong.append(f"{operation.label} ({mode.value}): {trouble}")

    with suppress(Unsatisfiable) if mode is GenerationMode.NEGATIVE else nullcontext():
        send()  # where there is nothing to break, nothing broken is sent


def named(path: str, world: World) -> dict[str, object]:
    """The world's rows for the parameters of an address."""
    found: dict[str, object] = {}
    for before, part in pairwise(path.split("/")):
        if part.startswith("{"):
            value = world.names.get(OF_SEGMENT.get(before, ""), "nowhere")
            found[part.strip("{}")] = value if isinstance(value, int) else str(value)
    return found


def asked(case: Case, credentials: Credentials, answers: Counter[int]) -> str:
    """What is wrong with the answer, empty where nothing is."""
    cache.clear()  # nobody is slowed down for what was asked before
    with transaction.atomic():
        answer = case.call(headers=credentials.get("headers"), cookies=credentials.get("cookies"))
        transaction.set_rollback(True)
    answers[answer.status_code] += 1
    if not credentials and answer.status_code < 300 and not is_public(case):
        return f"{answer.status_code} without credentials: {case.as_curl_command()}"
    if answer.status_code in SENT_ANYWAY:
        return ""
    try:
        case.validate_response(answer, checks=CHECKS)
    except FailureGroup as group:
        return "; ".join(_told(failure) for failure in group.exceptions)
    except Failure as failure:
        return _told(failure)
    return ""


def is_public(case: Case) -> bool:
    """Whether the schema says that nobody need sign in here."""
    described = case.operation.definition.raw
    return {} in described.get("security", []) or described.get("security") == []


def _told(failure: BaseException) -> str:
    return " ".join(str(failure).split())[:600]
